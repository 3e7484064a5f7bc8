"""A check-in, a check-out or a no-show that was a mistake, taken back as long as nothing stands on it."""

from sqlmodel import Session, col, func, select

from models.bookings import Booking, BookingLine, BookingStatus, LineKind
from services.bookings import BookingView, add_lines, move, redacted_for, reopening_lines, take_rest_again
from services.bookings.service import to_move
from services.changes import queries
from services.changes.errors import CannotTakeBack
from services.core.access import Actor, Permission, require

_CLOSING = (LineKind.CANCELLATION, LineKind.FEE)


def undo_check_in(session: Session, actor: Actor, number: str, expected_version: int | None = None) -> BookingView:
    """Nobody is here yet after all: it is confirmed, as before."""
    require(actor, Permission.BOOK_SESSIONS)
    booking = to_move(session, actor, number, BookingStatus.CONFIRMED, expected_version)
    if booking.status is not BookingStatus.CHECKED_IN:
        raise CannotTakeBack(number, "is not checked in")
    booking.checked_in_at = None
    whole = move(session, actor, booking, BookingStatus.CONFIRMED, "booking_check_in_undone")
    return redacted_for(actor, whole)


def undo_check_out(session: Session, actor: Actor, number: str, expected_version: int | None = None) -> BookingView:
    """It goes on: with all the time it had, or not where somebody has it by now or overtime is charged."""
    require(actor, Permission.BOOK_SESSIONS)
    booking = to_move(session, actor, number, BookingStatus.CHECKED_IN, expected_version)
    if booking.status is not BookingStatus.COMPLETED:
        raise CannotTakeBack(number, "is not checked out")
    if any(queries.is_overtime(change) and change.undone_at is None for change in queries.changes(session, booking)):
        raise CannotTakeBack(number, "has its overtime charged by that check-out; take back the overtime first")
    take_rest_again(session, actor, booking)
    booking.checked_out_at = None
    whole = move(session, actor, booking, BookingStatus.CHECKED_IN, "booking_check_out_undone")
    return redacted_for(actor, whole)


def undo_no_show(session: Session, actor: Actor, number: str, expected_version: int | None = None) -> BookingView:
    """They came after all: the session is charged again instead of the fee. What was paid of the fee counts."""
    require(actor, Permission.BOOK_SESSIONS)
    booking = to_move(session, actor, number, BookingStatus.CONFIRMED, expected_version)
    if booking.status is not BookingStatus.NO_SHOW:
        raise CannotTakeBack(number, "is not a no-show")
    take_rest_again(session, actor, booking)
    add_lines(session, booking, reopening_lines(_closed(session, booking)))
    whole = move(session, actor, booking, BookingStatus.CONFIRMED, "booking_no_show_undone")
    return redacted_for(actor, whole)


def _closed(session: Session, booking: Booking) -> dict[LineKind, int]:
    """What being a no-show took off and put on, in cents."""
    sums = (
        select(BookingLine.kind, func.sum(BookingLine.amount_cents))
        .where(BookingLine.booking_id == booking.id, col(BookingLine.kind).in_(_CLOSING))
        .group_by(col(BookingLine.kind))
    )
    return {LineKind(kind): int(cents) for kind, cents in session.exec(sums)}
