"""One planned session lived through: booked, signed, paid, confirmed, worked, paid again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from demo.people import ENGINEERS
from demo.signatures import signature_of
from demo.studio import SERVICES
from demo.types import Paying, PlannedSession, Signature
from services import bookings
from services.bookings import (
    AuthorizationType,
    BookingStatus,
    BookingView,
    MicChoice,
    NewAuthorization,
    NewBooking,
    Referral,
    ReferralType,
)
from services.clients import NewClient
from services.core.access import Actor, Permission, anonymous
from services.payments import NewPayment, PaymentPurpose
from services.pricing import Discount

_MODES = {service.code: service.mode for service in SERVICES}
_FIRST = {BookingStatus.HOLD, BookingStatus.PENDING}
_CAME = {BookingStatus.CHECKED_IN, BookingStatus.COMPLETED}
_ENGINEER_NAMES = {engineer.name for engineer in ENGINEERS}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts, and the ids behind the names of the plan."""

    staff: tuple[Actor, ...]
    client_ids: tuple[int, ...]
    clients: tuple[NewClient, ...]
    room_ids: Mapping[str, int]
    engineer_ids: Mapping[str, int]
    mic_ids: Mapping[str, int]
    now: datetime

    def staff_for(self, planned: PlannedSession) -> Actor:
        return self.staff[planned.client % len(self.staff)]


def book(session: Session, cast: Cast, planned: PlannedSession) -> BookingView:
    new = _wish(cast, planned)
    if planned.is_public:
        visitor = anonymous(ip=f"203.0.113.{planned.client % 250 + 1}", user_agent="Firefox")
        made = bookings.create_public(session, visitor, new, now=planned.booked_at)
        if planned.status in _FIRST:
            return made
        # At once: who books the same time later would find its deadline run out.
        return bookings.confirm(session, cast.staff_for(planned), made.number, now=planned.booked_at)
    return bookings.create(session, cast.staff_for(planned), new, now=planned.booked_at)


def live(session: Session, cast: Cast, planned: PlannedSession, booking: BookingView) -> None:
    """Everything after the booking, each step at its own time and never later than now."""
    actor, number = cast.staff_for(planned), booking.number
    soon = min(planned.booked_at + timedelta(hours=2), planned.start, planned.ended_at or cast.now, cast.now)
    for payment in _deposit(planned, booking):
        booking = bookings.record_payment(session, actor, number, payment, now=soon)
    end = min(planned.start + timedelta(minutes=planned.minutes), cast.now)
    if planned.status in _CAME:
        bookings.check_in(session, actor, number, now=_checked_in_at(cast, planned))
    if planned.status is not BookingStatus.CANCELLED:
        for payment in _rest(planned, booking):
            bookings.record_payment(session, actor, number, payment, now=end if planned.start < cast.now else soon)
    if planned.status is BookingStatus.COMPLETED:
        bookings.check_out(session, actor, number, now=end)
    elif planned.status is BookingStatus.NO_SHOW:
        bookings.no_show(session, actor, number, now=planned.start + timedelta(minutes=45))
    elif planned.status is BookingStatus.CANCELLED:
        _cancel(session, cast, planned, number)


def _wish(cast: Cast, planned: PlannedSession) -> NewBooking:
    reason = "Regular client"
    return NewBooking(
        mode=_MODES[planned.service],
        service=planned.service,
        start=planned.start,
        minutes=planned.minutes,
        client_id=None if planned.is_public else cast.client_ids[planned.client],
        client=cast.clients[planned.client] if planned.is_public else None,
        artist=planned.artist,
        room_ids=tuple(cast.room_ids[name] for name in planned.rooms),
        engineer_id=cast.engineer_ids[planned.engineer] if planned.engineer else None,
        period=planned.period,
        mics=tuple(MicChoice(cast.mic_ids[name]) for name in planned.mics),
        referral=_referral(planned.referral),
        notes=planned.notes,
        discount=Discount(reason, percent=planned.discount_percent) if planned.discount_percent else None,
        authorization=_authorization(planned.signature, cast.clients[planned.client].name),
        status=_first_status(planned),
    )


def _first_status(planned: PlannedSession) -> BookingStatus:
    """Staff book firmly; what comes from the public page is pending at first."""
    if planned.status in _FIRST:
        return planned.status
    return BookingStatus.PENDING if planned.is_public else BookingStatus.CONFIRMED


def _referral(name: str) -> Referral | None:
    if not name:
        return None
    return Referral(ReferralType.ENGINEER if name in _ENGINEER_NAMES else ReferralType.EXTERNAL, name)


def _authorization(signature: Signature, name: str) -> NewAuthorization | None:
    if signature is Signature.NONE:
        return None
    if signature is Signature.DRAWN:
        return NewAuthorization(AuthorizationType.DIGITAL_SIGNATURE, name, signature_png=signature_of(name))
    return NewAuthorization(AuthorizationType.CHECKBOX_ACKNOWLEDGMENT, name, accepted=True)


def _deposit(planned: PlannedSession, booking: BookingView) -> Iterator[NewPayment]:
    if planned.paying in (Paying.DEPOSIT, Paying.ALL) and booking.deposit_cents:
        yield NewPayment(planned.methods[0], booking.deposit_cents, PaymentPurpose.DEPOSIT)


def _rest(planned: PlannedSession, booking: BookingView) -> Iterator[NewPayment]:
    """What the deposit left, in as many parts as there are methods."""
    if planned.paying not in (Paying.ALL, Paying.AT_THE_END):
        return
    left = (booking.total_cents or 0) - sum(payment.amount_cents for payment in _deposit(planned, booking))
    for parts, method in zip(range(len(planned.methods), 0, -1), planned.methods, strict=True):
        if part := left // parts:
            yield NewPayment(method, part, PaymentPurpose.FINAL)
        left -= part


def _checked_in_at(cast: Cast, planned: PlannedSession) -> datetime:
    """A few minutes early or late."""
    return min(planned.start + timedelta(minutes=planned.client % 17 - 6), cast.now)


def _cancel(session: Session, cast: Cast, planned: PlannedSession, number: str) -> None:
    """What was paid above the fee goes back, by somebody who may refund."""
    at = planned.ended_at or cast.now
    booking = bookings.cancel(session, cast.staff_for(planned), number, "Dates changed on the client's side", now=at)
    actor = next(one for one in cast.staff if one.can(Permission.REFUND_PAYMENTS))
    owed = -(booking.balance_cents or 0)
    for paid in booking.payments:
        if (back := min(owed, paid.left_cents)) > 0:
            refund = NewPayment(paid.method, back, PaymentPurpose.REFUND, notes="Cancelled in time", refunds_id=paid.id)
            bookings.record_payment(session, actor, number, refund, now=at)
            owed -= back
