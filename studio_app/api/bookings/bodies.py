"""The wizard's answers as they come over the wire, and as the service takes them."""

import base64
import binascii
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

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
from services.core.fields import MAX_ID
from services.payments import NewPayment, PaymentMethod, PaymentPurpose
from services.pricing import Discount, RateOverride
from studio_app.api.bodies import Body, Cents, Day, Id, Line, Minutes, Quantity, Text, When, Word
from studio_app.api.misshapen import Misshapen

_MOST_BASE64 = 500_000


def _png(given: Any) -> bytes:
    """Base64, with or without the `data:image/png;base64,` before it."""
    if not isinstance(given, str) or len(given) > _MOST_BASE64:
        raise Misshapen("Send the picture as base64 text of at most 500,000 characters.")
    try:
        return base64.b64decode(given.removeprefix("data:image/png;base64,"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Misshapen("That is not base64.") from error


Png = Annotated[
    bytes, BeforeValidator(_png), WithJsonSchema({"type": "string", "format": "byte", "maxLength": _MOST_BASE64})
]


class ClientBody(Body):
    name: Line
    email: Annotated[Line | None, Field(description="Staff may leave it out.")] = None
    phone: Annotated[Word | None, Field(description="As people write it, also with its extension.")] = None
    phone_extension: Word = ""

    def to_new(self, source: ClientSource) -> NewClient:
        return NewClient(
            name=self.name,
            email=self.email,
            phone=self.phone,
            phone_extension=self.phone_extension,
            source=source,
        )


class MicBody(Body):
    id: Id
    quantity: Quantity = 1


class ReferralBody(Body):
    type: ReferralType
    name: Line


class DiscountBody(Body):
    """Either `percent` or `amount_cents`."""

    reason: Line
    percent: Annotated[Decimal, Field(gt=0, le=100, max_digits=6, decimal_places=3)] | None = None
    amount_cents: Cents | None = None


class RateOverrideBody(Body):
    resource_id: Id
    hourly_cents: Cents
    reason: Line


class AuthorizationBody(Body):
    type: AuthorizationType
    name: Line
    signature_png_base64: Png | None = None
    accepted: Annotated[bool, Field(strict=True)] = False

    def to_new(self) -> NewAuthorization:
        return NewAuthorization(self.type, self.name, self.signature_png_base64, self.accepted)


class PaymentBody(Body):
    method: PaymentMethod
    amount_cents: Annotated[int, Field(strict=True, ge=1, le=10**9)]
    purpose: PaymentPurpose = PaymentPurpose.DEPOSIT
    reference: Line = ""
    notes: Annotated[Text, Field(max_length=1000)] = ""
    paid_on: Annotated[Day | None, Field(description="Not in the future, and not before the studio's limit.")] = None
    refunds_id: Annotated[
        Id | None, Field(description="Of a refund: the payment it gives back. May be left out where there is one only.")
    ] = None
    allow_overpayment: Annotated[bool, Field(strict=True)] = False

    def to_new(self, key: str | None = None) -> NewPayment:
        return NewPayment(**dict(self), idempotency_key=key)


class PublicBookingBody(Body):
    """What a client may ask for."""

    client: ClientBody | None = None
    artist: Line = ""
    mode: ServiceMode
    service: Word
    rooms: Annotated[list[Id], Field(max_length=50)] = []
    start: When
    minutes: Minutes | None = None
    engineer_id: Id | None = None
    period: Word = ""
    mics: Annotated[list[MicBody], Field(max_length=50)] = []
    referral: ReferralBody | None = None
    notes: Text = ""
    authorization: AuthorizationBody | None = None
    expected_total_cents: Cents | None = None
    draft: Word | None = None

    def to_new(self, key: str | None = None) -> NewBooking:
        return NewBooking(**self._answers(ClientSource.PUBLIC_PAGE), idempotency_key=key)

    def _answers(self, source: ClientSource) -> dict[str, Any]:
        return {
            "client": self.client and self.client.to_new(source),
            "artist": self.artist,
            "mode": self.mode,
            "service": self.service,
            "room_ids": tuple(self.rooms),
            "start": self.start,
            "minutes": self.minutes,
            "engineer_id": self.engineer_id,
            "period": self.period,
            "mics": tuple(MicChoice(mic.id, mic.quantity) for mic in self.mics),
            "referral": self.referral and Referral(self.referral.type, self.referral.name),
            "notes": self.notes,
            "authorization": self.authorization and self.authorization.to_new(),
            "expected_total_cents": self.expected_total_cents,
            "draft_token": self.draft,
        }


class BookingBody(PublicBookingBody):
    """And what staff may add."""

    client_id: Id | None = None
    discount: DiscountBody | None = None
    rate_overrides: Annotated[list[RateOverrideBody], Field(max_length=50)] = []
    payments: Annotated[list[PaymentBody], Field(max_length=20)] = []
    status: BookingStatus = BookingStatus.PENDING

    def to_new(self, key: str | None = None) -> NewBooking:
        return NewBooking(
            **self._answers(ClientSource.STAFF),
            client_id=self.client_id,
            discount=self.discount and Discount(**dict(self.discount)),
            rate_overrides=tuple(RateOverride(**dict(override)) for override in self.rate_overrides),
            payments=tuple(payment.to_new() for payment in self.payments),
            status=self.status,
            idempotency_key=key,
        )


class CancelBody(Body):
    reason: Annotated[Text, Field(max_length=500)] = ""
    version: Annotated[int, Field(strict=True, ge=1, le=MAX_ID)] | None = None
    """As it was read; another one now is refused."""


class ChangeRequestBody(Body):
    wish: Literal["CANCEL", "CHANGE"]
    message: Annotated[Text, Field(max_length=1000)] = ""
