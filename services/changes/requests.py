"""An engineer asks to be replaced in a session; whoever may swap engineers decides."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, col

from models.bookings import Booking, BookingRoom, BookingStatus
from models.catalog import Engineer, Room
from models.changes import SwapRequest, SwapRequestStatus
from models.clients import Client
from services.bookings import find_booking
from services.changes import request_mails as mails
from services.changes.request_mails import SwapRequestView
from services.changes.types import MOST_REASON
from services.core import audit, clock
from services.core.access import Actor, Permission, require
from services.core.errors import Conflict, NotAllowed, NotFound
from services.core.fields import MAX_ID, parse_text

_IS_OPEN = col(SwapRequest.status) == SwapRequestStatus.OPEN
_ASKABLE = (BookingStatus.PENDING, BookingStatus.CONFIRMED)


def request_swap(
    session: Session, actor: Actor, number: str, reason: str, now: datetime | None = None
) -> SwapRequestView:
    """Of a session of one's own that is still to come; managers and the booking desk are told."""
    require(actor, Permission.UPDATE_OWN_AVAILABILITY)
    reason = parse_text(reason, "reason", "The reason", limit=MOST_REASON, required=True)
    booking = find_booking(session, actor, number, lock=True)
    if actor.engineer_id is None or booking.engineer_id != actor.engineer_id:
        raise NotAllowed("You may ask to be replaced in your own sessions only.")
    now = now or clock.now()
    if booking.status not in _ASKABLE or booking.start <= now:
        raise Conflict(f"{number} is not ahead of you any more.", code="not_ahead")
    if _view_where(session, _IS_OPEN, col(SwapRequest.booking_id) == booking.id):
        raise Conflict(f"You have asked to be replaced in {number} already.", code="already_asked")
    row = SwapRequest(
        booking_id=booking.id or 0,
        engineer_id=actor.engineer_id,
        reason=reason,
        created_by=actor.user_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    request = _view_of(session, row)
    _record(session, actor, row, "swap_requested")
    mails.asked(session, request)
    return request


def withdraw(session: Session, actor: Actor, request_id: int, now: datetime | None = None) -> SwapRequestView:
    require(actor, Permission.UPDATE_OWN_AVAILABILITY)
    row = _load_open(session, request_id)
    if row.engineer_id != actor.engineer_id:
        raise NotAllowed("You may withdraw only what you have asked for.")
    return _close(session, actor, row, SwapRequestStatus.WITHDRAWN, now)


def resolve_request(
    session: Session, actor: Actor, request_id: int, done: bool, note: str = "", now: datetime | None = None
) -> SwapRequestView:
    """Done, or declined; the engineer is told, with the note."""
    require(actor, Permission.SWAP_RESOURCES)
    note = parse_text(note, "note", "The note", limit=MOST_REASON)
    row = _load_open(session, request_id)
    status = SwapRequestStatus.DONE if done else SwapRequestStatus.DECLINED
    request = _close(session, actor, row, status, now, note)
    mails.settled(session, request, note)
    return request


def close_for(
    session: Session, actor: Actor, booking_id: int, engineer_id: int, now: datetime | None = None
) -> SwapRequestView | None:
    """The engineer was replaced: what they asked for is done. None where they had not asked."""
    row = session.execute(
        select(SwapRequest)
        .where(_IS_OPEN, col(SwapRequest.booking_id) == booking_id, col(SwapRequest.engineer_id) == engineer_id)
        .with_for_update()
    ).scalar_one_or_none()
    if row is None:
        return None
    request = _close(session, actor, row, SwapRequestStatus.DONE, now)
    mails.settled(session, request, "")
    return request


def open_requests(
    session: Session, actor: Actor, number: str = "", now: datetime | None = None
) -> tuple[SwapRequestView, ...]:
    """Those of sessions still ahead, the next first; engineers get their own. `number`: of one booking."""
    require(actor, Permission.VIEW_ALL_SESSIONS, Permission.UPDATE_OWN_AVAILABILITY)
    where = [_IS_OPEN, col(Booking.status).in_(_ASKABLE), col(Booking.end) > (now or clock.now())]
    if number:
        where.append(col(Booking.number) == number)
    if not actor.can(Permission.VIEW_ALL_SESSIONS):
        where.append(col(SwapRequest.engineer_id) == (actor.engineer_id or 0))
    return _view_where(session, *where)


def _load_open(session: Session, request_id: int) -> SwapRequest:
    row = session.get(SwapRequest, request_id, with_for_update=True) if 0 < request_id <= MAX_ID else None
    if row is None:
        raise NotFound("There is no such request.")
    if row.status is not SwapRequestStatus.OPEN:
        raise Conflict("This request is settled already.", code="already_settled")
    return row


def _close(
    session: Session, actor: Actor, row: SwapRequest, status: SwapRequestStatus, now: datetime | None, note: str = ""
) -> SwapRequestView:
    row.status, row.resolved_by, row.resolved_at = status, actor.user_id, now or clock.now()
    session.add(row)
    session.flush()
    _record(session, actor, row, f"swap_request_{status.lower()}", note)
    return _view_of(session, row)


def _record(session: Session, actor: Actor, row: SwapRequest, action: str, note: str = "") -> None:
    name = session.execute(select(col(Engineer.name)).where(col(Engineer.id) == row.engineer_id)).scalar_one()
    after = {"engineer": name, "reason": row.reason} | ({"note": note} if note else {})
    audit.record(session, actor, action, "booking", row.booking_id, after=after)


def _view_of(session: Session, row: SwapRequest) -> SwapRequestView:
    return _view_where(session, col(SwapRequest.id) == row.id)[0]


def _view_where(session: Session, *where: ColumnElement[bool]) -> tuple[SwapRequestView, ...]:
    rooms = (
        select(func.array_agg(aggregate_order_by(col(Room.name), col(BookingRoom.position))))
        .select_from(BookingRoom)
        .join(Room, col(Room.id) == BookingRoom.room_id)
        .where(col(BookingRoom.booking_id) == Booking.id)
        .correlate(Booking)
        .scalar_subquery()
    )
    query = (
        select(SwapRequest, Booking, col(Engineer.name), col(Client.name), rooms)
        .join(Booking, col(Booking.id) == SwapRequest.booking_id)
        .join(Engineer, col(Engineer.id) == SwapRequest.engineer_id)
        .join(Client, col(Client.id) == Booking.client_id)
        .where(*where)
        .order_by(col(Booking.start), col(SwapRequest.id))
    )
    return tuple(
        SwapRequestView(
            id=row.id or 0,
            booking_id=row.booking_id,
            number=booking.number,
            engineer_id=row.engineer_id,
            engineer_name=engineer,
            reason=row.reason,
            status=row.status,
            start=booking.start,
            end=booking.end,
            service_name=booking.service_name,
            room_names=tuple(names or ()),
            client_name=client,
        )
        for row, booking, engineer, client, names in session.execute(query)
    )
