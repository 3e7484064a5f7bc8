"""A deposit's deadline counts by the clock: whoever does something with the booking finds it released, whether or
not the job that tidies up has run.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, exists, select

from models.bookings import Booking, BookingSource, BookingStatus
from models.waitlist import OfferStatus, WaitlistOffer
from services.bookings import mails, queries
from services.bookings.ledgers import add_lines, give_time_back
from services.bookings.moving import move
from services.bookings.rules import cancellation_lines, release_lines
from services.core.access import SYSTEM, Actor


def lapse(session: Session, booking: Booking, now: datetime) -> bool:
    """Releases it if its deposit, or its client's answer, is overdue. Call with it locked: payments take that lock too.

    The time is free again and nothing is owed, so what was paid of it shows as to be paid back;
    client, admins and managers are told.
    """
    due = booking.deposit_due_at
    if booking.status is not BookingStatus.PENDING or due is None or due > now:
        return False
    this = select(Booking.id).where(col(Booking.id) == booking.id)
    if session.exec(this.where(_is_unanswered(now))).first() is not None:
        decline(session, SYSTEM, booking.id or 0, now, lapsed=True)
        return True
    if session.exec(this.where(is_overdue(now))).first() is None:
        return False
    total = queries.total_of(session, booking.id or 0)
    add_lines(session, booking, release_lines(total, "the deposit did not come"))
    give_time_back(session, booking)
    whole = move(session, SYSTEM, booking, BookingStatus.EXPIRED, "booking_expired", "The deposit was not paid in time")
    mails.expired(session, whole)
    return True


def decline(session: Session, actor: Actor, booking_id: int, now: datetime, *, lapsed: bool) -> None:
    """The offer is declined, or not answered in time: no fee, and the time is free again."""
    held = select(Booking).where(col(Booking.id) == booking_id).with_for_update(key_share=True)
    booking = session.exec(held.execution_options(populate_existing=True)).one()
    if booking.status is not BookingStatus.PENDING:
        return
    reason = "The offer was not answered in time" if lapsed else "The offer was declined"
    total = queries.total_of(session, booking_id)
    add_lines(session, booking, cancellation_lines(total, booking.policy, booking.start, now, is_signed=False))
    give_time_back(session, booking)
    booking.cancelled_at, booking.cancel_reason = now, reason
    status = BookingStatus.EXPIRED if lapsed else BookingStatus.CANCELLED
    move(session, actor, booking, status, "offer_lapsed" if lapsed else "offer_declined", reason)


def is_lapsed(now: datetime) -> ColumnElement[bool]:
    """Its deposit is overdue, or it was an offer that nobody answered in time."""
    return or_(is_overdue(now), _is_unanswered(now))


def _is_unanswered(now: datetime) -> ColumnElement[bool]:
    unanswered = exists().where(
        col(WaitlistOffer.booking_id) == col(Booking.id),
        col(WaitlistOffer.status) == OfferStatus.OPEN,
        col(WaitlistOffer.due_at) <= now,
    )
    return and_(col(Booking.status) == BookingStatus.PENDING, unanswered.correlate(Booking))


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
