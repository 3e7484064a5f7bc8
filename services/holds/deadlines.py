"""What becomes of holds whose clock has run out. The job worker asks every minute."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from models.bookings import Booking, BookingStatus
from models.holds import ChallengeOutcome, Hold, HoldChallenge
from services import bookings
from services.access import SYSTEM
from services.holds import queries


def expire_due(session: Session, now: datetime) -> int:
    """How many holds have expired. Locks all of them at once, in the order everybody takes them."""
    ids = due(session, now)
    if not ids:
        return 0
    bookings.lock_lines(session, ids)
    return sum(expire_if_due(session, id_, now) for id_ in ids)


def due(session: Session, now: datetime) -> tuple[int, ...]:
    """The holds to look at, first in line first: unanswered, kept for too long, or overtaken by their own time."""
    asked = select(HoldChallenge.challenged_id).where(
        HoldChallenge.outcome == ChallengeOutcome.OPEN, HoldChallenge.due_at <= now
    )
    statement = (
        select(Hold.id)
        .join(Booking, col(Booking.id) == col(Hold.id))
        .where(
            Booking.status == BookingStatus.HOLD,
            or_(col(Hold.id).in_(asked), col(Hold.expires_at) <= now, col(Booking.start) <= now),
        )
        .order_by(col(Hold.placed_at), col(Hold.id))
    )
    return tuple(session.exec(statement))


def expire_if_due(session: Session, hold_id: int, now: datetime) -> bool:
    """Lets one hold go, unless it was confirmed, released or moved away meanwhile; those behind it move up."""
    number = queries.number_of(session, hold_id)
    booking = bookings.find_in_line(session, SYSTEM, number)
    reason = _reason(session, hold_id, booking, now)
    if booking.status is not BookingStatus.HOLD or not reason:
        return False
    bookings.expire_hold(session, SYSTEM, number, reason, now)
    return True


def _reason(session: Session, hold_id: int, booking: Booking, now: datetime) -> str:
    """Why it expires now; empty: it does not."""
    asked = [one for one in queries.open_challenges(session, [hold_id]) if one.challenged_id == hold_id]
    moot = queries.moot(session, asked)
    queries.withdraw(session, moot, now)
    unanswered = [one for one in asked if one not in moot and one.due_at <= now]
    if unanswered:
        return f"{unanswered[0].challenger_number} challenged it, and nobody answered in time"
    expires_at = session.exec(select(Hold.expires_at).where(Hold.id == hold_id)).one()
    if expires_at is not None and expires_at <= now:
        return "It was not confirmed in time"
    return "Its own time has come" if booking.start <= now else ""
