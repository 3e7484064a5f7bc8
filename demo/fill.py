"""Makes the demo: every row through a command of the services, so every rule holds."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from random import Random
from zoneinfo import ZoneInfo

from sqlmodel import Session

from demo import asking, setting
from demo.changed import change_some
from demo.clients import DemoClient, make_clients
from demo.life import Cast, book, live
from demo.plan import make_plan
from demo.progress import Progress
from demo.setting import Setting
from demo.studio import STUDIO
from demo.types import Plan, PlannedSession, Scale
from demo.waiting import leave_wishes
from services import absences, bookings, catalog, online
from services.absences import NewLockout, NewTimeOff
from services.bookings import BookingView
from services.core import clock, db
from services.core.access import SYSTEM
from services.core.clock import business_date

Batch = list[tuple[PlannedSession, BookingView]]

_SEED = "platinum"
_BATCH = 20
"""Rows of a kind in one transaction."""


def fill(say: Callable[[str], None], now: datetime | None = None, scale: Scale | None = None) -> None:
    """Fills a migrated, unused database. The same moment makes the same studio."""
    now, scale = (now or clock.now()).replace(second=0, microsecond=0), scale or Scale()
    rng, zone, progress = Random(_SEED), ZoneInfo(STUDIO.time_zone), Progress(say)
    people = make_clients(rng, scale.clients)
    plan = make_plan(rng, now, zone, people, scale)
    today = business_date(now, zone)
    users = db.run_long(setting.hire)
    first_rates = today - timedelta(days=scale.days_behind + 60)
    place = db.run_long(setting.furnish, users, first_rates, date(today.year, 12, 31))
    db.run_long(_block, plan, place)
    client_ids = [
        client_id for batch in progress.batches("Clients", people, _BATCH) for client_id in db.run_long(_welcome, batch)
    ]
    cast = Cast(
        staff=place.staff,
        client_ids=tuple(client_ids),
        clients=tuple(person.new for person in people),
        room_ids=place.room_ids,
        engineer_ids=place.engineer_ids,
        mic_ids=place.mic_ids,
        now=now,
    )
    with _unlimited():
        _hold_sessions(progress, cast, plan.sessions)
    db.run_long(_settle, cast, plan.sessions, zone)
    db.run_long(asking.ask, users, now)


@contextmanager
def _unlimited() -> Iterator[None]:
    """Two years are booked within a minute, before any of it is paid: strangers may not do that."""
    rules = db.run_long(online.get_online_booking, SYSTEM)
    much = replace(
        rules,
        unpaid_bookings=1000,
        unpaid_hours=10_000,
        unpaid_room_pct=100,
        bookings_a_day=100_000,
        requests_a_minute=1_000_000,
        questions_a_minute=1_000_000,
    )
    db.run_long(online.update_online_booking, SYSTEM, much)
    try:
        yield
    finally:
        db.run_long(online.update_online_booking, SYSTEM, rules)


def _settle(session: Session, cast: Cast, sessions: Sequence[PlannedSession], zone: ZoneInfo) -> None:
    """What the jobs would have done by now, what changed, and who waits."""
    bookings.release_overdue(session, cast.now)
    bookings.expire_holds(session, cast.now)
    _challenge_one(session, cast)
    change_some(session, cast)
    leave_wishes(session, cast, sessions, zone)


def _challenge_one(session: Session, cast: Cast) -> None:
    """A few hours ago somebody in the second place asked the first hold to make up its mind."""
    asking = next((one for one in bookings.list_holds(session, SYSTEM, now=cast.now) if one.can_challenge), None)
    if asking:
        bookings.challenge_hold(session, cast.staff[0], asking.id, now=cast.now - timedelta(hours=3))


def _hold_sessions(progress: Progress, cast: Cast, sessions: Sequence[PlannedSession]) -> None:
    """Booked here, in order, so that numbers are the same every time; lived through in a second process.

    What that one has not got round to in the end is done here.
    """
    waiting: list[tuple[Future[None], Batch]] = []
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        for planned in progress.batches("Sessions", sessions, _BATCH):
            batch = db.run_long(_book, cast, planned)
            waiting.append((other.submit(_live_elsewhere, cast, batch), batch))
        for future, batch in reversed(waiting):
            if future.cancel():
                db.run_long(_live, cast, batch)
        for future, _ in waiting:
            if not future.cancelled():
                future.result()


def _welcome(session: Session, people: Sequence[DemoClient]) -> list[int]:
    return [setting.welcome(session, person) for person in people]


def _block(session: Session, plan: Plan, place: Setting) -> None:
    """What is out of sale before anything is booked."""
    for closure in plan.closures:
        catalog.add_closure(session, SYSTEM, closure.first_day, closure.last_day, closure.reason)
    for extra in plan.extras:
        engineer_id = place.engineer_ids[extra.engineer]
        catalog.add_extra_availability(session, SYSTEM, engineer_id, extra.start, extra.end, extra.note)
    for lockout in plan.lockouts:
        room_ids = tuple(place.room_ids[name] for name in lockout.rooms)
        new = NewLockout(
            room_ids=room_ids, start=lockout.start, end=lockout.end, kind=lockout.kind, reason=lockout.reason
        )
        absences.lock_rooms(session, SYSTEM, new)
    for off in plan.time_off:
        time_off = NewTimeOff(
            resource_id=place.engineer_ids[off.engineer],
            start=off.start,
            end=off.end,
            status=off.status,
            reason=off.reason,
            note=off.note,
        )
        absences.take_time_off(session, SYSTEM, time_off)


def _book(session: Session, cast: Cast, sessions: Sequence[PlannedSession]) -> Batch:
    return [(planned, book(session, cast, planned)) for planned in sessions]


def _live_elsewhere(cast: Cast, batch: Batch) -> None:
    db.run_long(_live, cast, batch)


def _live(session: Session, cast: Cast, batch: Batch) -> None:
    for planned, booking in batch:
        live(session, cast, planned, booking)
