"""The shapes of bookings on the wire, as the OpenAPI description tells them."""

from typing_extensions import TypedDict

from services.bookings import (
    AuthorizationType,
    BookingSource,
    BookingStatus,
    ChangeRequestStatus,
    ChangeWish,
    LineKind,
    ReferralType,
    ServiceMode,
)
from services.payments import PaymentMethod, PaymentPurpose
from studio_app.api.answers import Instant, IsoDay, ListAnswer


class NamedJson(TypedDict):
    id: int
    name: str


class ClientJson(NamedJson):
    email: str | None
    phone: str | None
    phone_extension: str


class ServiceJson(TypedDict):
    code: str
    name: str


class RoomJson(NamedJson):
    hourly_rate_cents: int | None
    original_room_id: int | None


class MicJson(TypedDict):
    name: str
    unit: str


class LineJson(TypedDict):
    kind: LineKind
    description: str
    reason: str
    quantity: float
    unit_price_cents: int
    amount_cents: int


class PaymentJson(TypedDict):
    id: int
    purpose: PaymentPurpose
    method: PaymentMethod
    amount_cents: int
    reference: str
    notes: str
    paid_on: IsoDay
    recorded_at: Instant
    recorded_by: str
    is_reversed: bool
    refunds_id: int | None
    reverses_id: int | None
    left_cents: int


class AuthorizationJson(TypedDict):
    type: AuthorizationType
    name: str
    signed_at: Instant
    terms_version: int
    has_image: bool


class ChangeRequestJson(TypedDict):
    """What the client asked for last, and what they were answered."""

    id: int
    wish: ChangeWish
    message: str
    status: ChangeRequestStatus
    answer: str
    created_at: Instant


class ReferralJson(TypedDict):
    type: ReferralType
    name: str


class PolicyJson(TypedDict):
    free_cancel_hours: int
    cancel_fee_pct: int
    no_show_fee_pct: int
    text: str


class OwnBookingJson(TypedDict):
    """As its client sees it."""

    number: str
    version: int
    status: BookingStatus
    source: BookingSource
    mode: ServiceMode
    start: Instant
    end: Instant
    business_date: IsoDay
    minutes: int
    buffer_minutes: int
    client: ClientJson
    artist: NamedJson | None
    service: ServiceJson
    rooms: list[RoomJson]
    engineer: NamedJson | None
    period: str | None
    mics: list[MicJson]
    lines: list[LineJson]
    payments: list[PaymentJson]
    authorization: AuthorizationJson | None
    change_request: ChangeRequestJson | None
    total_cents: int | None
    paid_cents: int | None
    balance_cents: int | None
    deposit_cents: int | None
    deposit_due_at: Instant | None
    currency: str
    policy: PolicyJson
    terms: str
    notes: str
    referral: ReferralJson | None
    public_token: str | None
    created_at: Instant
    created_by: str
    checked_in_at: Instant | None
    checked_out_at: Instant | None
    cancelled_at: Instant | None
    cancel_reason: str


class BookingJson(OwnBookingJson):
    next_statuses: list[BookingStatus]


class BookingAnswer(TypedDict):
    booking: BookingJson


class OwnBookingAnswer(TypedDict):
    booking: OwnBookingJson


class PublicBookingAnswer(OwnBookingAnswer):
    public_token: str


class RowJson(TypedDict):
    number: str
    status: BookingStatus
    source: BookingSource
    mode: ServiceMode
    start: Instant
    end: Instant
    buffer_minutes: int
    business_date: IsoDay
    client: NamedJson
    artist_name: str
    service_name: str
    rooms: list[NamedJson]
    engineer: NamedJson | None
    period: str | None
    mics: list[str]
    is_signed: bool
    total_cents: int | None
    paid_cents: int | None
    balance_cents: int | None
    deposit_cents: int | None
    deposit_due_at: Instant | None


class BookingsAnswer(ListAnswer):
    data: list[RowJson]


class QuoteAnswer(TypedDict):
    lines: list[LineJson]
    total_cents: int
    deposit_cents: int


class UploadJson(TypedDict):
    id: int
    name: str
    type: str
    size: int
    uploaded_at: Instant


class UploadAnswer(TypedDict):
    upload: UploadJson


class UploadsAnswer(TypedDict):
    data: list[UploadJson]
