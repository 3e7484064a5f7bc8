"""What the wizard has been told so far, as kept in its draft, and the booking it asks for."""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any

from services.bookings import (
    AuthorizationType,
    BookingStatus,
    MicChoice,
    NewAuthorization,
    NewBooking,
    Referral,
    ReferralType,
    ServiceMode,
)
from services.clients import ClientSource, NewClient
from services.core.errors import Invalid
from services.payments import NewPayment, PaymentMethod, PaymentPurpose
from services.pricing import Discount, RateOverride
from studio_app.state.form import Form

Fields = Mapping[str, str]

DRAWN, TICKED = AuthorizationType.DIGITAL_SIGNATURE.value, AuthorizationType.CHECKBOX_ACKNOWLEDGMENT.value
ONLINE, IN_PERSON = ServiceMode.ONLINE.value, ServiceMode.IN_PERSON.value
_PNG = "data:image/png;base64,"
TYPED = {
    "name": "name",
    "email": "email",
    "phone": "phone",
    "artist": "artist",
    "notes": "notes",
    "referral.name": "referral_name",
    "discount.percent": "discount_value",
    "discount.amount_cents": "discount_value",
    "discount.reason": "discount_reason",
    "rate_overrides": "rates_reason",
    "authorization.name": "signer",
}
"""Field of a form, as the services name it → the answer it is."""
RATE = "rate."
"""Before the id of the room or engineer whose rate a field is."""


@dataclass(frozen=True)
class Split:
    """One payment as typed."""

    method: str
    amount: str
    purpose: str = PaymentPurpose.DEPOSIT.value
    reference: str = ""


@dataclass(frozen=True)
class Answers:
    """Texts as typed; 0 and empty mean not answered yet. Ids of resources are keys of JSON, so texts."""

    client_id: int = 0
    client_name: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    artist: str = ""
    day: str = ""
    mode: str = IN_PERSON
    service: str = ""
    minutes: int = 0
    """0: as long as the service."""
    room_ids: tuple[int, ...] = ()
    start: str = ""
    """An instant, ISO 8601 with offset."""
    period: str = ""
    engineer_id: int = 0
    let_go: str = ""
    """Why the engineer chosen before is no longer; until another time or engineer is chosen."""
    mics: Mapping[str, int] = field(default_factory=dict)
    referral_type: str = ""
    referral_name: str = ""
    notes: str = ""
    discount_kind: str = ""
    """`percent` or `amount`."""
    discount_value: str = ""
    discount_reason: str = ""
    rates: Mapping[str, str] = field(default_factory=dict)
    rates_reason: str = ""
    status: str = BookingStatus.PENDING.value
    sign_as: str = DRAWN
    signer: str = ""
    is_accepted: bool = False
    payments: tuple[Split, ...] = ()
    overpays: bool = False
    """More than is owed is meant: asked of these payments, and agreed to."""
    key: str = ""
    """The idempotency key, made when the review opens."""

    @property
    def is_online(self) -> bool:
        return self.mode == ONLINE

    @property
    def date(self) -> date | None:
        return date.fromisoformat(self.day) if self.day else None

    @property
    def person(self) -> str:
        return self.client_name or self.name


def from_draft(data: Mapping[str, Any]) -> Answers:
    known = {one.name for one in fields(Answers)}
    kept = {name: value for name, value in data.items() if name in known}
    kept["room_ids"] = tuple(kept.get("room_ids", ()))
    kept["payments"] = tuple(Split(**split) for split in kept.get("payments", ()))
    return Answers(**kept)


def to_draft(answers: Answers) -> dict[str, Any]:
    return asdict(answers)


def to_booking(
    answers: Answers, *, signature: str = "", is_public: bool = False, read: Callable[[Fields], Form] = Form
) -> NewBooking:
    """The whole wish. What cannot be meant is refused at its field: the first, or with `Form.whole` all of them."""
    form = read(_fields(answers))
    return NewBooking(
        mode=ServiceMode(answers.mode),
        service=answers.service,
        start=start_of(answers),
        client_id=None if is_public else answers.client_id or None,
        client=None if answers.client_id and not is_public else new_client(answers, is_public=is_public),
        artist=answers.artist,
        minutes=answers.minutes or None,
        room_ids=() if answers.is_online else answers.room_ids,
        engineer_id=None if answers.is_online else answers.engineer_id or None,
        period=answers.period if answers.is_online else "",
        mics=() if answers.is_online else mics_of(answers),
        referral=_referral(answers),
        notes=answers.notes,
        discount=None if is_public else _discount(answers, form),
        rate_overrides=() if is_public or answers.is_online else _overrides(answers, form),
        authorization=authorization_of(answers, signature),
        payments=() if is_public else _payments(answers, form),
        status=BookingStatus.PENDING if is_public else BookingStatus(answers.status),
        idempotency_key=answers.key or None,
    )


def start_of(answers: Answers) -> datetime:
    """Online work has its day; the period says when."""
    if answers.is_online:
        if not answers.day:
            raise Invalid("Choose a day.", field="start")
        return datetime.fromisoformat(f"{answers.day}T12:00")
    if not answers.start:
        raise Invalid("Choose a start.", field="start")
    return datetime.fromisoformat(answers.start)


def new_client(answers: Answers, *, is_public: bool) -> NewClient:
    source = ClientSource.PUBLIC_PAGE if is_public else ClientSource.STAFF
    return NewClient(name=answers.name, email=answers.email or None, phone=answers.phone or None, source=source)


def mics_of(answers: Answers) -> tuple[MicChoice, ...]:
    return tuple(MicChoice(int(mic_id), quantity) for mic_id, quantity in answers.mics.items() if quantity)


def authorization_of(answers: Answers, signature: str) -> NewAuthorization | None:
    """None as long as nothing is drawn or ticked."""
    if answers.sign_as == TICKED:
        if not answers.is_accepted:
            return None
        return NewAuthorization(AuthorizationType.CHECKBOX_ACKNOWLEDGMENT, answers.signer, accepted=True)
    if not signature:
        return None
    return NewAuthorization(AuthorizationType.DIGITAL_SIGNATURE, answers.signer, picture_of(signature))


def picture_of(signature: str) -> bytes:
    try:
        return base64.b64decode(signature.removeprefix(_PNG), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid(
            "The signature is not a picture. Draw it again.", field="authorization.signature_png_base64"
        ) from error


def _referral(answers: Answers) -> Referral | None:
    return Referral(ReferralType(answers.referral_type), answers.referral_name) if answers.referral_type else None


def _fields(answers: Answers) -> Fields:
    """All that is typed, by the field it is typed into."""
    return {
        **{field: getattr(answers, name) for field, name in TYPED.items()},
        "discount.percent": answers.discount_value.rstrip("% "),
        **{f"{RATE}{resource_id}": rate for resource_id, rate in answers.rates.items()},
        **{f"payments.{place}.amount_cents": split.amount for place, split in enumerate(answers.payments)},
        **{f"payments.{place}.reference": split.reference for place, split in enumerate(answers.payments)},
    }


def _discount(answers: Answers, form: Form) -> Discount | None:
    if not answers.discount_kind or not answers.discount_value.strip():
        return None
    if answers.discount_kind == "amount":
        return Discount(answers.discount_reason, amount_cents=form.cents("discount.amount_cents"))
    return Discount(answers.discount_reason, percent=form.decimal("discount.percent"))


def _overrides(answers: Answers, form: Form) -> tuple[RateOverride, ...]:
    """Only of what is still part of the session."""
    chosen = {*answers.room_ids, answers.engineer_id}
    return tuple(
        RateOverride(int(resource_id), form.cents(f"{RATE}{resource_id}"), answers.rates_reason)
        for resource_id, rate in answers.rates.items()
        if rate.strip() and int(resource_id) in chosen
    )


def _payments(answers: Answers, form: Form) -> tuple[NewPayment, ...]:
    return tuple(
        NewPayment(
            method=PaymentMethod(split.method),
            amount_cents=form.cents(f"payments.{place}.amount_cents"),
            purpose=PaymentPurpose(split.purpose),
            reference=split.reference,
            allow_overpayment=answers.overpays,
        )
        for place, split in enumerate(answers.payments)
    )
