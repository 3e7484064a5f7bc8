"""What becomes of an offer: accepted, declined, or let lapse."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.bookings import Booking, BookingStatus
from models.waitlist import OfferStatus, WaitlistOffer, WaitlistWish, WishStatus
from services import bookings, online
from services.core import audit, clock
from services.core.access import SYSTEM, Actor, Permission, require
from services.core.studio import studio_info
from services.waitlist import mails, queries
from services.waitlist.errors import NoOpenOffer
from services.waitlist.freed import offer_freed
from services.waitlist.types import PublicWish, WishView

_GONE = (BookingStatus.CANCELLED, BookingStatus.EXPIRED)


def accept(
    session: Session, actor: Actor, wish_id: int, offer_id: int | None = None, now: datetime | None = None
) -> WishView:
    """Staff accept for the client: the offer they saw, or by default the one that is open."""
    require(actor, Permission.MANAGE_CLIENTS)
    _accept(session, actor, col(WaitlistWish.id) == wish_id, offer_id, now or clock.now())
    return queries.one(session, wish_id)


def decline(
    session: Session, actor: Actor, wish_id: int, offer_id: int | None = None, now: datetime | None = None
) -> WishView:
    require(actor, Permission.MANAGE_CLIENTS)
    _decline(session, actor, col(WaitlistWish.id) == wish_id, offer_id, now or clock.now())
    return queries.one(session, wish_id)


def accept_public(
    session: Session, actor: Actor, token: str, offer_id: int | None = None, now: datetime | None = None
) -> PublicWish:
    require(actor, Permission.BOOK_ONLINE)
    online.request(session, actor)
    where = col(WaitlistWish.token) == token
    return queries.public(session, _accept(session, actor, where, offer_id, now or clock.now()))


def decline_public(
    session: Session, actor: Actor, token: str, offer_id: int | None = None, now: datetime | None = None
) -> PublicWish:
    """They stay on the list, and other time that is free is offered at once; this time is not offered again."""
    require(actor, Permission.BOOK_ONLINE)
    online.request(session, actor)
    where = col(WaitlistWish.token) == token
    return queries.public(session, _decline(session, actor, where, offer_id, now or clock.now()))


def _accept(
    session: Session, actor: Actor, where: ColumnElement[bool], offer_id: int | None, now: datetime
) -> WaitlistWish:
    wish, offer = _open(session, where, offer_id)
    if offer.due_at <= now:
        raise NoOpenOffer
    if bookings.take(session, actor, offer.booking_id, now).status in _GONE:
        raise NoOpenOffer
    _settle(session, actor, wish, offer, OfferStatus.ACCEPTED, now)
    return wish


def _decline(
    session: Session, actor: Actor, where: ColumnElement[bool], offer_id: int | None, now: datetime
) -> WaitlistWish:
    wish, offer = _open(session, where, offer_id)
    refuse(session, actor, wish, offer, now)
    offer_freed(session, now)  # before the answer is shown: the wish may have its next offer by then
    return wish


def refuse(session: Session, actor: Actor, wish: WaitlistWish, offer: WaitlistOffer, now: datetime) -> None:
    """Declines an open offer of a wish that this transaction holds."""
    bookings.decline(session, actor, offer.booking_id, now, lapsed=False)
    _settle(session, actor, wish, offer, OfferStatus.DECLINED, now)


def due(session: Session, now: datetime) -> tuple[int, ...]:
    """Open offers that nobody answered in time, or whose booking staff have moved on or cancelled."""
    return tuple(id_ for id_ in session.exec(_due(now).order_by(col(WaitlistOffer.due_at))) if id_)


def is_due(now: datetime) -> ColumnElement[bool]:
    return _due(now).exists()


def _due(now: datetime) -> SelectOfScalar[int | None]:
    statement = select(col(WaitlistOffer.id)).join(Booking, col(Booking.id) == WaitlistOffer.booking_id)
    settled = or_(col(WaitlistOffer.due_at) <= now, col(Booking.status) != BookingStatus.PENDING)
    return statement.where(WaitlistOffer.status == OfferStatus.OPEN, settled)


def settle(session: Session, offer_id: int, now: datetime) -> bool:
    """One of them, asked again behind the lock of its wish."""
    of_offer = select(WaitlistOffer.wish_id).where(WaitlistOffer.id == offer_id).scalar_subquery()
    wish = queries.find(session, col(WaitlistWish.id) == of_offer)
    offer = queries.open_offer(session, wish.id)
    if offer is None or offer.id != offer_id:
        return False
    status = session.exec(select(Booking.status).where(Booking.id == offer.booking_id)).one()
    has_run_out = offer.due_at <= now and status in (BookingStatus.PENDING, BookingStatus.EXPIRED)
    if has_run_out:  # whoever needed the time may have let it go already
        bookings.decline(session, SYSTEM, offer.booking_id, now, lapsed=True)
        _settle(session, SYSTEM, wish, offer, OfferStatus.EXPIRED, now)
        mails.lapsed(session, wish, offer.booking_id)
    elif status is not BookingStatus.PENDING:
        answer = OfferStatus.DECLINED if status in _GONE else OfferStatus.ACCEPTED
        _settle(session, SYSTEM, wish, offer, answer, now)
    else:
        return False
    return True


def over(session: Session, now: datetime) -> tuple[int, ...]:
    """Waiting wishes whose last day is over, the night after it included."""
    yesterday = clock.business_date(now, studio_info(session).zone) - timedelta(days=1)
    past = (WaitlistWish.status == WishStatus.WAITING, col(WaitlistWish.last_day) < yesterday)
    return tuple(id_ for id_ in session.exec(select(WaitlistWish.id).where(*past)) if id_)


def close(session: Session, wish_id: int, now: datetime) -> bool:
    wish = queries.find(session, col(WaitlistWish.id) == wish_id)
    if wish.status is not WishStatus.WAITING or wish_id not in over(session, now):
        return False
    wish.status = WishStatus.PASSED
    session.add(wish)
    session.flush()
    audit.record(session, SYSTEM, "wish_passed", "waitlist", wish_id)
    return True


def _open(session: Session, where: ColumnElement[bool], offer_id: int | None) -> tuple[WaitlistWish, WaitlistOffer]:
    """Nobody takes or turns down a time they have not seen, where another is offered by now."""
    wish = queries.find(session, where)
    offer = queries.open_offer(session, wish.id)
    if offer is None or offer_id not in (None, offer.id):
        raise NoOpenOffer
    return wish, offer


_AFTER = {
    OfferStatus.ACCEPTED: WishStatus.BOOKED,
    OfferStatus.DECLINED: WishStatus.WAITING,
    OfferStatus.EXPIRED: WishStatus.WAITING,
}


def _settle(
    session: Session, actor: Actor, wish: WaitlistWish, offer: WaitlistOffer, answer: OfferStatus, now: datetime
) -> None:
    offer.status, offer.answered_at, wish.status = answer, now, _AFTER[answer]
    session.add_all((offer, wish))
    session.flush()
    after = {"offer": answer, "booking_id": offer.booking_id}
    audit.record(session, actor, f"offer_{answer.lower()}", "waitlist", wish.id, after=after)
