"""A client's wish to cancel or change a booking: one at a time, open until the studio or the client ends it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from models.bookings import Booking, BookingStatus
from models.changes import ChangeRequest, ChangeRequestStatus, ChangeWish
from models.clients import Client
from services.bookings import detail, mails, queries
from services.bookings.types import BookingView
from services.core import audit, clock
from services.core.access import Actor, Permission, require
from services.core.errors import Conflict, Invalid, NotFound
from services.core.fields import MAX_ID, parse_text

R = ChangeRequestStatus

_MOST_WORDS = 1000
_IS_OPEN = col(ChangeRequest.status) == R.OPEN
_OPEN_BOOKINGS = [status for status in BookingStatus if status.is_open]


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A wish nobody has settled yet, with the booking it is about."""

    id: int
    number: str
    client_name: str
    wish: ChangeWish
    message: str
    answer: str
    created_at: datetime
    start: datetime
    end: datetime
    service_name: str


def ask(session: Session, actor: Actor, booking: Booking, wish: ChangeWish, message: str, now: datetime) -> None:
    """Call with the booking locked. The studio is told and decides; nothing of the booking changes."""
    if not booking.status.is_open:
        raise Conflict(f"{booking.number} is over; call us about it.", code="wrong_status")
    if not message.strip() and wish is ChangeWish.CHANGE:
        raise Invalid("Say what you would like to change.", field="message")
    message = parse_text(message, "message", "The message", limit=_MOST_WORDS)
    if _of_booking(session, booking) is not None:
        raise Conflict(
            "We have a wish of yours already and answer it as soon as we can. Withdraw it to send another.",
            code="already_asked",
        )
    row = ChangeRequest(booking_id=booking.id or 0, wish=wish, message=message, created_at=now)
    session.add(row)
    session.flush()
    after = {"wish": wish, "message": message}
    said = f"Client asks to {wish.lower()}"
    audit.record(session, actor, "change_requested", "booking", booking.id, after=after, description=said)
    mails.change_requested(session, detail.full_view_of(session, booking.id or 0), wish.lower(), message)


def take_back(session: Session, actor: Actor, booking: Booking, now: datetime) -> None:
    """By the client. Call with the booking locked."""
    row = _of_booking(session, booking)
    if row is None:
        raise Conflict("There is no open wish to withdraw.", code="already_settled")
    _settle(session, actor, row, R.WITHDRAWN, now)
    mails.change_request_withdrawn(session, detail.full_view_of(session, booking.id or 0), row.wish.lower())


def open_change_requests(session: Session, actor: Actor, number: str = "") -> tuple[OpenRequest, ...]:
    """Those of the bookings the actor may see, oldest first. `number`: of one booking."""
    require(actor, Permission.BOOK_SESSIONS)
    where = [_IS_OPEN, col(Booking.status).in_(_OPEN_BOOKINGS), queries.visible_to(actor)]
    if number:
        where.append(col(Booking.number) == number)
    return _views(session, *where)


def answer_request(session: Session, actor: Actor, request_id: int, answer: str) -> BookingView:
    """A word to the client, by mail and on their page; the wish stays open."""
    require(actor, Permission.BOOK_SESSIONS)
    row, booking = find_open(session, actor, request_id)
    row.answer = _words(answer)
    session.add(row)
    session.flush()
    _record(session, actor, row, "change_request_answered")
    whole = detail.full_view_of(session, booking.id or 0)
    mails.change_request_answered(session, whole, row.wish.lower(), "", row.answer)
    return detail.redacted_for(actor, whole)


def decline_request(
    session: Session, actor: Actor, request_id: int, answer: str, now: datetime | None = None
) -> BookingView:
    """It stays as it is; the client reads why."""
    require(actor, Permission.BOOK_SESSIONS)
    return _end(session, actor, request_id, R.DECLINED, _words(answer), now or clock.now())


def accept_change(
    session: Session, actor: Actor, request_id: int, answer: str = "", now: datetime | None = None
) -> BookingView:
    """Of a wish to change: what was wished for is done."""
    require(actor, Permission.BOOK_SESSIONS)
    answer = parse_text(answer, "answer", "The answer", limit=_MOST_WORDS)
    return _end(session, actor, request_id, R.ACCEPTED, answer, now or clock.now())


def close_for(session: Session, actor: Actor, booking: Booking, wish: ChangeWish, now: datetime | None = None) -> None:
    """It is cancelled, or changed: a wish for that is accepted, and who is told of the one is told of the other."""
    row = _of_booking(session, booking)
    if row is not None and row.wish is wish:
        _settle(session, actor, row, R.ACCEPTED, now or clock.now())


def close_moot(session: Session, actor: Actor, booking: Booking) -> None:
    """The session is over or let go: nothing is left to wish for."""
    row = _of_booking(session, booking)
    if row is not None:
        _settle(session, actor, row, R.WITHDRAWN, clock.now())


def find_open(session: Session, actor: Actor, request_id: int) -> tuple[ChangeRequest, Booking]:
    """Both locked, the booking first as everywhere."""
    row = session.get(ChangeRequest, request_id) if 0 < request_id <= MAX_ID else None
    if row is None:
        raise NotFound("There is no such wish.")
    number: str = session.scalars(select(col(Booking.number)).where(col(Booking.id) == row.booking_id)).one()
    booking = queries.find_booking(session, actor, number, lock=True)
    session.refresh(row)
    if row.status is not R.OPEN:
        raise Conflict("This wish is settled already.", code="already_settled")
    return row, booking


def _end(
    session: Session, actor: Actor, request_id: int, status: ChangeRequestStatus, answer: str, now: datetime
) -> BookingView:
    row, booking = find_open(session, actor, request_id)
    row.answer = answer or row.answer
    _settle(session, actor, row, status, now)
    whole = detail.full_view_of(session, booking.id or 0)
    mails.change_request_answered(session, whole, row.wish.lower(), status.lower(), answer)
    return detail.redacted_for(actor, whole)


def _settle(session: Session, actor: Actor, row: ChangeRequest, status: ChangeRequestStatus, now: datetime) -> None:
    row.status, row.resolved_by, row.resolved_at = status, actor.user_id, now
    session.add(row)
    session.flush()
    _record(session, actor, row, f"change_request_{status.lower()}")


def _record(session: Session, actor: Actor, row: ChangeRequest, action: str) -> None:
    after = {"wish": row.wish} | ({"answer": row.answer} if row.answer else {})
    audit.record(session, actor, action, "booking", row.booking_id, after=after)


def _words(answer: str) -> str:
    return parse_text(answer, "answer", "The answer", limit=_MOST_WORDS, required=True)


def _of_booking(session: Session, booking: Booking) -> ChangeRequest | None:
    found: ChangeRequest | None = session.scalar(
        select(ChangeRequest).where(_IS_OPEN, col(ChangeRequest.booking_id) == booking.id)
    )
    return found


def _views(session: Session, *where: ColumnElement[bool]) -> tuple[OpenRequest, ...]:
    query = (
        select(ChangeRequest, Booking, col(Client.name))
        .join(Booking, col(Booking.id) == ChangeRequest.booking_id)
        .join(Client, col(Client.id) == Booking.client_id)
        .where(*where)
        .order_by(col(ChangeRequest.created_at), col(ChangeRequest.id))
    )
    return tuple(
        OpenRequest(
            id=row.id or 0,
            number=booking.number,
            client_name=client,
            wish=row.wish,
            message=row.message,
            answer=row.answer,
            created_at=row.created_at,
            start=booking.start,
            end=booking.end,
            service_name=booking.service_name,
        )
        for row, booking, client in session.execute(query)
    )
