"""Bookings that keep time for somebody on the waitlist, until they answer. Called within its commands."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.bookings import Booking, BookingStatus
from services.bookings import detail, mails
from services.bookings.creation import create_offered
from services.bookings.moving import move
from services.bookings.types import BookingView, NewBooking
from services.core import audit
from services.core.access import Actor
from services.core.studio import studio_info


def reserve(session: Session, new: NewBooking, due_at: datetime, now: datetime) -> BookingView:
    """Takes the time as any booking does, or raises SlotTaken; it is theirs to answer until `due_at`."""
    view = create_offered(session, new, now)
    _locked(session, view.id).deposit_due_at = due_at
    session.flush()
    return view


def take(session: Session, actor: Actor, booking_id: int, now: datetime) -> BookingView:
    """The offer is accepted: the deposit is due as for any booking, or it is firm where none is asked.

    Where staff have moved it on already, it stays as it is.
    """
    booking = _locked(session, booking_id)
    if booking.status is not BookingStatus.PENDING:
        return _view(session, booking)
    studio = studio_info(session)
    if booking.deposit_cents:
        booking.deposit_due_at = min(now + timedelta(hours=studio.deposit_deadline_hours), booking.start)
        booking.version += 1
        session.flush()
        audit.record(session, actor, "offer_accepted", "booking", booking.id)
    else:
        booking.deposit_due_at = None
        move(session, actor, booking, BookingStatus.CONFIRMED, "booking_confirmed", "The offer was accepted")
    whole = _view(session, booking)
    mails.created(session, [whole], studio)
    return whole


def _locked(session: Session, booking_id: int) -> Booking:
    held = select(Booking).where(col(Booking.id) == booking_id).with_for_update(key_share=True)
    return session.exec(held.execution_options(populate_existing=True)).one()


def _view(session: Session, booking: Booking) -> BookingView:
    return detail.full_view_of(session, booking.id or 0)
