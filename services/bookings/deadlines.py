"""What becomes of bookings whose deposit did not come in time."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, exists, select

from models.bookings import Booking
from services.bookings.lapsing import is_overdue, lapse


def release_overdue(session: Session, now: datetime) -> tuple[str, ...]:
    """Releases every booking whose deposit is overdue, and returns their numbers.

    Only what clients booked themselves, on the public page or by the waitlist (domain 5): what
    staff pencil in for a client is theirs to chase, and shows as unpaid on their screens.
    """
    released = [release_if_overdue(session, booking_id, now) for booking_id in overdue(session, now)]
    return tuple(number for number in released if number)


def overdue(session: Session, now: datetime) -> tuple[int, ...]:
    """The bookings to release, longest overdue first."""
    statement = select(Booking.id).where(is_overdue(now)).order_by(col(Booking.deposit_due_at), col(Booking.id))
    return tuple(id_ for id_ in session.exec(statement) if id_)


def is_due(now: datetime) -> ColumnElement[bool]:
    """Whether there is anything to release."""
    return exists().select_from(Booking).where(is_overdue(now))


def release_if_overdue(session: Session, booking_id: int, now: datetime) -> str:
    """Releases one booking, unless it was paid, confirmed or cancelled meanwhile: its number, or nothing."""
    booking = session.exec(
        select(Booking)
        .where(col(Booking.id) == booking_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    return booking.number if lapse(session, booking, now) else ""
