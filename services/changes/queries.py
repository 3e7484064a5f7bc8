"""What a change reads: the booking's shape, its earlier changes, and the rates it was sold at before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from models.bookings import Booking, BookingMic, BookingRoom, BookingStatus
from models.catalog import Engineer, Resource, Room, Service
from models.changes import BookingChange
from services import holds, scheduling
from services.changes import snapshot as shape
from services.changes.snapshot import MicSet, RoomSold, SessionSnapshot


def shape_of(session: Session, booking: Booking) -> SessionSnapshot:
    rooms = session.exec(
        select(BookingRoom, Room.name)
        .join(Room, col(Room.id) == col(BookingRoom.room_id))
        .where(BookingRoom.booking_id == booking.id)
        .order_by(col(BookingRoom.position))
        .execution_options(populate_existing=True)
    )
    mics = session.exec(
        select(BookingMic, Resource.name)
        .outerjoin(Resource, col(Resource.id) == col(BookingMic.gear_unit_id))
        .where(BookingMic.booking_id == booking.id)
        .order_by(col(BookingMic.id))
        .execution_options(populate_existing=True)
    )
    engineer = session.get(Engineer, booking.engineer_id) if booking.engineer_id else None
    return shape.of(
        booking,
        tuple(RoomSold(row.room_id, name, row.hourly_rate_cents, row.original_room_id) for row, name in rooms),
        engineer.name if engineer else "",
        tuple(MicSet(row.id or 0, row.mic_option_id, row.name, row.gear_unit_id, name or "") for row, name in mics),
        scheduling.allocations_of(session, booking.id or 0),
        _placed_at(session, booking),
    )


def _placed_at(session: Session, booking: Booking) -> datetime | None:
    if booking.status is not BookingStatus.HOLD:
        return None
    return holds.placed_at(session, booking.id or 0)


def changes(session: Session, booking: Booking) -> list[BookingChange]:
    """In the order they were made, those that were undone too."""
    made = select(BookingChange).where(BookingChange.booking_id == booking.id).order_by(col(BookingChange.id))
    return list(session.exec(made.execution_options(populate_existing=True)))


def is_overtime(change: BookingChange) -> bool:
    """Charged after the fact: it moved no time."""
    return bool(change.after.get("is_overtime"))


def last_standing(session: Session, booking_id: int) -> BookingChange | None:
    """The newest change that was not undone: the one undo would take back."""
    made = select(BookingChange).where(BookingChange.booking_id == booking_id, col(BookingChange.undone_at).is_(None))
    newest = made.order_by(col(BookingChange.id).desc()).limit(1).execution_options(populate_existing=True)
    return session.exec(newest).first()


def exchanged_with(change: BookingChange | None) -> int | None:
    """The booking it exchanged a room with in the same change."""
    return change.after.get("exchanged_with") if change else None


def in_room_then(session: Session, room_id: int, start: datetime, end: datetime, but: int) -> list[str]:
    """Numbers of the sessions that hold the room at some time of the span."""
    met = (
        select(Booking.number)
        .join(BookingRoom, col(BookingRoom.booking_id) == col(Booking.id))
        .where(
            BookingRoom.room_id == room_id,
            Booking.id != but,
            col(Booking.status).in_([status for status in BookingStatus if status.holds_time]),
            Booking.start < end,
            Booking.end > start,
        )
    )
    return list(session.exec(met.order_by(col(Booking.id)).limit(2)))


@dataclass
class RatesSold:
    """What it was sold at, now or before a change: who comes back costs what was agreed."""

    rooms: dict[tuple[int, bool], int] = field(default_factory=dict)
    """By room, and whether an engineer was there."""
    engineers: dict[int, int | None] = field(default_factory=dict)

    def note(self, sold: SessionSnapshot) -> None:
        has_engineer = sold.engineer is not None
        for room in sold.rooms:
            self.rooms.setdefault((room.id, has_engineer), room.rate_cents)
        if sold.engineer:
            self.engineers.setdefault(sold.engineer.id, sold.engineer.rate_cents)


def rates_sold(now_sold: SessionSnapshot, made: Iterable[BookingChange]) -> RatesSold:
    rates = RatesSold()
    rates.note(now_sold)
    for change in made:
        if change.undone_at is None:
            rates.note(shape.from_json(change.before["shape"]))
    return rates


def needs_engineer(session: Session, booking: Booking) -> bool:
    return bool(session.exec(select(Service.needs_engineer).where(Service.id == booking.service_id)).one())


def names(session: Session, resource_ids: Iterable[int]) -> dict[int, str]:
    found = session.exec(select(Resource.id, Resource.name).where(col(Resource.id).in_(resource_ids)))
    return {id_ or 0: name for id_, name in found}
