"""Moving a booking through its life. Each command is one event of the audit."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from models.bookings import Booking, BookingStatus
from models.changes import ChangeWish
from services import holds
from services.bookings import detail, lapses, mails, queries, wishes
from services.bookings.authorization import is_signed
from services.bookings.ledgers import add_lines, give_rest_back, give_time_back, occupied_until, take_time_of_hold
from services.bookings.moving import move
from services.bookings.rules import (
    cancellation_lines,
    check_check_in,
    check_move,
    check_no_show,
    no_show_lines,
    release_lines,
)
from services.bookings.types import BookingView
from services.bookings.versions import check_version
from services.core import clock
from services.core.access import Actor, Permission, require
from services.core.errors import Invalid
from services.core.studio import studio_info
from services.holds import ChallengeOutcome
from services.pricing import QuoteLine


def confirm(
    session: Session, actor: Actor, number: str, expected_version: int | None = None, now: datetime | None = None
) -> BookingView:
    """Makes a pending booking firm; the first hold takes its time now, if it is still free."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    booking = lapses.find_in_queue(session, actor, number, now, expected_version)
    check_move(number, booking.status, BookingStatus.CONFIRMED)
    if booking.status is BookingStatus.HOLD:
        holds.check_first(session, actor, booking)
        lapses.make_way(session, booking.start, occupied_until(booking), now)
        take_time_of_hold(session, actor, booking, now)
        whole = move(session, actor, booking, BookingStatus.CONFIRMED, "hold_confirmed")
        holds.leave(session, actor, whole.id, ChallengeOutcome.CONFIRMED, now)
    else:
        whole = move(session, actor, booking, BookingStatus.CONFIRMED, "booking_confirmed")
    mails.confirmed(session, whole)
    return detail.redacted_for(actor, whole)


def cancel(
    session: Session,
    actor: Actor,
    number: str,
    reason: str = "",
    expected_version: int | None = None,
    now: datetime | None = None,
) -> BookingView:
    """Gives the time back and charges the fee of the policy the booking was sold under; a hold is released.

    `expected_version`: as the person saw it, and with it the fee.
    """
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    lapses.find_in_queue(session, actor, number, now, expected_version)
    return cancel_all(session, actor, [number], reason, now)[0]


def cancel_all(
    session: Session, actor: Actor, numbers: Sequence[str], reason: str = "", now: datetime | None = None
) -> tuple[BookingView, ...]:
    """Each as `cancel` does; those concerned by several read of them in one mail."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    if len(reason) > 500:
        raise Invalid("The reason is at most 500 characters.", field="reason")
    ended = [_cancel(session, actor, number, reason.strip(), now) for number in numbers]
    if gone := [whole for whole, was in ended if was is not BookingStatus.HOLD]:
        mails.cancelled(session, gone)
    return tuple(detail.redacted_for(actor, whole) for whole, _ in ended)


def cancellation(session: Session, actor: Actor, number: str, now: datetime | None = None) -> tuple[QuoteLine, ...]:
    """The lines a cancellation would add now; none for those who may not see money. Stores nothing."""
    require(actor, Permission.BOOK_SESSIONS)
    if not actor.can(Permission.VIEW_CLIENT_MONEY):
        return ()
    booking = queries.find_booking(session, actor, number)
    check_move(number, booking.status, BookingStatus.CANCELLED)
    return tuple(_cancellation(session, booking, now or clock.now()))


def check_in(
    session: Session, actor: Actor, number: str, expected_version: int | None = None, now: datetime | None = None
) -> BookingView:
    """From the studio's lead before the start on. `expected_version`, here as below: as the person saw it."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    booking = to_move(session, actor, number, BookingStatus.CHECKED_IN, expected_version)
    check_check_in(number, booking.start, studio_info(session), now)
    booking.checked_in_at = now
    return detail.redacted_for(actor, move(session, actor, booking, BookingStatus.CHECKED_IN, "booking_checked_in"))


def check_out(
    session: Session, actor: Actor, number: str, expected_version: int | None = None, now: datetime | None = None
) -> BookingView:
    """What is left of its time is free for others; price and booked end stay as they were sold."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    booking = to_move(session, actor, number, BookingStatus.COMPLETED, expected_version)
    booking.checked_out_at = now
    give_rest_back(session, booking, now, buffer_minutes=booking.buffer_minutes)
    return detail.redacted_for(actor, move(session, actor, booking, BookingStatus.COMPLETED, "booking_checked_out"))


def no_show(
    session: Session, actor: Actor, number: str, expected_version: int | None = None, now: datetime | None = None
) -> BookingView:
    """Nobody came: the no-show fee of the booking's own policy counts instead of the price, and the time is free."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    booking = to_move(session, actor, number, BookingStatus.NO_SHOW, expected_version)
    check_no_show(booking.start, now)
    add_lines(session, booking, _no_show(session, booking))
    give_rest_back(session, booking, now, buffer_minutes=0)
    return detail.redacted_for(actor, move(session, actor, booking, BookingStatus.NO_SHOW, "booking_no_show"))


def missed(session: Session, actor: Actor, number: str, now: datetime | None = None) -> tuple[QuoteLine, ...]:
    """The lines a no-show would add now; none for those who may not see money. Stores nothing."""
    require(actor, Permission.BOOK_SESSIONS)
    booking = queries.find_booking(session, actor, number)
    check_move(number, booking.status, BookingStatus.NO_SHOW)
    check_no_show(booking.start, now or clock.now())
    return tuple(_no_show(session, booking)) if actor.can(Permission.VIEW_CLIENT_MONEY) else ()


def to_move(
    session: Session, actor: Actor, number: str, wanted: BookingStatus, expected_version: int | None
) -> Booking:
    """The booking, locked, where the table lets it go there."""
    booking = queries.find_booking(session, actor, number, lock=True)
    check_version(session, booking, expected_version)
    check_move(number, booking.status, wanted)
    return booking


def _no_show(session: Session, booking: Booking) -> list[QuoteLine]:
    total = queries.total_of(session, booking.id or 0)
    return no_show_lines(total, booking.policy, is_signed=is_signed(session, booking))


def _cancel(
    session: Session, actor: Actor, number: str, reason: str, now: datetime
) -> tuple[BookingView, BookingStatus]:
    """And what it was before. Who is concerned by a hold is told at once, the others by the caller."""
    booking = lapses.find_in_queue(session, actor, number, now)
    was = booking.status
    check_move(number, was, BookingStatus.CANCELLED)
    add_lines(session, booking, _cancellation(session, booking, now))
    give_time_back(session, booking)
    booking.cancelled_at, booking.cancel_reason = now, reason
    wishes.close_for(session, actor, booking, ChangeWish.CANCEL, now)
    action = "hold_released" if was is BookingStatus.HOLD else "booking_cancelled"
    whole = move(session, actor, booking, BookingStatus.CANCELLED, action, reason)
    if was is BookingStatus.HOLD:
        holds.leave(session, actor, whole.id, ChallengeOutcome.RELEASED, now)
    return whole, was


def _cancellation(session: Session, booking: Booking, now: datetime) -> list[QuoteLine]:
    total = queries.total_of(session, booking.id or 0)
    if booking.status is BookingStatus.HOLD:
        return release_lines(total)
    return cancellation_lines(total, booking.policy, booking.start, now, is_signed=is_signed(session, booking))
