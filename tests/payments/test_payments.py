"""Payments are permanent: splits, refunds and reversals are rows of their own."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from models.bookings import BookingStatus
from models.payments import Payment, PaymentMethod, PaymentPurpose
from services import bookings
from services.bookings import BookingView
from services.core.access import Actor
from services.core.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from services.payments import AuthorizationRequired, NewPayment, Overpayment
from tests import cast
from tests.bookings.orders import CASH, PRICE, TICKED, VISITOR, book, count
from tests.scheduling.studio import NOW

P = PaymentPurpose


@pytest.fixture
def signed(studio: Session, dana: Actor) -> BookingView:
    return book(studio, dana, authorization=TICKED)


def pay(studio: Session, dana: Actor, booking: BookingView, **changes: Any) -> BookingView:
    return bookings.record_payment(studio, dana, booking.number, replace(CASH, **changes), now=NOW)


def test_any_number_of_splits_add_up(studio: Session, dana: Actor, signed: BookingView) -> None:
    pay(studio, dana, signed, amount_cents=100_00, reference="drawer 2")
    pay(studio, dana, signed, amount_cents=30_00, method=PaymentMethod.ZELLE)
    paid = pay(studio, dana, signed, amount_cents=150_00, purpose=P.FINAL, method=PaymentMethod.CREDIT_CARD)
    assert (paid.paid_cents, paid.balance_cents) == (PRICE, 0)
    assert [payment.recorded_by for payment in paid.payments] == [dana.name] * 3


def test_no_payment_before_the_signature(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana)
    with pytest.raises(AuthorizationRequired):
        pay(studio, dana, booking)
    assert count(studio, "payment") == 0


def test_not_even_the_database_takes_a_payment_before_the_signature(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana)
    studio.add(Payment(booking_id=booking.id, purpose=P.OTHER, method="CASH", amount_cents=1, paid_on=NOW.date()))
    with pytest.raises(DBAPIError, match="fk_payment_booking_id"):
        studio.flush()


@pytest.mark.parametrize(
    "statement",
    [
        "update payment set amount_cents = 1",
        "delete from payment",
        "truncate payment cascade",
        "update audit_log set action = 'x'",
        "delete from audit_log",
        "truncate audit_log",
    ],
)
def test_the_database_refuses_to_change_the_past(
    studio: Session, dana: Actor, signed: BookingView, statement: str
) -> None:
    pay(studio, dana, signed)
    with pytest.raises(DBAPIError, match="append-only"), studio.begin_nested():
        studio.execute(text(statement))


def test_more_than_is_owed_is_asked_about(studio: Session, dana: Actor, signed: BookingView) -> None:
    with pytest.raises(Overpayment) as refused:
        pay(studio, dana, signed, amount_cents=PRICE + 1)
    assert refused.value.details == {"balance_cents": PRICE}
    paid = pay(studio, dana, signed, amount_cents=PRICE + 1, allow_overpayment=True)
    assert paid.balance_cents == -1


def test_a_refund_is_a_negative_row_of_at_most_what_was_paid(studio: Session, dana: Actor, signed: BookingView) -> None:
    pay(studio, dana, signed)
    with pytest.raises(Invalid):
        pay(studio, dana, signed, purpose=P.REFUND, amount_cents=50_01)
    refunded = pay(studio, dana, signed, purpose=P.REFUND, amount_cents=20_00)
    assert [payment.amount_cents for payment in refunded.payments] == [50_00, -20_00]
    assert refunded.paid_cents == 30_00


def test_a_mistake_is_reversed_once_and_stays_visible(studio: Session, dana: Actor, signed: BookingView) -> None:
    payment = pay(studio, dana, signed).payments[0]
    reversed_ = bookings.reverse_payment(studio, dana, payment.id, "wrong booking", now=NOW)
    assert [(p.purpose, p.amount_cents, p.is_reversed) for p in reversed_.payments] == [
        (P.DEPOSIT, 50_00, True),
        (P.REVERSAL, -50_00, False),
    ]
    for payment_id in (payment.id, reversed_.payments[1].id):
        with pytest.raises(Conflict):
            bookings.reverse_payment(studio, dana, payment_id, "again", now=NOW)


def test_a_reversal_needs_a_reason_and_a_payment(studio: Session, dana: Actor, signed: BookingView) -> None:
    payment = pay(studio, dana, signed).payments[0]
    with pytest.raises(Invalid):
        bookings.reverse_payment(studio, dana, payment.id, " ", now=NOW)
    for missing in (payment.id + 1, -1, 10**12):
        with pytest.raises(NotFound):
            bookings.reverse_payment(studio, dana, missing, "x", now=NOW)


def test_the_same_key_twice_is_one_payment(studio: Session, dana: Actor, signed: BookingView) -> None:
    pay(studio, dana, signed, idempotency_key="one")
    again = pay(studio, dana, signed, idempotency_key="one")
    assert again.paid_cents == 50_00


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("amount_cents", {"amount_cents": 0}),
        ("amount_cents", {"amount_cents": -50_00}),
        ("amount_cents", {"amount_cents": 10**15}),
        ("purpose", {"purpose": P.REVERSAL}),
        ("reference", {"reference": "x" * 300}),
        ("Idempotency-Key", {"idempotency_key": "x" * 300}),
    ],
)
def test_bad_input_is_refused_by_its_field(
    studio: Session, dana: Actor, signed: BookingView, field: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(DomainError) as refused:
        pay(studio, dana, signed, **changes)
    assert refused.value.field == field


def test_who_takes_money_and_who_gives_it_back(studio: Session, signed: BookingView) -> None:
    agent, finance, engineer = cast.abel(studio), cast.femi(studio), cast.maya(studio)
    pay(studio, agent, signed)
    pay(studio, finance, signed)
    for person, purpose in ((engineer, P.DEPOSIT), (engineer, P.REFUND), (agent, P.REFUND)):
        with pytest.raises(NotAllowed):
            pay(studio, person, signed, purpose=purpose, amount_cents=20_00)
    paid = bookings.get_booking(studio, agent, signed.number).payments
    refund = NewPayment(PaymentMethod.CASH, 20_00, P.REFUND, refunds_id=paid[0].id)
    assert bookings.record_payment(studio, finance, signed.number, refund, now=NOW).paid_cents == 80_00


def test_a_fee_can_be_paid_after_a_cancellation(studio: Session, dana: Actor, signed: BookingView) -> None:
    gone = bookings.cancel(studio, dana, signed.number, now=signed.start)
    assert gone.status is BookingStatus.CANCELLED
    assert pay(studio, dana, gone, amount_cents=PRICE // 2, purpose=P.FINAL).balance_cents == 0


def test_the_client_is_written_a_receipt(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, client_id=None, client=VISITOR, authorization=TICKED)
    pay(studio, dana, booking)
    subject = studio.execute(text("select subject from delivery where type = 'PAYMENT_RECEIVED'")).scalar_one()
    assert subject == "Payment of $50.00"
