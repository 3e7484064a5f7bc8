"""A public booking whose deposit does not come is released; nothing else is."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.bookings import Booking, BookingSource, BookingStatus
from models.outbox import Delivery, DeliveryType
from models.payments import PaymentPurpose
from models.studio import StudioInfo
from services import bookings, changes
from services.bookings import BookingView, ChangeWish
from services.changes import Change
from services.core import db
from services.core.access import SYSTEM, Actor, anonymous
from services.core.errors import Conflict
from services.payments import Overpayment
from tests import cast
from tests.bookings.orders import CASH, ORDER, TICKED, VISITOR, allocations, book
from tests.bookings.test_races import at_once
from tests.scheduling.studio import NOW, furnish_database

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


def test_the_whole_deposit_confirms_a_pending_booking(studio: Session, dana: Actor) -> None:
    booking = public(studio)
    part = replace(DEPOSIT, amount_cents=139_99)
    assert bookings.record_payment(studio, dana, booking.number, part, now=NOW).status is BookingStatus.PENDING
    rest = replace(DEPOSIT, amount_cents=1)
    assert bookings.record_payment(studio, dana, booking.number, rest, now=NOW).status is BookingStatus.CONFIRMED
    latest = bookings.history(studio, dana, booking.number)[0]
    assert (latest.action, latest.description) == ("booking_confirmed", "The deposit is here")
    told = select(Delivery.to).where(Delivery.type == DeliveryType.BOOKING_CONFIRMED)
    assert list(studio.exec(told)) == [VISITOR.email]


def test_where_the_studio_confirms_itself_the_deposit_does_not(studio: Session, dana: Actor) -> None:
    studio.get_one(StudioInfo, 1).confirms_when_paid = False
    booking = public(studio)
    assert bookings.record_payment(studio, dana, booking.number, DEPOSIT, now=NOW).status is BookingStatus.PENDING


@pytest.mark.parametrize(
    "command",
    [
        lambda session, actor, booking, now: bookings.confirm(session, actor, booking.number, now=now),
        lambda session, actor, booking, now: bookings.cancel(session, actor, booking.number, now=now),
        lambda session, actor, booking, now: bookings.record_payment(session, actor, booking.number, DEPOSIT, now=now),
        lambda session, _, booking, now: bookings.request_change(
            session, anonymous(), booking.public_token, ChangeWish.CANCEL, "", now=now
        ),
        lambda session, actor, booking, now: changes.apply(session, actor, booking.number, Change(minutes=60), now=now),
    ],
    ids=["confirm", "cancel", "pay", "wish", "change"],
)
def test_past_its_deadline_a_booking_answers_the_same_before_and_after_the_job(
    studio: Session, dana: Actor, command: Any
) -> None:
    booking = public(studio)
    answers = []
    for sweep in (False, True):
        if sweep:
            bookings.release_overdue(studio, due(booking))
        with pytest.raises(Conflict) as refused, studio.begin_nested():
            command(studio, dana, booking, due(booking))
        answers.append((refused.value.code, refused.value.message))
    assert answers[0] == answers[1]


def test_before_its_deadline_by_a_second_it_is_confirmed(studio: Session, dana: Actor) -> None:
    booking = public(studio)
    in_time = due(booking) - timedelta(seconds=1)
    assert bookings.confirm(studio, dana, booking.number, now=in_time).status is BookingStatus.CONFIRMED


def test_money_that_comes_too_late_is_kept_and_shows_as_to_be_paid_back(studio: Session, dana: Actor) -> None:
    booking = public(studio)
    late = replace(DEPOSIT, allow_overpayment=True)
    paid = bookings.record_payment(studio, dana, booking.number, late, now=due(booking))
    assert (paid.status, paid.balance_cents) == (BookingStatus.EXPIRED, -140_00)
    assert allocations(studio, booking) == []


def test_the_client_reads_until_when_in_the_studio_s_time(studio: Session) -> None:
    public(studio)
    mail = select(Delivery.body).where(Delivery.to == VISITOR.email)
    assert "due by Tue, Nov 10, 7:00 am New York time. It confirms your session." in studio.exec(mail).one()
