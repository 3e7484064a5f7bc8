"""The client's own booking, reached by the token in its link."""

from datetime import datetime

from sqlmodel import Session, col, select

from models.bookings import Booking
from models.changes import ChangeWish
from services import online
from services.bookings import detail, mails, wishes
from services.bookings.authorization import sign
from services.bookings.errors import BookingNotFound
from services.bookings.lapsing import lapse
from services.bookings.rules import cancellation_lines
from services.bookings.types import BookingView, NewAuthorization
from services.core import clock
from services.core.access import Actor, Permission, require
from services.online import Allowance


def get_public(session: Session, actor: Actor, token: str) -> BookingView:
    require(actor, Permission.BOOK_ONLINE)
    return detail.view(session, actor, col(Booking.public_token) == token, wanted="like that", public=True)


def authorize_public(
    session: Session, actor: Actor, token: str, authorization: NewAuthorization, now: datetime | None = None
) -> BookingView:
    require(actor, Permission.BOOK_ONLINE)
    online.request(session, actor)
    booking = _locked(session, token)
    sign(session, actor, booking, authorization, now or clock.now())
    mails.authorized(session, booking, authorization.name.strip())
    return get_public(session, actor, token)


def request_change(
    session: Session, actor: Actor, token: str, wish: ChangeWish, message: str, now: datetime | None = None
) -> BookingView:
    """The client asks to cancel or change; the studio is told and decides."""
    require(actor, Permission.BOOK_ONLINE)
    online.request(session, actor)
    now = now or clock.now()
    booking = _locked(session, token)
    lapse(session, booking, now)
    online.spend(session, Allowance.CHANGE_REQUEST, booking.number)
    wishes.ask(session, actor, booking, wish, message, now)
    return get_public(session, actor, token)


def withdraw_request(session: Session, actor: Actor, token: str, now: datetime | None = None) -> BookingView:
    """The client takes the open wish back."""
    require(actor, Permission.BOOK_ONLINE)
    online.request(session, actor)
    booking = _locked(session, token)
    wishes.take_back(session, actor, booking, now or clock.now())
    return get_public(session, actor, token)


def public_cancellation_fee(session: Session, actor: Actor, token: str, now: datetime | None = None) -> int:
    """What cancelling now would cost, in cents, by the booking's own policy."""
    require(actor, Permission.BOOK_ONLINE)
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
