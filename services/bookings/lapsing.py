"""A deposit's deadline counts by the clock: whoever does something with the booking finds it released, whether or
not the job that tidies up has run.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, exists, select

from models.bookings import Booking, BookingSource, BookingStatus
from models.waitlist import OfferStatus, WaitlistOffer
from services.access import SYSTEM
from services.bookings import mails, queries
from services.bookings.ledgers import add_lines, give_time_back
from services.bookings.moving import move
from services.bookings.rules import release_lines


def lapse(session: Session, booking: Booking, now: datetime) -> bool:
    """Releases it if its deposit is overdue; call with it locked, because payments take that lock too.

    The time is free again and nothing is owed, so what was paid of it shows as to be paid back;
    client, admins and managers are told.
    """
    due = booking.deposit_due_at
    if booking.status is not BookingStatus.PENDING or due is None or due > now:
        return False
    if session.exec(select(Booking.id).where(col(Booking.id) == booking.id, is_overdue(now))).first() is None:
        return False
    total = queries.total_of(session, booking.id or 0)
    add_lines(session, booking, release_lines(total, "the deposit did not come"))
    give_time_back(session, booking)
    whole = move(session, SYSTEM, booking, BookingStatus.EXPIRED, "booking_expired", "The deposit was not paid in time")
    mails.expired(session, whole)
    return True


def is_overdue(now: datetime) -> ColumnElement[bool]:
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
