"""The one way a booking changes its status: with its version, its audit, and what hangs on it."""

from sqlmodel import Session

from models.bookings import Booking, BookingStatus
from services.bookings import detail, wishes
from services.bookings.types import BookingView
from services.core import audit
from services.core.access import Actor


def move(
    session: Session, actor: Actor, booking: Booking, status: BookingStatus, action: str, description: str = ""
) -> BookingView:
    before = booking.status
    booking.status = status
    booking.version += 1
    session.add(booking)
    session.flush()
    if before.is_open and not status.is_open:
        wishes.close_moot(session, actor, booking)
    audit.record(
        session,
        actor,
        action,
        "booking",
        booking.id,
        before={"status": before},
        after={"status": status},
        description=description,
    )
    return detail.full_view_of(session, booking.id or 0)
