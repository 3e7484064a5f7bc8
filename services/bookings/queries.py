"""Bookings as they are read: one statement for any list, a handful for one booking."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, col

from models.bookings import Booking, BookingAuthorization, BookingLine, BookingMic, BookingRoom
from models.catalog import Engineer, Period, Room
from models.clients import Artist, Client
from models.payments import Payment
from models.scheduling import Allocation
from models.studio import StudioInfo
from services.bookings.errors import BookingNotFound
from services.bookings.types import BookingFilters, BookingRow
from services.clients import ClientSearch
from services.core import phones
from services.core.access import Actor, Permission
from services.core.fields import MAX_ID, clean
from services.core.paging import Sort, Sorts, check_filters, ordered

_total = (
    select(func.coalesce(func.sum(BookingLine.amount_cents), 0))
    .where(col(BookingLine.booking_id) == col(Booking.id))
    .correlate(Booking)
    .scalar_subquery()
)
_paid = (
    select(func.coalesce(func.sum(Payment.amount_cents), 0))
    .where(col(Payment.booking_id) == col(Booking.id))
    .correlate(Booking)
    .scalar_subquery()
)
_is_signed = exists().where(col(BookingAuthorization.booking_id) == col(Booking.id)).correlate(Booking)
_SORTS: Sorts = {
    "start": Sort(col(Booking.start)),
    "number": Sort(col(Booking.id)),
    "client": Sort(col(Client.name_folded), written=col(Client.name)),
    "status": Sort(col(Booking.status)),
    "total": Sort(_total, needs=Permission.VIEW_CLIENT_MONEY),
    "balance": Sort(_total - _paid, needs=Permission.VIEW_CLIENT_MONEY),
    "created": Sort(col(Booking.created_at)),
}


def rows(
    session: Session,
    actor: Actor,
    *where: ColumnElement[bool],
    sort: str = "start",
    limit: int | None = None,
    offset: int = 0,
) -> tuple[BookingRow, ...]:
    """The bookings the actor may see that meet every condition."""
    order = ordered(session, actor, sort, _SORTS, tie=col(Booking.id))
    statement = _row_select().where(visible_to(actor), *where).order_by(*order)
    found = session.execute(statement.limit(limit).offset(offset))
    return tuple(_row(row, money=actor.can(Permission.VIEW_CLIENT_MONEY)) for row in found)


def count(session: Session, actor: Actor, *where: ColumnElement[bool]) -> int:
    statement = (
        select(func.count(col(Booking.id)))
        .join(Client, col(Client.id) == col(Booking.client_id))
        .outerjoin(Artist, col(Artist.id) == col(Booking.artist_id))
    )
    return int(session.execute(statement.where(visible_to(actor), *where)).scalar_one())


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Staff with the master calendar or the payments see all; engineers and performers their own sessions."""
    if actor.can(Permission.VIEW_ALL_SESSIONS) or actor.can(Permission.VIEW_PAYMENTS):
        return true()
    own = []
    if actor.engineer_id is not None:
        own.append(col(Booking.engineer_id) == actor.engineer_id)
    if actor.performer_id is not None:
        taken = and_(col(Allocation.booking_id) == col(Booking.id), col(Allocation.resource_id) == actor.performer_id)
        own.append(exists().where(taken).correlate(Booking))
    return or_(false(), *own)


def conditions(session: Session, actor: Actor, filters: BookingFilters) -> list[ColumnElement[bool]]:
    check_filters(actor, filters)
    where: list[ColumnElement[bool]] = []
    if q := clean(filters.q):
        beside = [ClientSearch.artist] if phones.is_in_groups(q) else [ClientSearch.artist, _has_number]
        where.append(ClientSearch(session, actor, q).finds(col(Booking.client_id), *beside))
    if filters.statuses:
        where.append(col(Booking.status).in_(filters.statuses))
    if filters.room_id is not None:
        room = and_(col(BookingRoom.booking_id) == col(Booking.id), col(BookingRoom.room_id) == _id(filters.room_id))
        where.append(exists().where(room))
    equal = {
        Booking.engineer_id: _id(filters.engineer_id),
        Booking.client_id: _id(filters.client_id),
        Booking.service_code: filters.service or None,
        Booking.mode: filters.mode,
        Booking.source: filters.source,
    }
    where += [column == value for column, value in equal.items() if value is not None]  # type: ignore[misc]
    if filters.first_day:
        where.append(col(Booking.business_date) >= filters.first_day)
    if filters.last_day:
        where.append(col(Booking.business_date) <= filters.last_day)
    if filters.unsigned:
        where.append(~_is_signed)
    if filters.unpaid:
        where.append(_paid < _total)
    return where


def overlapping(start: datetime, end: datetime) -> ColumnElement[bool]:
    return and_(col(Booking.start) < end, col(Booking.end) > start)


is_unsigned = ~_is_signed
total_cents = _total
paid_cents = _paid


def find_booking(session: Session, actor: Actor, number: str, *, lock: bool = False) -> Booking:
    """The booking itself; `lock` holds it against other changes until the transaction ends."""
    statement = select(Booking).where(col(Booking.number) == number, visible_to(actor))
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    booking: Booking | None = session.execute(statement).scalar_one_or_none()
    if booking is None:
        raise BookingNotFound(number)
    return booking


def total_of(session: Session, booking_id: int) -> int:
    statement = select(func.coalesce(func.sum(BookingLine.amount_cents), 0))
    return int(session.execute(statement.where(col(BookingLine.booking_id) == booking_id)).scalar_one())


def paid_of(session: Session, booking_id: int) -> int:
    statement = select(func.coalesce(func.sum(Payment.amount_cents), 0))
    return int(session.execute(statement.where(col(Payment.booking_id) == booking_id)).scalar_one())


def _row_select() -> Select[*tuple[Any, ...]]:
    in_order = aggregate_order_by
    room_ids = select(func.array_agg(in_order(col(BookingRoom.room_id), col(BookingRoom.position))))
    room_names = (
        select(func.array_agg(in_order(col(Room.name), col(BookingRoom.position))))
        .select_from(BookingRoom)
        .join(Room, col(Room.id) == col(BookingRoom.room_id))
    )
    mic_names = select(func.array_agg(in_order(col(BookingMic.name), col(BookingMic.id))))
    of_room = col(BookingRoom.booking_id) == col(Booking.id)
    of_mic = col(BookingMic.booking_id) == col(Booking.id)
    return (
        select(
            Booking,
            col(Client.name).label("client_name"),
            col(Artist.name).label("artist_name"),
            col(Engineer.name).label("engineer_name"),
            col(Period.name).label("period_name"),
            room_ids.where(of_room).correlate(Booking).scalar_subquery().label("room_ids"),
            room_names.where(of_room).correlate(Booking).scalar_subquery().label("room_names"),
            mic_names.where(of_mic).correlate(Booking).scalar_subquery().label("mic_names"),
            _is_signed.label("is_signed"),
            _total.label("total_cents"),
            _paid.label("paid_cents"),
            col(StudioInfo.check_in_lead_minutes),
        )
        .select_from(Booking)
        .join(StudioInfo, col(StudioInfo.id) == 1)
        .join(Client, col(Client.id) == col(Booking.client_id))
        .outerjoin(Artist, col(Artist.id) == col(Booking.artist_id))
        .outerjoin(Engineer, col(Engineer.id) == col(Booking.engineer_id))
        .outerjoin(Period, col(Period.id) == col(Booking.period_id))
    )


def _row(row: Row[Any], *, money: bool) -> BookingRow:
    booking: Booking = row[0]
    return BookingRow(
        id=booking.id or 0,
        number=booking.number,
        status=booking.status,
        source=booking.source,
        mode=booking.mode,
        start=booking.start,
        end=booking.end,
        buffer_minutes=booking.buffer_minutes,
        business_date=booking.business_date,
        client_id=booking.client_id,
        client_name=row.client_name,
        artist_name=row.artist_name or "",
        service_name=booking.service_name,
        room_ids=tuple(row.room_ids or ()),
        room_names=tuple(row.room_names or ()),
        engineer_id=booking.engineer_id,
        engineer_name=row.engineer_name or "",
        period=row.period_name or "",
        mic_names=tuple(row.mic_names or ()),
        is_signed=row.is_signed,
        total_cents=int(row.total_cents) if money else None,
        paid_cents=int(row.paid_cents) if money else None,
        deposit_cents=booking.deposit_cents if money else None,
        deposit_due_at=booking.deposit_due_at,
        check_in_from=booking.start - timedelta(minutes=row.check_in_lead_minutes),
        freed_from=booking.freed_from,
        version=booking.version,
    )


def _id(asked: int | None) -> int | None:
    """An id too large for the column is one that nothing has."""
    return None if asked is None else min(asked, MAX_ID)


def _has_number(word: str) -> ColumnElement[bool]:
    return col(Booking.number).icontains(word, autoescape=True)
