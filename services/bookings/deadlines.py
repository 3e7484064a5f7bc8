"""What becomes of bookings whose deposit did not come in time."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, exists, select

from models.bookings import Booking, BookingSource, BookingStatus
from models.waitlist import OfferStatus, WaitlistOffer
from services.access import SYSTEM
from services.bookings import mails, queries
from services.bookings.ledgers import add_lines, give_time_back
from services.bookings.rules import release_lines
from services.bookings.service import move


def release_overdue(session: Session, now: datetime) -> tuple[str, ...]:
    """Releases every booking whose deposit is overdue, and returns their numbers.

    Only what clients booked themselves, on the public page or by the waitlist (domain 5): what
    staff pencil in for a client is theirs to chase, and shows as unpaid on their screens.
    """
    released = [release_if_overdue(session, booking_id, now) for booking_id in overdue(session, now)]
    return tuple(number for number in released if number)


def overdue(session: Session, now: datetime) -> tuple[int, ...]:
    """The bookings to release, longest overdue first."""
    statement = select(Booking.id).where(_is_overdue(now)).order_by(col(Booking.deposit_due_at), col(Booking.id))
    return tuple(id_ for id_ in session.exec(statement) if id_)


def release_if_overdue(session: Session, booking_id: int, now: datetime) -> str:
    """Releases one booking, unless it was paid, confirmed or cancelled meanwhile: its number, or nothing.

    The time is free again and nothing is owed, so what was paid of it shows as to be paid back;
    client, admins and managers are told.
    """
    this = col(Booking.id) == booking_id
    booking = session.exec(select(Booking).where(this).with_for_update(key_share=True)).one()
    # Asked behind the lock, because payments take it too: one that came first counts.
    if session.exec(select(Booking.id).where(this, _is_overdue(now))).first() is None:
        return ""
    session.refresh(booking)
    add_lines(session, booking, release_lines(queries.total_of(session, booking_id), "the deposit did not come"))
    give_time_back(session, booking)
    whole = move(session, SYSTEM, booking, BookingStatus.EXPIRED, "booking_expired", "The deposit was not paid in time")
    mails.expired(session, whole)
    return booking.number


def _is_overdue(now: datetime) -> ColumnElement[bool]:
    """An open offer of the waitlist has a deadline of its own, which the waitlist watches."""
    is_offered = exists().where(
        col(WaitlistOffer.booking_id) == col(Booking.id), col(WaitlistOffer.status) == OfferStatus.OPEN
    )
    return and_(
        col(Booking.status) == BookingStatus.PENDING,
        col(Booking.source).in_((BookingSource.PUBLIC_PAGE, BookingSource.WAITLIST)),
        col(Booking.deposit_due_at) <= now,
        queries.paid_cents < func.least(col(Booking.deposit_cents), queries.total_cents),
        ~is_offered.correlate(Booking),
    )
