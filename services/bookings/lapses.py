"""Deadlines are rules of the commands: whoever locks a booking or needs its time first lets go what a clock has ended.

The jobs only tidy up, by the same functions, what nobody asked for meanwhile.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.bookings import Booking, BookingStatus
from models.holds import ChallengeOutcome, Hold, HoldChallenge
from services.bookings import holding, queries, ranks
from services.bookings.hold_clocks import Asked, Clock, Lapse, first_lapse
from services.bookings.lapsing import is_lapsed, lapse
from services.bookings.ledgers import add_lines
from services.bookings.moving import move
from services.bookings.rules import release_lines
from services.bookings.versions import check_version
from services.core import stuck
from services.core.access import SYSTEM, Actor


def find_in_queue(
    session: Session, actor: Actor, number: str, now: datetime, expected_version: int | None = None
) -> Booking:
    """The booking, locked, as it stands at that moment; of a hold, all that it meets too.

    `expected_version`: as the person saw it, before a clock ran out.
    """
    booking, held = ranks.lock_queue(session, actor, number)
    check_version(session, booking, expected_version)
    _let_lapse(session, held, now, own={booking.id})
    lapse(session, booking, now)
    return booking


def let_holds_lapse(session: Session, ids: Collection[int], now: datetime) -> list[int]:
    """The holds of these lines that have run out by then; those behind them move up, and everybody is told."""
    return _let_lapse(session, ranks.lock_queues(session, ids), now, own=ids)


def make_way(session: Session, start: datetime, end: datetime, now: datetime) -> None:
    """Call before time is claimed: pending bookings that meet it and have run out keep it no more.

    One that cannot be let go keeps its time, and is what the refusal names.
    """
    until = col(Booking.end) + func.make_interval(0, 0, 0, 0, 0, Booking.buffer_minutes)
    meets = (col(Booking.start) < end, until > start)
    locked = select(Booking).where(is_lapsed(now), *meets).order_by(col(Booking.id)).with_for_update(key_share=True)
    for booking in session.exec(locked.execution_options(populate_existing=True)).all():
        stuck.settled_beside(session, "make_way", booking.id or 0, now, partial(lapse, session, booking, now))


def _let_lapse(session: Session, held: Collection[int], now: datetime, own: Collection[int | None]) -> list[int]:
    """One after the other, in the order in which their clocks ran out: each may end a challenge of the next.

    One that fails is passed over, unless it is among those that were asked for: `own`.
    """
    gone: list[int] = []
    left = set(held)
    while left and (first := _first(session, left, now)):
        ranks.lock_queues(session, [first.hold_id])
        expire = partial(_expire, session, first, now)
        if first.hold_id in own:
            expire()
        elif not stuck.settled_beside(session, "pass_hold", first.hold_id, now, expire):
            left.discard(first.hold_id)
            continue
        gone.append(first.hold_id)
    return gone


def _first(session: Session, held: Collection[int], now: datetime) -> Lapse | None:
    found = session.exec(
        select(Hold.id, Hold.expires_at, Booking.start)
        .join(Booking, col(Booking.id) == col(Hold.id))
        .where(col(Hold.id).in_(held), Booking.status == BookingStatus.HOLD)
    )
    return first_lapse([Clock(*row) for row in found], _asked(session, held, now), now)


def _asked(session: Session, held: Collection[int], now: datetime) -> Sequence[Asked]:
    """Challenges to them whose time is over; one whose two holds do not meet any more is withdrawn."""
    statement = (
        select(HoldChallenge, Booking.number)
        .join(Booking, col(Booking.id) == HoldChallenge.challenger_id)
        .where(
            HoldChallenge.outcome == ChallengeOutcome.OPEN,
            HoldChallenge.due_at <= now,
            col(HoldChallenge.challenged_id).in_(held),
        )
    )
    due = session.exec(statement).all()
    met = ranks.holds_met(session, {one.challenged_id for one, _ in due}) if due else {}
    asked = []
    for one, number in due:
        if one.challenger_id in {other.id for other in met.get(one.challenged_id, ()) if not other.is_above}:
            asked.append(Asked(one.challenged_id, number, one.due_at))
        else:
            one.outcome, one.resolved_at = ChallengeOutcome.WITHDRAWN, now
            session.add(one)
            session.flush()
    return asked


def _expire(session: Session, lapse: Lapse, now: datetime) -> None:
    booking = session.get_one(Booking, lapse.hold_id)
    add_lines(session, booking, release_lines(queries.total_of(session, lapse.hold_id)))
    whole = move(session, SYSTEM, booking, BookingStatus.EXPIRED, "hold_expired", lapse.reason)
    holding.left(session, SYSTEM, whole, ChallengeOutcome.EXPIRED, now)
