"""What becomes of holds whose clock has run out. The job worker asks every minute."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from models.bookings import Booking, BookingStatus
from models.holds import ChallengeOutcome, Hold, HoldChallenge
from services import bookings


def expire_due(session: Session, now: datetime) -> int:
    """How many holds have expired. Locks all of them at once, in the order everybody takes them."""
    ids = due(session, now)
    return len(bookings.let_holds_lapse(session, ids, now)) if ids else 0


def due(session: Session, now: datetime) -> tuple[int, ...]:
    """The holds to look at, first in line first."""
    return tuple(session.exec(_due(now).order_by(col(Hold.placed_at), col(Hold.id))))


def is_due(now: datetime) -> ColumnElement[bool]:
    return _due(now).exists()


def _due(now: datetime) -> SelectOfScalar[int]:
    """Unanswered, kept for too long, or overtaken by their own time."""
    asked = select(HoldChallenge.challenged_id).where(
        HoldChallenge.outcome == ChallengeOutcome.OPEN, HoldChallenge.due_at <= now
    )
    return (
        select(Hold.id)
        .join(Booking, col(Booking.id) == col(Hold.id))
        .where(
            Booking.status == BookingStatus.HOLD,
            or_(col(Hold.id).in_(asked), col(Hold.expires_at) <= now, col(Booking.start) <= now),
        )
    )


def expire_if_due(session: Session, hold_id: int, now: datetime) -> int:
    """How many of its line have gone: it alone, with others, or none, where somebody was faster."""
    return len(bookings.let_holds_lapse(session, [hold_id], now))
