"""Money received for a booking. Rows are only ever added: a mistake is reversed, not mended."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.bookings import Booking, BookingStatus
from models.payments import Payment, PaymentPurpose
from services.bookings import detail, mails, queries
from services.bookings.authorization import is_signed
from services.bookings.lapsing import lapse
from services.bookings.moving import move
from services.bookings.types import BookingView
from services.core import audit, clock, idempotency
from services.core.access import Actor, Permission, require
from services.core.checking import all_at_once, noted
from services.core.clock import business_date
from services.core.dates import full_day_text
from services.core.errors import DomainError, Invalid, NotFound
from services.core.fields import MAX_ID
from services.core.idempotency import KeyReused
from services.core.money import as_text
from services.core.studio import Studio, studio_info
from services.payments import (
    AuthorizationRequired,
    NewPayment,
    check_balance,
    check_form,
    check_refund,
    check_reversal,
    left_of,
    refunded_payment,
)

_FIELDS = {field.name for field in fields(NewPayment)}


def record_payment(
    session: Session, actor: Actor, number: str, payment: NewPayment, now: datetime | None = None
) -> BookingView:
    """One split of what the client pays. The same idempotency key twice is one payment.

    Raises AuthorizationRequired without a signature, Overpayment unless it is allowed.
    """
    require(actor, _right(payment))

    def make(session: Session, actor: Actor) -> dict[str, str]:
        booking = queries.find_booking(session, actor, number, lock=True)
        add_payment(session, actor, booking, payment, now or clock.now())
        return {"number": booking.number}

    request = f"pay {number}: {replace(payment, idempotency_key=None)!r}"
    paid = idempotency.once(session, actor, payment.idempotency_key, request, make)
    return detail.view(session, actor, col(Booking.number) == paid["number"], wanted=number)


def reverse_payment(
    session: Session, actor: Actor, payment_id: int, reason: str, now: datetime | None = None
) -> BookingView:
    """Takes back a payment or a refund recorded by mistake, with a row of the opposite amount."""
    require(actor, Permission.RECORD_PAYMENTS)
    if not reason.strip():
        raise Invalid("Say what was wrong with the payment.", field="reason")
    payment = session.get(Payment, min(payment_id, MAX_ID))
    if payment is None:
        raise NotFound("There is no such payment.")
    number = session.exec(select(Booking.number).where(Booking.id == payment.booking_id)).one()
    booking = queries.find_booking(session, actor, number, lock=True)
    studio, entries = studio_info(session), _entries(session, booking)
    left = left_of(entries).get(payment_id, 0)
    check_reversal(payment, entries, left, as_text(left, booking.currency, studio.locale))
    now = now or clock.now()
    row = Payment(
        booking_id=payment.booking_id,
        purpose=PaymentPurpose.REVERSAL,
        method=payment.method,
        amount_cents=-payment.amount_cents,
        reference=payment.reference,
        notes=reason.strip()[:500],
        recorded_by=actor.user_id,
        recorded_at=now,
        paid_on=business_date(now, studio.zone),
        reverses_id=payment.id,
    )
    _store(session, actor, booking, row, "payment_reversed")
    return detail.view(session, actor, col(Booking.id) == booking.id, wanted=number)


def add_payment(session: Session, actor: Actor, booking: Booking, payment: NewPayment, now: datetime) -> None:
    """Checks and stores one split of a booking that this transaction holds."""
    require(actor, _right(payment))
    key = f"user {actor.user_id} for {booking.number}: {payment.idempotency_key}" if payment.idempotency_key else None
    if key and session.exec(select(Payment.id).where(Payment.idempotency_key == key)).one_or_none():
        raise KeyReused  # the same request again is answered before it comes here
    lapse(session, booking, now)
    if not is_signed(session, booking):
        raise AuthorizationRequired(booking.number)
    studio = studio_info(session)
    today = business_date(now, studio.zone)
    refunds_id = _check(session, booking, payment, studio, today)
    is_refund = payment.purpose is PaymentPurpose.REFUND
    row = Payment(
        booking_id=booking.id or 0,
        purpose=payment.purpose,
        method=payment.method,
        amount_cents=-payment.amount_cents if is_refund else payment.amount_cents,
        reference=payment.reference.strip(),
        notes=payment.notes.strip(),
        recorded_by=actor.user_id,
        recorded_at=now,
        paid_on=payment.paid_on or today,
        refunds_id=refunds_id,
        idempotency_key=key,
    )
    _store(session, actor, booking, row, "payment_refunded" if is_refund else "payment_added")
    mails.paid(session, booking, row.amount_cents, studio)
    if studio.confirms_when_paid:
        _confirm_if_paid(session, actor, booking)


def _right(payment: NewPayment) -> Permission:
    """Money that goes out asks for more than money that comes in (domain 2)."""
    is_refund = payment.purpose is PaymentPurpose.REFUND
    return Permission.REFUND_PAYMENTS if is_refund else Permission.RECORD_PAYMENTS


def add_payments(
    session: Session, actor: Actor, booking: Booking, payments: Sequence[NewPayment], now: datetime
) -> None:
    """The splits that come with a new booking."""
    for place, payment in enumerate(payments):
        with _at_place(place):
            add_payment(session, actor, booking, payment, now)


def check_splits(session: Session, payments: Sequence[NewPayment], now: datetime) -> None:
    """Every field of every split that comes with a new booking; what is owed is known when it is there."""
    studio = studio_info(session)
    for place, payment in enumerate(payments):
        _check_split(place, payment, studio, business_date(now, studio.zone))


@noted
def _check_split(place: int, payment: NewPayment, studio: Studio, today: date) -> None:
    with _at_place(place):
        all_at_once(check_form)(payment, today, studio)


@contextmanager
def _at_place(place: int) -> Iterator[None]:
    """A refusal names the split as the body of the booking has it: `payments.1.amount_cents`."""
    try:
        yield
    except DomainError as refusal:
        for one in (refusal, *refusal.others):
            if one.field in _FIELDS:
                one.field = f"payments.{place}.{one.field}"
        raise


def _confirm_if_paid(session: Session, actor: Actor, booking: Booking) -> None:
    """As the client was promised: the whole deposit makes a pending booking firm."""
    if booking.status is not BookingStatus.PENDING or not booking.deposit_cents:
        return
    due = min(booking.deposit_cents, queries.total_of(session, booking.id or 0))
    if queries.paid_of(session, booking.id or 0) >= due:
        whole = move(session, actor, booking, BookingStatus.CONFIRMED, "booking_confirmed", "The deposit is here")
        mails.confirmed(session, whole)


@all_at_once
def _check(session: Session, booking: Booking, payment: NewPayment, studio: Studio, today: date) -> int | None:
    """Everything of the form; then whether so much is owed, or left of the payment that a refund gives back: which."""
    check_form(payment, today, studio)
    if payment.purpose is PaymentPurpose.REFUND:
        return _refunded(session, booking, payment, studio, today)
    total, paid = queries.total_of(session, booking.id or 0), queries.paid_of(session, booking.id or 0)
    check_balance(payment, total - paid, as_text(total - paid, booking.currency, studio.locale))
    return None


def _refunded(session: Session, booking: Booking, payment: NewPayment, studio: Studio, today: date) -> int:
    """Which payment the refund gives back, if so much of it is left, and it was here by then."""
    entries = _entries(session, booking)
    left = left_of(entries)
    id_ = refunded_payment(booking.number, payment.refunds_id, left)
    check_refund(payment.amount_cents, left[id_], as_text(left[id_], booking.currency, studio.locale))
    came = next(one.paid_on for one in entries if one.id == id_)
    if (payment.paid_on or today) < came:
        raise Invalid(f"Choose {full_day_text(came, studio)} or later: that is when the payment came.", field="paid_on")
    return id_


def _entries(session: Session, booking: Booking) -> Sequence[Payment]:
    """Call with the booking locked: payments take that lock too."""
    return session.exec(select(Payment).where(Payment.booking_id == booking.id).order_by(col(Payment.id))).all()


def _store(session: Session, actor: Actor, booking: Booking, row: Payment, action: str) -> None:
    session.add(row)
    booking.version += 1
    session.add(booking)
    session.flush()
    after = {"payment_id": row.id, "amount_cents": row.amount_cents, "method": row.method, "purpose": row.purpose}
    audit.record(session, actor, action, "booking", booking.id, after=after)
