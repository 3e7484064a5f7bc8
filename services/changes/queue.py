"""A hold that moves stands in line anew: it passes nobody who was there before it (domain 7, order of arrival)."""

from datetime import datetime

from sqlmodel import Session, col, select

from models.bookings import Booking, BookingStatus
from models.holds import Hold
from services.bookings import MetHold, holds_met
from services.core import audit
from services.core.access import Actor


def met(session: Session, booking: Booking) -> list[MetHold]:
    """The holds it stands in line with; nobody where it is no hold."""
    if booking.status is not BookingStatus.HOLD:
        return []
    return holds_met(session, [booking.id or 0])[booking.id or 0]


def join(
    session: Session,
    actor: Actor,
    booking: Booking,
    was_with: list[MetHold],
    now: datetime,
    *,
    since: datetime | None = None,
) -> None:
    """Call once it has moved. With `since`, who was there before then has been passed fairly."""
    if booking.status is not BookingStatus.HOLD:
        return
    is_with, left = met(session, booking), {one.id for one in was_with}
    passed = [one.id for one in is_with if not one.is_above and one.id not in left]
    placed = select(Hold.id).where(col(Hold.id).in_(passed))
    if since is not None:
        placed = placed.where(col(Hold.placed_at) > since)
    if session.exec(placed.limit(1)).first() is not None:
        session.get_one(Hold, booking.id, populate_existing=True).placed_at = now
        session.flush()
    _promote(session, actor, booking, was_with, {one.id for one in is_with})


def _promote(session: Session, actor: Actor, booking: Booking, was_with: list[MetHold], is_with: set[int]) -> None:
    for one in was_with:
        if not one.is_above and one.id not in is_with:
            rank = {"before": {"rank": one.rank}, "after": {"rank": one.rank - 1}}
            why = f"{booking.number} has moved"
            audit.record(session, actor, "hold_promoted", "booking", one.id, **rank, description=why)
