"""Deadlines are rules of the commands: whoever locks a booking or needs its time first lets go what a clock has ended.

The jobs only tidy up, by the same functions, what nobody asked for meanwhile.
"""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.bookings import Booking, BookingStatus
from services import holds
from services.bookings import queries
from services.bookings.errors import BookingNotFound
from services.bookings.lapsing import is_lapsed, lapse
from services.bookings.ledgers import add_lines
from services.bookings.moving import move
from services.bookings.rules import release_lines
from services.bookings.versions import check_version
from services.core import stuck
from services.core.access import SYSTEM, Actor
from services.holds import ChallengeOutcome, Lapse


def find_in_queue(
    session: Session, actor: Actor, number: str, now: datetime, expected_version: int | None = None
) -> Booking:
    """The booking, locked, as it stands at that moment; of a hold, all that it meets too.

    `expected_version`: as the person saw it, before a clock ran out.
    """
    own = select(Booking.id).where(col(Booking.number) == number, queries.visible_to(actor))
    locked = holds.lock_with_met(session, own)
    booking = next((one for one in locked if one.number == number), None)
    if booking is None:
        raise BookingNotFound(number)
    check_version(session, booking, expected_version)
    _let_lapse(session, holds.held_among(locked), now, own={booking.id})
    lapse(session, booking, now)
    return booking


def let_holds_lapse(session: Session, ids: Collection[int], now: datetime) -> list[int]:
    """The holds of these queues that have run out by then; those behind them move up, and everybody is told."""
    return _let_lapse(session, holds.lock_queues(session, ids), now, own=ids)


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
    while left and (first := holds.next_lapse(session, left, now)):
        holds.lock_queues(session, [first.hold_id])
        expire = partial(_expire, session, first, now)
        if first.hold_id in own:
            expire()
        elif not stuck.settled_beside(session, "pass_hold", first.hold_id, now, expire):
            left.discard(first.hold_id)
            continue
        gone.append(first.hold_id)
    return gone


def _expire(session: Session, lapse: Lapse, now: datetime) -> None:
    booking = session.get_one(Booking, lapse.hold_id)
    add_lines(session, booking, release_lines(queries.total_of(session, lapse.hold_id)))
    move(session, SYSTEM, booking, BookingStatus.EXPIRED, "hold_expired", lapse.reason)
    holds.leave(session, SYSTEM, lapse.hold_id, ChallengeOutcome.EXPIRED, now)
