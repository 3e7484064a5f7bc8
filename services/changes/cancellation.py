"""What a cancellation or a no-show would mean, in the same shape as any other change."""

from datetime import datetime

from sqlmodel import Session

from models.bookings import Booking, BookingStatus
from services import bookings
from services.bookings import check_move, find_booking, paid_of, total_of
from services.changes import notices, queries
from services.changes.showing import as_seen
from services.changes.types import CANCELLATION, NO_SHOW, Preview, Recipient, SessionSummary
from services.core.access import Actor, Permission, require
from services.pricing import QuoteLine


def preview_cancellation(session: Session, actor: Actor, number: str, now: datetime | None = None) -> Preview:
    """The fee by the policy the booking was sold under, what is free again, who is told. Stores nothing."""
    require(actor, Permission.BOOK_SESSIONS)
    booking = find_booking(session, actor, number)
    check_move(number, booking.status, BookingStatus.CANCELLED)
    held = notices.client_of(session, booking) if booking.status is BookingStatus.HOLD else ()
    side = queries.shape_of(session, booking).side()
    told = (*held, *notices.recipients(session, booking, side))
    return _ended(session, actor, booking, CANCELLATION, side, bookings.cancellation(session, actor, number, now), told)


def preview_no_show(session: Session, actor: Actor, number: str, now: datetime | None = None) -> Preview:
    """The same of a session nobody came to. Nobody is told. Stores nothing."""
    require(actor, Permission.BOOK_SESSIONS)
    booking = find_booking(session, actor, number)
    side = queries.shape_of(session, booking).side()
    return _ended(session, actor, booking, NO_SHOW, side, bookings.missed(session, actor, number, now), ())


def _ended(
    session: Session,
    actor: Actor,
    booking: Booking,
    kind: str,
    side: SessionSummary,
    lines: tuple[QuoteLine, ...],
    told: tuple[Recipient, ...],
) -> Preview:
    money = actor.can(Permission.VIEW_CLIENT_MONEY)
    cents = sum(line.amount_cents for line in lines)
    total = total_of(session, booking.id or 0) + cents
    freed = [*(room.name for room in side.rooms), *([side.engineer.name] if side.engineer else []), *side.mics]
    return Preview(
        number=booking.number,
        version=booking.version,
        kind=kind,
        before=side,
        after=side,
        lines=lines,
        price_difference_cents=cents if money else None,
        total_cents=total if money else None,
        balance_cents=total - paid_of(session, booking.id or 0) if money else None,
        effects=(f"Free again: {', '.join(freed)}.",) if freed and booking.status.holds_time else (),
        told=as_seen(actor, told),
        note="",
        bookable=True,
    )
