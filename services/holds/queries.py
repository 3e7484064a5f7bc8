"""What is read of holds: the session each is about, and which of them a clock has ended."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from models.bookings import Booking, BookingMic, BookingRoom, BookingStatus
from models.clients import Client
from models.holds import ChallengeOutcome, Hold, HoldChallenge
from services.holds.errors import HoldNotFound
from services.holds.types import HeldSession
from services.scheduling import MicRequest, SlotRequest


def number_of(session: Session, hold_id: int) -> str:
    number = session.exec(
        select(Booking.number).join(Hold, col(Hold.id) == Booking.id).where(Hold.id == hold_id)
    ).one_or_none()
    if number is None:
        raise HoldNotFound(hold_id)
    return number


def placed_at(session: Session, hold_id: int) -> datetime | None:
    return session.exec(select(Hold.placed_at).where(Hold.id == hold_id)).one_or_none()


def held_session(session: Session, booking_id: int) -> HeldSession:
    booked = (Booking.number, Booking.public_token, Client.name, Client.email, Booking.service_name)
    statement = select(*booked, Booking.start, Booking.end)  # type: ignore[call-overload]
    found = statement.join(Client, col(Client.id) == col(Booking.client_id)).where(Booking.id == booking_id)
    return HeldSession(booking_id, *session.exec(found).one())


def slot_request_of(session: Session, booking_id: int) -> SlotRequest:
    """What its session needs of the ledger of time."""
    booking = session.get_one(Booking, booking_id)
    rooms = select(BookingRoom.room_id).where(BookingRoom.booking_id == booking_id)
    mics = session.exec(select(BookingMic.mic_option_id).where(BookingMic.booking_id == booking_id)).all()
    return SlotRequest(
        start=booking.start,
        minutes=booking.minutes,
        room_ids=tuple(session.exec(rooms.order_by(col(BookingRoom.position)))),
        buffer_minutes=booking.buffer_minutes,
        engineer_id=booking.engineer_id,
        mics=tuple(MicRequest(mic_id, mics.count(mic_id)) for mic_id in dict.fromkeys(mics)),
    )


def due(session: Session, now: datetime) -> tuple[int, ...]:
    """The holds to look at, first in the queue first."""
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
