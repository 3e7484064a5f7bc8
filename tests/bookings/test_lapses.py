"""A deadline counts by the clock: before it the command goes through, from that moment on it does not. No job runs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from models.bookings import BookingStatus
from services import bookings, changes
from services.bookings import BookingView, NewBooking
from services.core.access import SYSTEM, Actor, anonymous
from services.core.errors import Conflict
from services.holds import HoldTaken, NotHeld
from services.scheduling import SlotTaken
from tests.bookings.orders import CASH, ORDER, TICKED, allocations, book
from tests.bookings.test_deadlines import due, public
from tests.holds.orders import HOLD_DAYS, HOURS_TO_ANSWER, LATER, hold, line, outcomes
from tests.scheduling.studio import FRIDAY, NOW, A, B, at

SECOND = timedelta(seconds=1)
NOON = at(FRIDAY, "12:00")
ANSWER = LATER + timedelta(hours=HOURS_TO_ANSWER)
WHEN = [(-SECOND, True), (timedelta(0), False), (SECOND, False)]
"""Before, at and after: does the command still go through?"""

PAYMENT = replace(CASH, amount_cents=1_00)


def unsigned(session: Session) -> BookingView:
    """As somebody on the waitlist takes what they are offered."""
    kept = bookings.reserve(session, ORDER, due_at=LATER, now=NOW)
    return bookings.take(session, anonymous(), kept.id, NOW)


COMMANDS: dict[str, Callable[[Session, Actor, BookingView, datetime], object]] = {
    "confirm": lambda s, dana, one, now: bookings.confirm(s, dana, one.number, now=now),
    "pay": lambda s, dana, one, now: bookings.record_payment(s, dana, one.number, PAYMENT, now=now),
    "cancel": lambda s, dana, one, now: bookings.cancel(s, dana, one.number, now=now),
}


@pytest.mark.parametrize(("after", "is_in_time"), WHEN)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_deposit_that_is_overdue_ends_the_booking(
    studio: Session, dana: Actor, name: str, after: timedelta, is_in_time: bool
) -> None:
    one = public(studio)
    if is_in_time:
        COMMANDS[name](studio, dana, one, due(one) + after)
        return
    with pytest.raises(Conflict):
        COMMANDS[name](studio, dana, one, due(one) + after)


@pytest.mark.parametrize(("after", "is_in_time"), WHEN)
def test_the_time_of_an_overdue_booking_is_sold_again_in_one_transaction(
    studio: Session, dana: Actor, after: timedelta, is_in_time: bool
) -> None:
    one = public(studio)
    now = due(one) + after
    if is_in_time:
        with pytest.raises(SlotTaken), studio.begin_nested():
            bookings.create(studio, dana, ORDER, now=now)
        return
    sold = bookings.create(studio, dana, ORDER, now=now)
    assert allocations(studio, sold)
    assert bookings.get_booking(studio, SYSTEM, one.number).status is BookingStatus.EXPIRED


def test_what_is_only_considered_lets_nothing_go(studio: Session, dana: Actor) -> None:
    one = public(studio)
    assert bookings.dry_run(studio, dana, ORDER, now=due(one)).answer.bookable
    assert bookings.get_booking(studio, SYSTEM, one.number).status is BookingStatus.PENDING


@pytest.mark.parametrize(("after", "is_in_time"), WHEN)
def test_an_unanswered_challenge_passes_the_time_on(
    studio: Session, dana: Actor, after: timedelta, is_in_time: bool
) -> None:
    first, second = line(studio, dana, "Ana", "Ben")
    bookings.challenge_hold(studio, dana, second.id, now=LATER)
    wins, loses = (first, second) if is_in_time else (second, first)
    with pytest.raises(Conflict), studio.begin_nested():
        bookings.confirm_hold(studio, dana, loses.id, now=ANSWER + after)
    assert bookings.confirm_hold(studio, dana, wins.id, now=ANSWER + after).status is BookingStatus.CONFIRMED


@pytest.mark.parametrize(("after", "is_in_time"), WHEN)
@pytest.mark.parametrize("command", [bookings.confirm_hold, bookings.release_hold])
def test_a_hold_that_ran_out_is_held_no_more(
    studio: Session, dana: Actor, command: Callable[..., object], after: timedelta, is_in_time: bool
) -> None:
    far = hold(studio, dana, start=at(FRIDAY + timedelta(days=14), "12:00"))
    now = NOW + timedelta(days=HOLD_DAYS) + after
    if is_in_time:
        command(studio, dana, far.id, now=now)
        return
    with pytest.raises(NotHeld):
        command(studio, dana, far.id, now=now)


def test_clocks_run_out_one_after_the_other(studio: Session, dana: Actor) -> None:
    """The second challenges the first, and is gone before the first had to answer."""
    far: NewBooking = replace(ORDER, start=at(FRIDAY + timedelta(days=14), "12:00"))
    first = bookings.place_hold(studio, dana, far, now=NOW + timedelta(hours=3))
    second = bookings.place_hold(studio, dana, far, now=NOW + timedelta(hours=4))
    third = bookings.place_hold(studio, dana, far, now=NOW + timedelta(hours=5))
    bookings.challenge_hold(studio, dana, third.id, now=NOW + timedelta(hours=6))
    bookings.release_hold(studio, dana, third.id, now=NOW + timedelta(hours=7))
    later = NOW + timedelta(days=2)
    assert bookings.confirm_hold(studio, dana, first.id, now=later).status is BookingStatus.CONFIRMED
    assert set(outcomes(studio)) == {"WITHDRAWN"}
    assert bookings.get_hold(studio, dana, second.number, now=later).blocked_by == first.number


def test_a_hold_that_moves_to_earlier_takes_its_deadlines_along(studio: Session, dana: Actor) -> None:
    far = hold(studio, dana, start=at(FRIDAY + timedelta(days=1), "12:00"))
    changes.apply(studio, dana, far.number, changes.Change(start=at(FRIDAY, "18:00")), now=LATER)
    assert bookings.get_hold(studio, dana, far.number, now=LATER).expires_at == at(FRIDAY, "18:00")


def test_a_hold_whose_time_is_taken_neither_challenges_nor_is_challenged(studio: Session, dana: Actor) -> None:
    first = hold(studio, dana, 0, room_ids=(A, B))
    second = hold(studio, dana, 1, room_ids=(A,))
    book(studio, dana, room_ids=(B,))
    seen = bookings.get_hold(studio, dana, second.number, now=LATER)
    assert (seen.can_challenge, seen.can_confirm) == (False, True)
    with pytest.raises(HoldTaken), studio.begin_nested():
        bookings.challenge_hold(studio, dana, first.id, now=LATER)
    with pytest.raises(Conflict, match="confirm it instead"), studio.begin_nested():
        bookings.challenge_hold(studio, dana, second.id, now=LATER)
    assert bookings.confirm_hold(studio, dana, second.id, now=LATER).status is BookingStatus.CONFIRMED


@pytest.mark.parametrize(("after", "is_in_time"), WHEN)
def test_a_signature_comes_in_time_or_too_late(studio: Session, after: timedelta, is_in_time: bool) -> None:
    one = unsigned(studio)
    now = due(one) + after
    if is_in_time:
        assert bookings.authorize(studio, SYSTEM, one.number, TICKED, now=now).authorization
        return
    with pytest.raises(Conflict, match="is over; there is nothing to sign"):
        bookings.authorize(studio, SYSTEM, one.number, TICKED, now=now)
