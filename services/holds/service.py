"""Placing a hold, asking those above it, and settling it. Each command is one event of the audit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from models.bookings import Booking, BookingStatus
from models.holds import HoldChallenge
from services import bookings
from services.bookings import BookingFilters, BookingView, MetHold, NewBooking
from services.core import audit, clock
from services.core.access import Actor, Permission, require
from services.core.dates import day_time_text
from services.core.studio import Studio, studio_info
from services.holds import mails, queries
from services.holds.errors import AlreadyChallenged, HoldTaken, NotHeld, NothingAbove
from services.holds.queries import OpenChallenge
from services.holds.types import HoldView


def place(session: Session, actor: Actor, new: NewBooking, now: datetime | None = None) -> HoldView:
    """Pencils the wizard's answers in, behind all holds that they meet."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    booking = bookings.create(session, actor, replace(new, status=BookingStatus.HOLD), now=now)
    return queries.view(session, actor, booking, now)


def list_holds(
    session: Session,
    actor: Actor,
    start: datetime | None = None,
    end: datetime | None = None,
    now: datetime | None = None,
    *,
    room_id: int | None = None,
    q: str = "",
) -> tuple[HoldView, ...]:
    """The holds that meet `[start, end)`, earliest session first; engineers get their own."""
    require(actor, Permission.VIEW_OWN_SESSIONS, Permission.VIEW_PAYMENTS)
    filters = BookingFilters(q=q, statuses=(BookingStatus.HOLD,), room_id=room_id)
    held = bookings.all_bookings(session, actor, "start", filters)
    met = [one for one in held if (end is None or one.start < end) and (start is None or one.end > start)]
    return queries.views(session, actor, met, now or clock.now())


def get_hold(session: Session, actor: Actor, number: str, now: datetime | None = None) -> HoldView:
    """Also one that is held no more; HoldNotFound when it never was."""
    require(actor, Permission.VIEW_OWN_SESSIONS, Permission.VIEW_PAYMENTS)
    return queries.view(session, actor, bookings.get_booking(session, actor, number), now or clock.now())


def challenge(session: Session, actor: Actor, hold_id: int, now: datetime | None = None) -> HoldView:
    """Asks every hold above that nobody has asked yet to confirm or release in time."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    booking = bookings.find_in_queue(session, actor, queries.number_of(session, hold_id), now)
    if booking.status is not BookingStatus.HOLD:
        raise NotHeld(booking.number)
    reveal = actor.can(Permission.VIEW_ALL_SESSIONS)
    if taken_by := bookings.taken(session, [hold_id]).get(hold_id):
        raise HoldTaken(booking.number, taken_by if reveal else "another session")
    above = bookings.standing_above(session, hold_id)
    if not above:
        raise NothingAbove(booking.number)
    studio = studio_info(session)
    for asked in _not_asked_yet(session, actor, above, studio, now):
        due_at = min(now + timedelta(hours=studio.challenge_hours), booking.start, asked.start)
        _ask(session, actor, booking, asked, due_at, now)
        mails.challenged(session, booking.id or 0, asked.id, due_at, studio)
    return get_hold(session, actor, booking.number, now)


def confirm(session: Session, actor: Actor, hold_id: int, now: datetime | None = None) -> BookingView:
    """Takes the time of the first hold: HoldAbove or SlotTaken otherwise."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    return bookings.confirm(session, actor, _held(session, actor, hold_id, now), now=now)


def release(session: Session, actor: Actor, hold_id: int, reason: str = "", now: datetime | None = None) -> HoldView:
    """Lets it go; those behind it move up. A challenge it has made is withdrawn with it."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    released = bookings.cancel(session, actor, _held(session, actor, hold_id, now), reason, now=now)
    return queries.view(session, actor, released, now)


def _held(session: Session, actor: Actor, hold_id: int, now: datetime) -> str:
    """The number of a booking that is a hold now: nobody confirms or cancels another one by this door."""
    booking = bookings.find_in_queue(session, actor, queries.number_of(session, hold_id), now)
    if booking.status is not BookingStatus.HOLD:
        raise NotHeld(booking.number)
    return booking.number


def _not_asked_yet(
    session: Session, actor: Actor, above: Sequence[MetHold], studio: Studio, now: datetime
) -> list[MetHold]:
    """AlreadyChallenged when there is none."""
    ids = {one.id for one in above}
    asked = [one for one in queries.open_challenges(session, ids) if one.challenged_id in ids]
    moot = queries.moot(session, asked)
    queries.withdraw(session, moot, now)
    running = {one.challenged_id: one for one in asked if one not in moot}
    free = [one for one in above if one.id not in running]
    if not free:
        raise _refusal(actor, running[above[0].id], studio)
    return free


def _refusal(actor: Actor, running: OpenChallenge, studio: Studio) -> AlreadyChallenged:
    until = day_time_text(running.due_at, studio)
    by = running.challenger_number if actor.can(Permission.VIEW_ALL_SESSIONS) else ""
    return AlreadyChallenged(running.challenged_number, by, until, running.due_at.astimezone(studio.zone).isoformat())


def _ask(session: Session, actor: Actor, booking: Booking, asked: MetHold, due_at: datetime, now: datetime) -> None:
    """In the history of both."""
    session.add(
        HoldChallenge(
            challenger_id=booking.id or 0,
            challenged_id=asked.id,
            due_at=due_at,
            created_by=actor.user_id,
            created_at=now,
        )
    )
    session.flush()
    after = {"challenger": booking.number, "challenged": asked.number, "due_at": due_at.isoformat()}
    for id_ in (booking.id, asked.id):
        audit.record(session, actor, "hold_challenged", "booking", id_, after=after)
