"""A session that ran longer than it was sold for: offered as a line. The time has passed, so none is taken."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from models.bookings import Booking, BookingStatus
from models.catalog import ServiceMode
from models.changes import ChangeKind
from services import pricing
from services.bookings import BookingView, check_version, find_booking, full_view_of, redacted_for
from services.changes import history, notices, plan, queries
from services.changes.errors import NotChangeable
from services.changes.plan import Plan
from services.changes.prices import difference
from services.changes.rules import floor_minute
from services.changes.showing import shown
from services.changes.types import Preview
from services.core import audit, clock
from services.core.access import Actor, Permission, require
from services.core.errors import Conflict
from services.core.studio import studio_info
from services.scheduling import Answer

_RAN = (BookingStatus.CHECKED_IN, BookingStatus.COMPLETED)


def overtime(session: Session, actor: Actor, number: str, now: datetime | None = None) -> Preview | None:
    """The extension that would cover the actual time. None: it kept to its end, or was charged already."""
    require(actor, Permission.BOOK_SESSIONS)
    booking = find_booking(session, actor, number)
    made = _plan(session, booking, now or clock.now())
    return shown(session, actor, made, made.after, Answer(True)) if made else None


def charge_overtime(
    session: Session, actor: Actor, number: str, expected_version: int | None = None, now: datetime | None = None
) -> BookingView:
    """Once it is over and its actual end is known; a session under way is extended instead."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    booking = find_booking(session, actor, number, lock=True)
    check_version(session, booking, expected_version)
    if booking.status is not BookingStatus.COMPLETED:
        raise NotChangeable(number, booking.status, "overtime is charged when the session is checked out")
    made = _plan(session, booking, now)
    if made is None:
        raise Conflict(f"{number} did not run longer than what is charged.", code="no_overtime")
    booking.version += 1
    session.add(booking)
    sold, ran = made.before, made.after
    history.add(session, actor, made, ran, now, reason="Overtime", is_overtime=True)
    after = {"minutes": ran.minutes - sold.minutes}
    audit.record(session, actor, "booking_overtime_charged", "booking", booking.id, after=after)
    what = "The session ran longer"
    notices.tell(session, booking, sold.side(), ran.side(), made.difference_cents, made.studio, what)
    whole = full_view_of(session, booking.id or 0)
    return redacted_for(actor, whole)


def _plan(session: Session, booking: Booking, now: datetime) -> Plan | None:
    if booking.status not in _RAN or booking.mode is ServiceMode.ONLINE:
        return None
    if booking.checked_in_at is None or booking.checked_in_at >= booking.end:
        return None  # entered after the fact: the clock at the desk says nothing of how long it ran
    if any(queries.is_overtime(row) and row.undone_at is None for row in queries.changes(session, booking)):
        return None
    sold = queries.shape_of(session, booking)
    actual_end = floor_minute(booking.checked_out_at or now)
    minutes = (actual_end - sold.end) // timedelta(minutes=1)
    if minutes <= 0:
        return None
    studio = studio_info(session)
    ran = replace(sold, end=actual_end, minutes=sold.minutes + minutes)
    bill = replace(plan.bill_of(booking, studio), rules=pricing.active_rate_rules(session))
    lines = difference(sold, ran, sold.end, bill)
    return Plan(booking, studio, ChangeKind.EXTENSION, sold, ran, sold.end, lines)
