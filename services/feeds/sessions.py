"""What stands in a subject's calendar, as the database has it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, col

from models.audit import AuditLog
from models.bookings import Booking, BookingMic, BookingRoom, BookingStatus
from models.catalog import Engineer, Period, Room
from models.clients import Artist, Client
from models.scheduling import Allocation
from services.core.config import settings
from services.core.studio import Studio
from services.feeds.types import Event, EventStatus, FeedKind, FeedSubject

BACK = timedelta(days=90)
AHEAD = timedelta(days=400)
GONE_STAYS = timedelta(days=30)
"""How long what was cancelled is still told, so that calendars take it out."""

_GONE = (BookingStatus.CANCELLED, BookingStatus.EXPIRED)
_STATUS = {
    BookingStatus.HOLD: EventStatus.TENTATIVE,
    BookingStatus.PENDING: EventStatus.TENTATIVE,
    BookingStatus.CANCELLED: EventStatus.CANCELLED,
    BookingStatus.EXPIRED: EventStatus.CANCELLED,
}
_BLOCKS = text(
    """
select 'lockout' as kind, l.id, l.created_at, lower(a.during) as start, upper(a.during) as "end", l.reason as words
  from lockout l join allocation a on a.lockout_id = l.id
 where a.resource_id = :resource_id and a.during && tstzrange(:start, :end)
union all
select 'time-off', t.id, t.created_at, lower(t.during), upper(t.during), t.status
  from time_off t where t.resource_id = :resource_id and t.during && tstzrange(:start, :end)
 order by start, kind, id
"""
)


def uid(name: str) -> str:
    """The same for ever, also when a calendar is added anew."""
    return f"{name}@{urlsplit(settings().public_url).hostname}"


def status_of(status: BookingStatus) -> EventStatus:
    return _STATUS.get(status, EventStatus.CONFIRMED)


def place(room_names: Sequence[str], studio: Studio) -> str:
    """Where to go; nowhere for online work."""
    return ", ".join(part for part in (*room_names, studio.address) if part) if room_names else ""


def client_summary(service: str, room_names: Sequence[str], period: str | None, studio: Studio) -> str:
    return ", ".join((service, _where(room_names, period), studio.name))


def _where(room_names: Sequence[str], period: str | None) -> str:
    return f"online ({period})" if period else " + ".join(room_names)


def session_events(session: Session, subject: FeedSubject, studio: Studio, now: datetime) -> list[Event]:
    rows = session.execute(_rows(subject, now)).all()
    return [_session_event(row, subject.kind, studio) for row in rows]


def block_events(session: Session, subject: FeedSubject, now: datetime) -> list[Event]:
    """Lockouts of a room, time off of a person."""
    if subject.kind is FeedKind.CLIENT:
        return []
    wanted = {"resource_id": subject.id, "start": now - BACK, "end": now + AHEAD}
    return [_block_event(row, subject) for row in session.execute(_BLOCKS, wanted)]


def _rows(subject: FeedSubject, now: datetime) -> Any:
    in_order = aggregate_order_by
    of_room = col(BookingRoom.booking_id) == col(Booking.id)
    rooms = (
        select(func.array_agg(in_order(col(Room.name), col(BookingRoom.position))))
        .select_from(BookingRoom)
        .join(Room, col(Room.id) == col(BookingRoom.room_id))
        .where(of_room)
    )
    mics = select(func.array_agg(in_order(col(BookingMic.name), col(BookingMic.id))))
    changed = select(func.max(AuditLog.at)).where(
        col(AuditLog.entity) == "booking", col(AuditLog.entity_id) == col(Booking.id)
    )
    changed_at = func.coalesce(changed.correlate(Booking).scalar_subquery(), col(Booking.created_at))
    return (
        select(
            Booking,
            col(Client.name).label("client"),
            col(Artist.name).label("artist"),
            col(Engineer.name).label("engineer"),
            col(Period.name).label("period"),
            rooms.correlate(Booking).scalar_subquery().label("rooms"),
            mics.where(col(BookingMic.booking_id) == col(Booking.id))
            .correlate(Booking)
            .scalar_subquery()
            .label("mics"),
            changed_at.label("changed_at"),
        )
        .join(Client, col(Client.id) == col(Booking.client_id))
        .outerjoin(Artist, col(Artist.id) == col(Booking.artist_id))
        .outerjoin(Engineer, col(Engineer.id) == col(Booking.engineer_id))
        .outerjoin(Period, col(Period.id) == col(Booking.period_id))
        .where(
            _is_of(subject),
            col(Booking.start) < now + AHEAD,
            col(Booking.end) > now - BACK,
            or_(col(Booking.status).not_in(_GONE), changed_at > now - GONE_STAYS),
        )
        .order_by(col(Booking.start), col(Booking.id))
    )


def _is_of(subject: FeedSubject) -> ColumnElement[bool]:
    match subject.kind:
        case FeedKind.ROOM:
            here = and_(col(BookingRoom.booking_id) == col(Booking.id), col(BookingRoom.room_id) == subject.id)
            return exists().where(here)
        case FeedKind.ENGINEER:
            return col(Booking.engineer_id) == subject.id
        case FeedKind.PERFORMER:
            taken = and_(col(Allocation.booking_id) == col(Booking.id), col(Allocation.resource_id) == subject.id)
            return exists().where(taken)
        case FeedKind.CLIENT:
            return col(Booking.client_id) == subject.id


def _session_event(row: Row[Any], kind: FeedKind, studio: Studio) -> Event:
    booking: Booking = row.Booking
    return Event(
        uid=uid(booking.number),
        version=booking.version,
        changed_at=row.changed_at.astimezone(UTC),
        start=booking.start,
        end=booking.end,
        status=status_of(booking.status),
        summary=_summary(row, kind, studio),
        location=place(row.rooms or (), studio),
        description=_description(row, kind),
        is_busy=booking.status is not BookingStatus.HOLD and booking.status not in _GONE,
    )


def _summary(row: Row[Any], kind: FeedKind, studio: Studio) -> str:
    """Who comes, for the house; what and where, for who comes."""
    booking: Booking = row.Booking
    if kind in (FeedKind.CLIENT, FeedKind.PERFORMER):
        return client_summary(booking.service_name, row.rooms or (), row.period, studio)
    where = _where(row.rooms or (), row.period)
    who = row.client if row.artist in (None, row.client) else f"{row.artist} ({row.client})"
    return f"{who}: {booking.service_name}" + ("" if kind is FeedKind.ROOM else f", {where}")


def _description(row: Row[Any], kind: FeedKind) -> str:
    """Never money."""
    booking: Booking = row.Booking
    said = {
        "Booking": booking.number,
        "Status": booking.status.replace("_", " ").capitalize(),
        "Engineer": row.engineer if kind is not FeedKind.PERFORMER else None,
        "Microphones": ", ".join(row.mics or ()) if kind in (FeedKind.ROOM, FeedKind.ENGINEER) else None,
    }
    return "\n".join(f"{name}: {value}" for name, value in said.items() if value)


def _block_event(row: Row[Any], subject: FeedSubject) -> Event:
    is_lockout = row.kind == "lockout"
    return Event(
        uid=uid(f"{row.kind}-{row.id}-{subject.id}"),
        version=0,
        changed_at=row.created_at.astimezone(UTC),
        start=row.start,
        end=row.end,
        status=EventStatus.CONFIRMED,
        summary=f"Locked out: {row.words}" if is_lockout else f"Away ({row.words.lower()})",
    )
