"""Time that became free goes to the first wish it fits, in order of arrival."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.bookings import Booking
from models.catalog import Service, ServiceMode
from models.clients import Artist
from models.waitlist import WaitlistOffer, WaitlistWish, WishStatus
from services import bookings, scheduling
from services.bookings import NewBooking
from services.core import audit, clock
from services.core.access import SYSTEM
from services.core.errors import DomainError
from services.core.studio import Studio, studio_info
from services.scheduling import Opening, Search, Span
from services.waitlist import mails, queries
from services.waitlist.rules import LEAD, offer_due, start_spans


def match(session: Session, now: datetime) -> int:
    """Offers what is free to those who wait for it, and says how many got an offer."""
    return sum(offer(session, wish_id, now) for wish_id in waiting(session, now))


def waiting(session: Session, now: datetime) -> tuple[int, ...]:
    """Wishes that may be met, in order of arrival."""
    last = clock.business_date(now, studio_info(session).zone) - timedelta(days=1)
    can = (col(WaitlistWish.status) == WishStatus.WAITING, col(WaitlistWish.last_day) >= last)
    return tuple(id_ for id_ in session.exec(select(WaitlistWish.id).where(*can).order_by(col(WaitlistWish.id))) if id_)


def offer(session: Session, wish_id: int, now: datetime) -> bool:
    """Keeps the soonest time that suits the wish and tells the client; False where nothing is free.

    One statement where nothing is. Of two who match at once, the second waits at each wish for
    the first, so that nobody is passed over.
    """
    wish = queries.find(session, col(WaitlistWish.id) == wish_id)
    studio = studio_info(session)
    if wish.status is not WishStatus.WAITING or not (opening := _opening(session, wish, studio, now)):
        return False
    due_at = offer_due(now, opening.start, studio.waitlist_offer_hours)
    try:
        with session.begin_nested():
            booking = bookings.reserve(session, _order(session, wish, opening), due_at, now)
    except DomainError:  # somebody took it this very moment, or the client or the service is no more
        return False
    made = WaitlistOffer(wish_id=wish_id, booking_id=booking.id, due_at=due_at, created_at=now)
    wish.status = WishStatus.OFFERED
    session.add_all((made, wish))
    session.flush()
    after = {"number": booking.number, "due_at": due_at.isoformat()}
    audit.record(session, SYSTEM, "wish_offered", "waitlist", wish_id, after=after)
    mails.offered(session, wish, booking, due_at)
    return True


def _opening(session: Session, wish: WaitlistWish, studio: Studio, now: datetime) -> Opening | None:
    service = session.get_one(Service, wish.service_id)
    if not service.is_active or service.deleted_at is not None:
        return None
    # A day early: the hours of its last evening may run past midnight.
    first = max(wish.first_day, clock.business_date(now, studio.zone) - timedelta(days=1))
    search = Search(
        service=service.code,
        minutes=wish.minutes,
        first_day=first,
        days=max(1, (wish.last_day - first).days + 1),
        room_ids=tuple(wish.room_ids),
        engineer_id=wish.engineer_id,
        any_engineer=service.needs_engineer and wish.engineer_id is None,
    )
    within = start_spans(wish, studio.zone)
    return scheduling.first_opening(session, search, now + LEAD, within, but=_refused(session, wish))


def _refused(session: Session, wish: WaitlistWish) -> list[Span]:
    """Times they turned down or let lapse are not offered again."""
    booked = select(Booking.start, Booking.end).join(WaitlistOffer, col(WaitlistOffer.booking_id) == Booking.id)
    return [Span(start, end) for start, end in session.exec(booked.where(WaitlistOffer.wish_id == wish.id))]


def _order(session: Session, wish: WaitlistWish, opening: Opening) -> NewBooking:
    artist = session.get(Artist, wish.artist_id) if wish.artist_id else None
    return NewBooking(
        mode=ServiceMode.IN_PERSON,
        service=session.get_one(Service, wish.service_id).code,
        start=opening.start,
        client_id=wish.client_id,
        artist=artist.name if artist else "",
        minutes=wish.minutes,
        room_ids=opening.room_ids,
        engineer_id=opening.engineer_id,
        notes=wish.notes,
    )
