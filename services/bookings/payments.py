"""Money received for a booking. Rows are only ever added: a mistake is reversed, not mended."""

from datetime import datetime

from sqlmodel import Session, col, select

from models.bookings import Booking, Payment, PaymentPurpose
from services import audit, catalog, clock
from services.access import Actor, Permission, require
from services.bookings import detail, mails, queries
from services.bookings.authorization import is_signed
from services.bookings.errors import AuthorizationRequired, Overpayment
from services.bookings.types import BookingView, NewPayment
from services.clock import business_date
from services.errors import Conflict, Invalid, NotFound
from services.fields import MAX_ID
from services.money import as_text

_MOST_CENTS = 10**9


def record_payment(
    session: Session, actor: Actor, number: str, payment: NewPayment, now: datetime | None = None
) -> BookingView:
    """One split of what the client pays. The same idempotency key twice is one payment.

    Raises AuthorizationRequired without a signature, Overpayment unless it is allowed.
    """
    require(actor, Permission.RECORD_PAYMENTS)
    booking = queries.find(session, actor, number, lock=True)
    add_payment(session, actor, booking, payment, now or clock.now())
    return detail.view(session, actor, col(Booking.id) == booking.id, wanted=number)


def reverse_payment(
    session: Session, actor: Actor, payment_id: int, reason: str, now: datetime | None = None
) -> BookingView:
    """Takes back a payment recorded by mistake, with a row of the opposite amount."""
    require(actor, Permission.RECORD_PAYMENTS)
    if not reason.strip():
        raise Invalid("Say what was wrong with the payment.", field="reason")
    payment = session.get(Payment, min(payment_id, MAX_ID))
    if payment is None:
        raise NotFound("There is no such payment.")
    number = session.exec(select(Booking.number).where(Booking.id == payment.booking_id)).one()
    booking = queries.find(session, actor, number, lock=True)
    if payment.purpose is PaymentPurpose.REVERSAL or _is_reversed(session, payment_id):
        raise Conflict("That payment is already taken back.", code="already_reversed")
    now = now or clock.now()
    _store(
        session,
        actor,
        booking,
        Payment(
            booking_id=payment.booking_id,
            purpose=PaymentPurpose.REVERSAL,
            method=payment.method,
            amount_cents=-payment.amount_cents,
            reference=payment.reference,
            notes=reason.strip()[:500],
            recorded_by=actor.user_id,
            recorded_at=now,
            paid_on=business_date(now, catalog.studio(session).zone),
            reverses_id=payment.id,
        ),
        "payment_reversed",
    )
    return detail.view(session, actor, col(Booking.id) == booking.id, wanted=number)


def add_payment(session: Session, actor: Actor, booking: Booking, payment: NewPayment, now: datetime) -> None:
    """Checks and stores one split of a booking that this transaction holds."""
    require(actor, Permission.RECORD_PAYMENTS)
    _check(payment)
    key = f"user {actor.user_id} for {booking.number}: {payment.idempotency_key}" if payment.idempotency_key else None
    if key and session.exec(select(Payment.id).where(Payment.idempotency_key == key)).one_or_none():
        return
    if not is_signed(session, booking):
        raise AuthorizationRequired(booking.number)
    studio = catalog.studio(session)
    _check_balance(session, booking, payment, studio.locale)
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
        paid_on=payment.paid_on or business_date(now, studio.zone),
        idempotency_key=key,
    )
    _store(session, actor, booking, row, "payment_refunded" if is_refund else "payment_added")
    mails.paid(session, booking, row.amount_cents, studio)


def _check(payment: NewPayment) -> None:
    if payment.purpose is PaymentPurpose.REVERSAL:
        raise Invalid("A reversal takes back one payment; reverse that one.", field="purpose")
    if not 0 < payment.amount_cents <= _MOST_CENTS:
        raise Invalid("The amount must be more than nothing.", field="amount_cents")
    if len(payment.reference) > 200 or len(payment.notes) > 1000:
        raise Invalid("Reference or notes are too long.", field="reference")
    if payment.idempotency_key and len(payment.idempotency_key) > 200:
        raise Invalid("The Idempotency-Key is at most 200 characters.", field="Idempotency-Key")


def _check_balance(session: Session, booking: Booking, payment: NewPayment, locale: str) -> None:
    paid = queries.paid_of(session, booking.id or 0)
    if payment.purpose is PaymentPurpose.REFUND:
        if payment.amount_cents > paid:
            raise Invalid(
                f"Only {as_text(paid, booking.currency, locale)} was paid; no more can be refunded.",
                field="amount_cents",
            )
        return
    balance = queries.total_of(session, booking.id or 0) - paid
    if payment.amount_cents > balance and not payment.allow_overpayment:
        raise Overpayment(balance, as_text(balance, booking.currency, locale))


def _is_reversed(session: Session, payment_id: int) -> bool:
    return session.exec(select(Payment.id).where(Payment.reverses_id == payment_id)).one_or_none() is not None


def _store(session: Session, actor: Actor, booking: Booking, row: Payment, action: str) -> None:
    session.add(row)
    booking.version += 1
    session.add(booking)
    session.flush()
    after = {"payment_id": row.id, "amount_cents": row.amount_cents, "method": row.method, "purpose": row.purpose}
    audit.record(session, actor, action, "booking", booking.id, after=after)
