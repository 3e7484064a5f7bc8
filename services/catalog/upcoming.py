"""What is still to happen with a resource or on some days. Booking tables are read here only."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlmodel import Session, col

from models.bookings import Booking, BookingMic, BookingRoom, BookingStatus
from models.scheduling import Allocation
from services.catalog.types import SessionMet
from services.core.errors import Conflict

_OPEN = [status for status in BookingStatus if status.is_open]
_MOST_NAMED = 5


def refuse_if_booked(session: Session, resource_id: int, name: str, now: datetime) -> None:
    """Refuses while open bookings need the room, the person or the piece of gear."""
    in_room = select(col(BookingRoom.booking_id)).where(col(BookingRoom.room_id) == resource_id)
    with_mic = select(col(BookingMic.booking_id)).where(col(BookingMic.gear_unit_id) == resource_id)
    in_ledger = select(col(Allocation.booking_id)).where(col(Allocation.resource_id) == resource_id)
    query = (
        select(col(Booking.number), col(Booking.status))
        .where(
            col(Booking.status).in_(_OPEN),
            col(Booking.end) > now,
            or_(
                col(Booking.engineer_id) == resource_id,
                col(Booking.id).in_(in_room),
                col(Booking.id).in_(with_mic),
                col(Booking.id).in_(in_ledger),
            ),
        )
        .order_by(col(Booking.start), col(Booking.id))
    )
    found = session.execute(query).all()
    running = [number for number, status in found if status is BookingStatus.CHECKED_IN]
    ahead = [number for number, status in found if status is not BookingStatus.CHECKED_IN]
    if found:
        numbers = [number for number, _ in found]
        raise Conflict(_still_booked(name, running, ahead), code="has_bookings", details={"bookings": numbers})


def _still_booked(name: str, running: list[str], ahead: list[str]) -> str:
    """A session under way is neither moved nor cancelled; it ends."""
    said = [f"{name} is needed by {_named(ahead)}. Move or cancel these first."] if ahead else []
    said += [f"{name} is in session with {_named(running)}. Wait for the check-out."] if running else []
    return " ".join(said)


def _named(numbers: list[str]) -> str:
    more = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
    return ", ".join(numbers[:_MOST_NAMED]) + more


def sessions_met(session: Session, start: datetime, end: datetime) -> tuple[SessionMet, ...]:
    """Open bookings whose session shares time with `[start, end)`."""
    query = (
        select(col(Booking.number), col(Booking.start), col(Booking.end), col(Booking.status))
        .where(col(Booking.status).in_(_OPEN), col(Booking.start) < end, col(Booking.end) > start)
        .order_by(col(Booking.start), col(Booking.id))
    )
    return tuple(SessionMet(**row._mapping) for row in session.execute(query))
