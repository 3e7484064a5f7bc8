"""The client's own booking, reached by the token in its link."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from models.bookings import Booking
from services import audit, clock
from services.access import Actor, Permission, require
from services.bookings import detail, mails
from services.bookings.authorization import sign
from services.bookings.errors import BookingNotFound
from services.bookings.rules import cancellation_lines
from services.bookings.types import BookingView, NewAuthorization
from services.errors import Conflict, Invalid


class ChangeWish(StrEnum):
    CANCEL = "cancel"
    CHANGE = "change"


def get_public(session: Session, actor: Actor, token: str) -> BookingView:
    require(actor, Permission.BOOK_ONLINE)
    return detail.view(session, actor, col(Booking.public_token) == token, wanted="like that", public=True)


def authorize_public(
    session: Session, actor: Actor, token: str, authorization: NewAuthorization, now: datetime | None = None
) -> BookingView:
    require(actor, Permission.BOOK_ONLINE)
    booking = _locked(session, token)
    sign(session, actor, booking, authorization, now or clock.now())
    mails.authorized(session, booking, authorization.name.strip())
    return get_public(session, actor, token)


def request_change(session: Session, actor: Actor, token: str, wish: ChangeWish, message: str) -> BookingView:
    """The client asks to cancel or change; the studio is told and decides."""
    require(actor, Permission.BOOK_ONLINE)
    booking = _locked(session, token)
    if not booking.status.is_open:
        raise Conflict(f"{booking.number} is over; call us about it.", code="wrong_status")
    if not message.strip() and wish is ChangeWish.CHANGE:
        raise Invalid("Say what you would like to change.", field="message")
    if len(message) > 1000:
        raise Invalid("The message is at most 1,000 characters.", field="message")
    whole = detail.full_view_of(session, booking.id or 0)
    after = {"wish": wish, "message": message.strip()}
    audit.record(
        session, actor, "change_requested", "booking", booking.id, after=after, description=f"Client asks to {wish}"
    )
    mails.change_requested(session, whole, wish, message.strip())
    return detail.seen_by_link(whole)


def public_cancellation_fee(session: Session, actor: Actor, token: str, now: datetime | None = None) -> int:
    """What cancelling now would cost, in cents, by the booking's own policy."""
    view = get_public(session, actor, token)
    total, is_signed = view.total_cents or 0, view.authorization is not None
    lines = cancellation_lines(total, dict(view.policy), view.start, now or clock.now(), is_signed=is_signed)
    return total + sum(line.amount_cents for line in lines)


def _locked(session: Session, token: str) -> Booking:
    statement = select(Booking).where(Booking.public_token == token).with_for_update(key_share=True)
    booking = session.exec(statement).one_or_none()
    if booking is None:
        raise BookingNotFound("like that")
    return booking
