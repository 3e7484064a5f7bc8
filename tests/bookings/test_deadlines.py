"""A public booking whose deposit does not come is released; nothing else is."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.bookings import Booking, BookingSource, BookingStatus, PaymentPurpose
from models.outbox import Delivery, DeliveryType
from services import bookings, db
from services.access import SYSTEM, Actor, anonymous
from services.bookings import BookingView, Overpayment
from tests import cast
from tests.bookings.sold import CASH, ORDER, TICKED, VISITOR, allocations, book
from tests.bookings.test_races import at_once
from tests.scheduling.house import NOW, furnish_database

LATER = NOW + timedelta(days=10)
DEPOSIT = replace(CASH, amount_cents=140_00)


def public(session: Session, **changes: Any) -> BookingView:
    order = replace(ORDER, client_id=None, client=VISITOR, authorization=TICKED, **changes)
    return bookings.create_public(session, anonymous(), order, now=NOW)


def due(booking: BookingView) -> Any:
    assert booking.deposit_due_at is not None
    return booking.deposit_due_at


def status(session: Session, booking: BookingView) -> BookingStatus:
    return bookings.get_booking(session, SYSTEM, booking.number).status


def test_at_its_deadline_it_is_released_and_its_time_is_free_again(studio: Session, dana: Actor) -> None:
    booking = public(studio)
    assert bookings.release_overdue(studio, due(booking) - timedelta(seconds=1)) == ()
    assert bookings.release_overdue(studio, due(booking)) == (booking.number,)
    assert status(studio, booking) is BookingStatus.EXPIRED
    assert allocations(studio, booking) == []
    assert book(studio, dana).status is BookingStatus.PENDING


def test_client_and_staff_are_told_and_the_history_says_why(studio: Session, dana: Actor) -> None:
    booking = public(studio)
    bookings.release_overdue(studio, LATER)
    told = select(Delivery.to).where(Delivery.type == DeliveryType.BOOKING_CHANGED)
    assert set(studio.exec(told)) == {VISITOR.email, dana.email}
    entry = bookings.history(studio, SYSTEM, booking.number)[0]
    assert (entry.actor, entry.action, entry.description) == (
        "System", "booking_expired", "The deposit was not paid in time",
    )  # fmt: skip


def test_it_is_released_once(studio: Session) -> None:
    public(studio)
    assert len(bookings.release_overdue(studio, LATER)) == 1
    assert bookings.release_overdue(studio, LATER) == ()


def test_nothing_is_owed_any_more_and_what_was_paid_can_be_paid_back(studio: Session) -> None:
    booking = public(studio)
    bookings.record_payment(studio, SYSTEM, booking.number, replace(CASH, amount_cents=20_00), now=NOW)
    bookings.release_overdue(studio, LATER)
    released = bookings.get_booking(studio, SYSTEM, booking.number)
    assert (released.total_cents, released.balance_cents) == (0, -20_00)
    assert bookings.client_balance(studio, SYSTEM, booking.client.id) == -20_00
    refund = replace(CASH, amount_cents=20_00, purpose=PaymentPurpose.REFUND)
    assert bookings.record_payment(studio, SYSTEM, booking.number, refund, now=LATER).balance_cents == 0


def test_a_deposit_that_comes_too_late_is_asked_about(studio: Session) -> None:
    booking = public(studio)
    bookings.release_overdue(studio, LATER)
    with pytest.raises(Overpayment, match=r"0\.00 is owed"):
        bookings.record_payment(studio, SYSTEM, booking.number, DEPOSIT, now=LATER)
    knowingly = replace(DEPOSIT, allow_overpayment=True)
    assert bookings.record_payment(studio, SYSTEM, booking.number, knowingly, now=LATER).balance_cents == -140_00


def test_a_paid_deposit_keeps_it(studio: Session) -> None:
    booking = public(studio)
    bookings.record_payment(studio, SYSTEM, booking.number, DEPOSIT, now=NOW)
    assert bookings.release_overdue(studio, LATER) == ()


def test_half_a_deposit_does_not(studio: Session) -> None:
    booking = public(studio)
    half = replace(CASH, amount_cents=(booking.deposit_cents or 0) // 2)
    bookings.record_payment(studio, SYSTEM, booking.number, half, now=NOW)
    assert bookings.release_overdue(studio, LATER) == (booking.number,)


@pytest.mark.parametrize("command", [bookings.confirm, bookings.cancel], ids=["confirmed", "cancelled"])
def test_what_is_no_longer_pending_stays_as_it_is(studio: Session, dana: Actor, command: Any) -> None:
    booking = public(studio)
    command(studio, dana, booking.number, now=NOW)
    before = status(studio, booking)
    assert bookings.release_overdue(studio, LATER) == ()
    assert status(studio, booking) is before


def test_what_staff_have_booked_is_theirs_to_chase(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana)
    assert due(booking) < LATER
    assert bookings.release_overdue(studio, LATER) == ()


@pytest.mark.fire
def test_a_payment_at_the_same_moment_comes_first_or_meets_an_expired_booking(database: Engine) -> None:
    furnish_database(database)
    dana = db.run(cast.dana)
    for week in range(5):
        booking = db.run(public, start=ORDER.start + timedelta(days=7 * week))

        def work(who: int, number: str = booking.number) -> Any:
            if who:
                return db.run(bookings.release_overdue, LATER)
            late = replace(DEPOSIT, allow_overpayment=True)
            return db.run(bookings.record_payment, dana, number, late, now=NOW).status

        seen, *released = at_once(3, work)
        found = db.run(bookings.get_booking, SYSTEM, booking.number)
        assert found.status is seen
        assert sum(map(len, released)) == (1 if found.status is BookingStatus.EXPIRED else 0)
        db.run(_source, booking.number)


def _source(session: Session, number: str) -> None:
    """Out of the way of the next round."""
    row = session.exec(select(Booking).where(col(Booking.number) == number)).one()
    row.source = BookingSource.STAFF
    session.add(row)
