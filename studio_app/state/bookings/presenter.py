"""One booking as its page shows it: plain texts, made on the server."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from services.bookings import (
    AuthorizationView,
    BookedMic,
    BookingStatus,
    BookingView,
    ChangeRequestStatus,
    ChangeRequestView,
    ChangeWish,
    LineView,
    next_statuses,
)
from services.changes import ChangeView, Preview
from services.core import clock, phones
from services.core import dates as when
from services.core.config import settings
from services.core.dates import full_day_text
from services.core.studio import Studio
from services.payments import PaymentView
from studio_app import routes
from studio_app.state.bookings.actual import Actual, actual
from studio_app.state.calendar.presenter import length_text
from studio_app.state.changes.history import Originals, originals
from studio_app.state.editor import place
from studio_app.state.presenter import cents_text, moment_text, words


@dataclass(frozen=True)
class LineShown:
    what: str
    reason: str
    amount: str


@dataclass(frozen=True)
class PaymentShown:
    id: int
    what: str
    about: str
    notes: str
    amount: str
    can_reverse: bool
    is_reversed: bool


@dataclass(frozen=True)
class RoomShown:
    name: str
    rate: str


@dataclass(frozen=True)
class Signed:
    by: str = ""
    how: str = ""
    when: str = ""
    where: str = ""
    image: str = ""


@dataclass(frozen=True)
class AskedShown:
    """What the client asks for, while nobody has settled it."""

    id: int = 0
    is_to_cancel: bool = False
    message: str = ""
    answer: str = ""
    since: str = ""


@dataclass(frozen=True)
class MoneyShown:
    lines: list[LineShown] = field(default_factory=list)
    payments: list[PaymentShown] = field(default_factory=list)
    total: str = ""
    paid: str = ""
    balance: str = ""
    is_owed: bool = False
    to_refund: str = ""
    refundable: list[tuple[str, str]] = field(default_factory=list)
    """The payments of which something can be given back: id and words."""
    deposit: str = ""
    deposit_status: str = ""
    deposit_due: str = ""


@dataclass(frozen=True)
class BookingShown:
    number: str = ""
    status: str = ""
    moves: list[str] = field(default_factory=list)
    """The statuses it can go to by now."""
    version: int = 0
    """What a press on a button carries back: as the person saw it."""
    check_in_opens: str = ""
    """From when on it can be checked in, while that is still to come."""
    is_open: bool = False
    can_sign: bool = False
    service: str = ""
    mode: str = ""
    source: str = ""
    day: str = ""
    time: str = ""
    originals: Originals = field(default_factory=Originals)
    actual: Actual = field(default_factory=Actual)
    lasts: str = ""
    zone: str = ""
    period: str = ""
    rooms: list[RoomShown] = field(default_factory=list)
    engineer: str = ""
    mics: list[str] = field(default_factory=list)
    client: str = ""
    client_href: str = ""
    email: str = ""
    phone: str = ""
    phone_link: str = ""
    artist: str = ""
    public_link: str = ""
    is_signed: bool = False
    signed: Signed = Signed()
    asked: AskedShown = AskedShown()
    has_money: bool = False
    """Whether this person may see any."""
    money: MoneyShown = MoneyShown()
    notes: str = ""
    referral: str = ""
    policy: str = ""
    terms: str = ""
    booked: str = ""
    cancelled: str = ""
    cancel_reason: str = ""


def booking_shown(
    booking: BookingView, studio: Studio, changes: Sequence[ChangeView] = (), overtime: Preview | None = None
) -> BookingShown:
    zone = studio.zone
    return BookingShown(
        number=booking.number,
        status=booking.status,
        moves=list(next_statuses(booking, clock.now())),
        version=booking.version,
        check_in_opens=_check_in_opens(booking, studio),
        is_open=booking.status.is_open,
        can_sign=booking.status.is_signable and booking.authorization is None,
        service=booking.service_name,
        mode=words(booking.mode),
        source=words(booking.source),
        day=full_day_text(booking.business_date, studio),
        time="" if booking.period else when.span_text(booking.start, booking.end, studio),
        originals=originals(changes, booking, studio),
        actual=actual(booking, overtime, studio),
        lasts=_length(booking),
        zone=f"{place(zone)} time",
        period=booking.period or "",
        rooms=[RoomShown(room.name, _per_hour(room.hourly_rate_cents, studio)) for room in booking.rooms],
        engineer=booking.engineer.name if booking.engineer else "",
        mics=[_mic(mic) for mic in booking.mics],
        client=booking.client.name,
        client_href=routes.client(booking.client.id),
        email=booking.client.email or "",
        phone=phones.text(booking.client.phone, booking.client.phone_extension),
        phone_link=phones.link(booking.client.phone, booking.client.phone_extension),
        artist=booking.artist.name if booking.artist else "",
        public_link=_public_link(booking.public_token),
        is_signed=booking.authorization is not None,
        signed=_signed(booking.authorization, booking.number, studio) if booking.authorization else Signed(),
        asked=_asked(booking.change_request, studio),
        has_money=booking.total_cents is not None,
        money=_money(booking, studio) if booking.total_cents is not None else MoneyShown(),
        notes=booking.notes,
        referral=f"{words(booking.referral.type)}: {booking.referral.name}" if booking.referral else "",
        policy=_policy(booking),
        terms=booking.terms,
        booked=" by ".join(filter(None, (moment_text(booking.created_at, studio), booking.created_by))),
        cancelled=moment_text(booking.cancelled_at, studio),
        cancel_reason=booking.cancel_reason,
    )


def _money(booking: BookingView, studio: Studio) -> MoneyShown:
    def text(cents: int | None) -> str:
        return cents_text(cents, studio, booking.currency)

    balance, deposit, paid = booking.balance_cents or 0, booking.deposit_cents or 0, booking.paid_cents or 0
    is_missing = booking.status.is_open and paid < min(deposit, booking.total_cents or 0)
    return MoneyShown(
        lines=[_line(line, text(line.amount_cents)) for line in booking.lines],
        payments=[_payment(one, text(one.amount_cents), _of(one, booking, studio), studio) for one in booking.payments],
        refundable=[_refundable(one, text(one.left_cents), studio) for one in booking.payments if one.left_cents],
        total=text(booking.total_cents),
        paid=text(paid),
        balance=text(balance),
        is_owed=balance > 0,
        to_refund=text(-balance) if balance < 0 else "",
        deposit=text(deposit) if deposit and booking.status.is_open else "",
        deposit_status="PAID" if not is_missing else "PARTIAL" if paid > 0 else "UNPAID",
        deposit_due=moment_text(booking.deposit_due_at, studio) if is_missing else "",
    )


def _line(line: LineView, amount: str) -> LineShown:
    return LineShown(line.description, "" if line.reason in line.description else line.reason, amount)


def _payment(payment: PaymentView, amount: str, of: str, studio: Studio) -> PaymentShown:
    by = payment.recorded_by and f"by {payment.recorded_by}"
    about = (of, full_day_text(payment.paid_on, studio), payment.reference, by)
    return PaymentShown(
        id=payment.id,
        what=f"{words(payment.purpose)}, {words(payment.method)}",
        about=" · ".join(filter(None, about)),
        notes=payment.notes,
        amount=amount,
        can_reverse=payment.can_reverse,
        is_reversed=payment.is_reversed,
    )


def _of(payment: PaymentView, booking: BookingView, studio: Studio) -> str:
    """What a refund gives back, or a reversal takes back."""
    named = payment.refunds_id or payment.reverses_id
    return next((f"of {_named(one, studio)}" for one in booking.payments if one.id == named), "")


def _named(payment: PaymentView, studio: Studio) -> str:
    purpose, method = words(payment.purpose).lower(), words(payment.method).lower()
    return f"{purpose}, {method}, {when.day_text(payment.paid_on, studio)}"


def _refundable(payment: PaymentView, left: str, studio: Studio) -> tuple[str, str]:
    what = f"{words(payment.method)}, {when.day_text(payment.paid_on, studio)}"
    return str(payment.id), f"{what}: {left} left"


def _signed(authorization: AuthorizationView, number: str, studio: Studio) -> Signed:
    return Signed(
        by=authorization.name,
        how=words(authorization.type),
        when=moment_text(authorization.signed_at, studio),
        where=f"Terms version {authorization.terms_version}" + (f", from {authorization.ip}" * bool(authorization.ip)),
        image=routes.api_signature(number) if authorization.has_image else "",
    )


def _asked(asked: ChangeRequestView | None, studio: Studio) -> AskedShown:
    if asked is None or asked.status is not ChangeRequestStatus.OPEN:
        return AskedShown()
    since = moment_text(asked.created_at, studio)
    return AskedShown(asked.id, asked.wish is ChangeWish.CANCEL, asked.message, asked.answer, since)


def _check_in_opens(booking: BookingView, studio: Studio) -> str:
    if booking.status is not BookingStatus.CONFIRMED or booking.check_in_from <= clock.now():
        return ""
    return moment_text(booking.check_in_from, studio)


def _length(booking: BookingView) -> str:
    length = length_text(timedelta(minutes=booking.minutes))
    return f"{length}, then {booking.buffer_minutes} min to reset" if booking.buffer_minutes else length


def _mic(mic: BookedMic) -> str:
    """Its own number, where there is one."""
    if not mic.unit or mic.unit.startswith(mic.name):
        return mic.unit or mic.name
    return f"{mic.name} ({mic.unit})"


def _per_hour(cents: int | None, studio: Studio) -> str:
    return f"{cents_text(cents, studio)} per hour" if cents is not None else ""


def _policy(booking: BookingView) -> str:
    policy = booking.policy
    fees = (
        f"Free to cancel until {policy['free_cancel_hours']} h before; then {policy['cancel_fee_pct']}% is due. "
        f"No-show: {policy['no_show_fee_pct']}%."
    )
    return f"{fees}\n{policy['text']}".strip()


def _public_link(token: str) -> str:
    return f"{settings().public_url.rstrip('/')}{routes.public_booking(token)}" if token else ""
