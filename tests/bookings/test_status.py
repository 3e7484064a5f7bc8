"""A booking moves through its life; each move is one event of the audit."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from models.bookings import BookingStatus
from services import bookings
from services.bookings import BookingNotFound, WrongStatus
from services.core.access import Actor
from services.core.errors import Conflict, DomainError, NotAllowed
from tests import cast
from tests.bookings.orders import CASH, ONLINE, PRICE, TICKED, allocations, book
from tests.scheduling.studio import FRIDAY, NOW, at

S = BookingStatus
DURING = at(FRIDAY, "12:30")


def test_from_pending_to_completed(studio: Session, dana: Actor) -> None:
    number = book(studio, dana).number
    assert bookings.confirm(studio, dana, number, now=NOW).status is S.CONFIRMED
    arrived = bookings.check_in(studio, dana, number, now=DURING)
    assert (arrived.status, arrived.checked_in_at) == (S.CHECKED_IN, DURING)
    left = bookings.check_out(studio, dana, number, now=DURING + timedelta(hours=1))
    assert (left.status, left.checked_out_at) == (S.COMPLETED, DURING + timedelta(hours=1))
    assert left.version == 4


def test_a_move_is_in_the_audit_with_before_and_after(studio: Session, dana: Actor) -> None:
    number = book(studio, dana).number
    bookings.confirm(studio, dana, number, now=NOW)
    latest = bookings.history(studio, dana, number)[0]
    assert (latest.actor, latest.action) == (dana.name, "booking_confirmed")
    assert (latest.before, latest.after) == ({"status": "PENDING"}, {"status": "CONFIRMED"})


def test_the_booking_tells_what_may_come_next(studio: Session, dana: Actor) -> None:
    assert set(bookings.next_statuses(book(studio, dana), NOW)) == {S.CONFIRMED, S.CANCELLED, S.EXPIRED}


@pytest.mark.parametrize("command", [bookings.check_in, bookings.check_out, bookings.no_show])
def test_moves_out_of_turn_are_refused(studio: Session, dana: Actor, command: Callable[..., Any]) -> None:
    booking = book(studio, dana)
    with pytest.raises(WrongStatus):
        command(studio, dana, booking.number, now=DURING)
    assert bookings.get_booking(studio, dana, booking.number) == booking


def test_cancelling_in_time_costs_nothing_and_frees_everything(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana)
    gone = bookings.cancel(studio, dana, booking.number, "artist is ill", now=NOW)
    assert (gone.status, gone.total_cents, gone.cancel_reason) == (S.CANCELLED, 0, "artist is ill")
    assert allocations(studio, booking) == []
    book(studio, dana)


def test_cancelling_late_costs_the_fee_that_was_shown_before(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, authorization=TICKED)
    shown = bookings.cancellation(studio, dana, booking.number, now=DURING)
    gone = bookings.cancel(studio, dana, booking.number, now=DURING)
    assert (
        [line.amount_cents for line in gone.lines[-2:]] == [line.amount_cents for line in shown] == [-PRICE, PRICE // 2]
    )
    assert gone.balance_cents == PRICE // 2


def test_cancelling_gives_online_minutes_back_once(studio: Session, dana: Actor) -> None:
    first = bookings.create(studio, dana, ONLINE, now=NOW)
    bookings.create(studio, dana, ONLINE, now=NOW)
    bookings.cancel(studio, dana, first.number, now=NOW)
    with pytest.raises(WrongStatus):
        bookings.cancel(studio, dana, first.number, now=NOW)
    bookings.create(studio, dana, ONLINE, now=NOW)


def test_money_paid_before_a_cancellation_is_owed_back(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, authorization=TICKED, payments=(CASH,))
    assert bookings.cancel(studio, dana, booking.number, now=NOW).balance_cents == -50_00


def test_a_no_show_pays_by_its_policy(studio: Session, dana: Actor) -> None:
    number = book(studio, dana, status=S.CONFIRMED, authorization=TICKED).number
    with pytest.raises(Conflict) as refused:
        bookings.no_show(studio, dana, number, now=NOW)
    assert refused.value.code == "too_early"
    missed = bookings.no_show(studio, dana, number, now=DURING)
    assert (missed.status, missed.total_cents) == (S.NO_SHOW, PRICE)


def test_who_has_not_signed_owes_no_fee(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana)
    assert bookings.cancel(studio, dana, booking.number, now=DURING).balance_cents == 0


def test_an_engineer_is_not_told_the_fee(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, authorization=TICKED)
    assert bookings.cancellation(studio, cast.maya(studio), booking.number, now=DURING) == ()


def test_a_booking_that_is_not_there(studio: Session, dana: Actor) -> None:
    with pytest.raises(BookingNotFound):
        bookings.confirm(studio, dana, "PS-0", now=NOW)


def test_an_endless_reason_is_refused(studio: Session, dana: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        bookings.cancel(studio, dana, book(studio, dana).number, "x" * 600, now=NOW)
    assert refused.value.field == "reason"


@pytest.mark.parametrize("command", [bookings.confirm, bookings.cancel, bookings.check_in, bookings.no_show])
def test_who_may_not_book_may_not_move(studio: Session, dana: Actor, command: Callable[..., Any]) -> None:
    booking = book(studio, dana)
    with pytest.raises(NotAllowed):
        command(studio, cast.femi(studio), booking.number)
    with pytest.raises(BookingNotFound):
        command(studio, cast.maya(studio), booking.number)
