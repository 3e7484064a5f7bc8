"""Commands on a booking that is a hold: placing, challenging, confirming, releasing, and letting it run out."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from models.bookings import Booking, BookingStatus
from services import holds
from services.bookings import lapses, listing, service
from services.bookings.creation import create
from services.bookings.sale import resolve
from services.bookings.types import BookingFilters, BookingRow, BookingView, NewBooking
from services.core import clock
from services.core.access import Actor, Permission, require
from services.holds import BookedAsHold, HoldView, NotHeld, Outlook


def place_hold(session: Session, actor: Actor, new: NewBooking, now: datetime | None = None) -> HoldView:
    """Pencils the wizard's answers in, behind all holds that they meet."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    booking = create(session, actor, replace(new, status=BookingStatus.HOLD), now=now)
    return _view(session, actor, booking, now)


def hold_outlook(session: Session, actor: Actor, new: NewBooking) -> Outlook:
    """The rank the wizard's answers would get as a hold, and what becomes of those above. Stores nothing."""
    require(actor, Permission.BOOK_SESSIONS)
    sale = resolve(session, actor, new)
    met = holds.holds_met_by(session, sale.wish) if sale.rooms else []
    return Outlook(len(met) + 1, holds.refs(actor, met), holds.overtaken_words(actor, met))


def list_holds(
    session: Session,
    actor: Actor,
    start: datetime | None = None,
    end: datetime | None = None,
    now: datetime | None = None,
    *,
    room_id: int | None = None,
    q: str = "",
) -> tuple[HoldView, ...]:
    """The holds that meet `[start, end)`, earliest session first; engineers get their own."""
    require(actor, Permission.VIEW_OWN_SESSIONS, Permission.VIEW_PAYMENTS)
    filters = BookingFilters(q=q, statuses=(BookingStatus.HOLD,), room_id=room_id)
    held = listing.all_bookings(session, actor, "start", filters)
    met = [one for one in held if (end is None or one.start < end) and (start is None or one.end > start)]
    return holds.views(session, actor, [_of_row(one) for one in met], now or clock.now())


def get_hold(session: Session, actor: Actor, number: str, now: datetime | None = None) -> HoldView:
    """Also one that is held no more; HoldNotFound when it never was."""
    require(actor, Permission.VIEW_OWN_SESSIONS, Permission.VIEW_PAYMENTS)
    return _view(session, actor, listing.get_booking(session, actor, number), now or clock.now())


def challenge_hold(session: Session, actor: Actor, hold_id: int, now: datetime | None = None) -> HoldView:
    """Asks every hold above that nobody has asked yet to confirm or release in time."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    booking = _held(session, actor, hold_id, now)
    holds.challenge(session, actor, booking, now)
    return get_hold(session, actor, booking.number, now)


def confirm_hold(session: Session, actor: Actor, hold_id: int, now: datetime | None = None) -> BookingView:
    """Takes the time of the first hold: HoldAbove or SlotTaken otherwise."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    return service.confirm(session, actor, _held(session, actor, hold_id, now).number, now=now)


def release_hold(
    session: Session, actor: Actor, hold_id: int, reason: str = "", now: datetime | None = None
) -> HoldView:
    """Lets it go; those behind it move up. A challenge it has made is withdrawn with it."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    number = _held(session, actor, hold_id, now).number
    return _view(session, actor, service.cancel(session, actor, number, reason, now=now), now)


def expire_holds(session: Session, now: datetime) -> int:
    """How many holds have expired. Locks all of them at once, in the order everybody takes them."""
    ids = holds.due(session, now)
    return len(lapses.let_holds_lapse(session, ids, now)) if ids else 0


def expire_hold_if_due(session: Session, hold_id: int, now: datetime) -> int:
    """How many of its queue have gone: it alone, with others, or none, where somebody was faster."""
    return len(lapses.let_holds_lapse(session, [hold_id], now))


def _held(session: Session, actor: Actor, hold_id: int, now: datetime) -> Booking:
    """A booking that is a hold now, locked with all it meets: nobody confirms or cancels another one by this door."""
    booking = lapses.find_in_queue(session, actor, holds.number_of(session, hold_id), now)
    if booking.status is not BookingStatus.HOLD:
        raise NotHeld(booking.number)
    return booking


def _view(session: Session, actor: Actor, booking: BookingView, now: datetime) -> HoldView:
    return holds.view(session, actor, _of_view(booking), now)


def _of_row(row: BookingRow) -> BookedAsHold:
    return BookedAsHold(
        id=row.id,
        number=row.number,
        status=row.status,
        client_name=row.client_name,
        artist_name=row.artist_name,
        service_name=row.service_name,
        start=row.start,
        end=row.end,
        room_ids=row.room_ids,
        room_names=row.room_names,
        engineer_name=row.engineer_name,
    )


def _of_view(booking: BookingView) -> BookedAsHold:
    return BookedAsHold(
        id=booking.id,
        number=booking.number,
        status=booking.status,
        client_name=booking.client.name,
        artist_name=booking.artist.name if booking.artist else "",
        service_name=booking.service_name,
        start=booking.start,
        end=booking.end,
        room_ids=tuple(room.id for room in booking.rooms),
        room_names=tuple(room.name for room in booking.rooms),
        engineer_name=booking.engineer.name if booking.engineer else "",
    )
