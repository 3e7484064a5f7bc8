"""What a booking is asked for with, and how it is shown. Frozen both ways."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from models.bookings import AuthorizationType, BookingSource, BookingStatus, LineKind, ReferralType
from models.catalog import ServiceMode
from models.changes import ChangeRequestStatus, ChangeWish
from services.clients import NewClient
from services.core.access import Permission
from services.core.paging import needs
from services.payments import NewPayment, PaymentView
from services.pricing import Discount, RateOverride


@dataclass(frozen=True, slots=True)
class MicChoice:
    id: int
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Referral:
    type: ReferralType
    name: str


@dataclass(frozen=True, slots=True)
class NewAuthorization:
    """A drawn signature (PNG bytes) or a ticked acknowledgement; always with the typed name."""

    type: AuthorizationType
    name: str
    signature_png: bytes | None = None
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class NewBooking:
    """The wizard's answers. `start` with an offset, or naive in the studio's zone.

    Online work has a `period` (its name) and the day of `start`; in-person work has rooms.
    `minutes` may be left out for the service's own duration.
    """

    mode: ServiceMode
    service: str
    start: datetime
    client_id: int | None = None
    client: NewClient | None = None
    artist: str = ""
    minutes: int | None = None
    room_ids: tuple[int, ...] = ()
    engineer_id: int | None = None
    period: str = ""
    mics: tuple[MicChoice, ...] = ()
    referral: Referral | None = None
    notes: str = ""
    discount: Discount | None = None
    rate_overrides: tuple[RateOverride, ...] = ()
    authorization: NewAuthorization | None = None
    payments: tuple[NewPayment, ...] = ()
    status: BookingStatus = BookingStatus.PENDING
    expected_total_cents: int | None = None
    """The total the person saw; another one now is refused instead of silently booked."""
    draft_token: str | None = None
    """The wizard's draft: its files move to the booking, and it is gone afterwards."""
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingDetails:
    """What may be put right later without touching time or price. None keeps; empty takes off."""

    artist: str | None = None
    notes: str | None = None
    referral: Referral | None = None
    without_referral: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ClientRef:
    id: int
    name: str
    email: str | None
    phone: str | None
    phone_extension: str


@dataclass(frozen=True, slots=True)
class BookedRoom:
    id: int
    name: str
    hourly_rate_cents: int | None
    original_room_id: int | None


@dataclass(frozen=True, slots=True)
class BookedMic:
    name: str
    unit: str
    """The physical unit set aside."""


@dataclass(frozen=True, slots=True)
class LineView:
    kind: LineKind
    description: str
    reason: str
    quantity: Decimal
    unit_price_cents: int
    amount_cents: int


@dataclass(frozen=True, slots=True)
class ChangeRequestView:
    """What the client asked for last, and what they were answered."""

    id: int
    wish: ChangeWish
    message: str
    status: ChangeRequestStatus
    answer: str
    created_at: datetime
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class AuthorizationView:
    type: AuthorizationType
    name: str
    signed_at: datetime
    ip: str
    terms_version: int
    has_image: bool


@dataclass(frozen=True, slots=True)
class UploadView:
    id: int
    name: str
    type: str
    size: int
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class BookingView:
    """Everything of one booking. Money is None and lines are empty for those who may not see it."""

    id: int
    number: str
    version: int
    status: BookingStatus
    source: BookingSource
    mode: ServiceMode
    start: datetime
    end: datetime
    business_date: date
    minutes: int
    buffer_minutes: int
    client: ClientRef
    artist: Named | None
    service_code: str
    service_name: str
    rooms: tuple[BookedRoom, ...]
    engineer: Named | None
    period: str | None
    mics: tuple[BookedMic, ...]
    lines: tuple[LineView, ...]
    payments: tuple[PaymentView, ...]
    authorization: AuthorizationView | None
    change_request: ChangeRequestView | None
    total_cents: int | None
    paid_cents: int | None
    balance_cents: int | None
    deposit_cents: int | None
    deposit_due_at: datetime | None
    currency: str
    policy: Mapping[str, Any]
    terms: str
    notes: str
    referral: Referral | None
    public_token: str
    """Empty for those who may not pass it on."""
    created_at: datetime
    created_by: str
    check_in_from: datetime
    """How early it can be checked in, by the studio's lead of today."""
    checked_in_at: datetime | None
    checked_out_at: datetime | None
    freed_from: datetime | None
    """From here on its time was given back; it was sold until `end`."""
    cancelled_at: datetime | None
    cancel_reason: str
    zone: ZoneInfo
    """The studio's, which people read its times in."""


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A booking in lists and on the calendar."""

    id: int
    number: str
    status: BookingStatus
    source: BookingSource
    mode: ServiceMode
    start: datetime
    end: datetime
    buffer_minutes: int
    business_date: date
    client_id: int
    client_name: str
    artist_name: str
    service_name: str
    room_ids: tuple[int, ...]
    room_names: tuple[str, ...]
    engineer_id: int | None
    engineer_name: str
    period: str
    mic_names: tuple[str, ...]
    is_signed: bool
    total_cents: int | None
    paid_cents: int | None
    deposit_cents: int | None
    deposit_due_at: datetime | None
    check_in_from: datetime
    freed_from: datetime | None
    version: int

    @property
    def ends(self) -> datetime:
        """When it leaves its rooms: before its booked end where the rest was given back."""
        return self.end if self.freed_from is None else min(self.end, max(self.freed_from, self.start))

    @property
    def balance_cents(self) -> int | None:
        if self.total_cents is None or self.paid_cents is None:
            return None
        return self.total_cents - self.paid_cents


@dataclass(frozen=True, slots=True)
class BookingFilters:
    """None and empty mean any. Days are business dates, both ends included."""

    q: str = ""
    statuses: tuple[BookingStatus, ...] = ()
    room_id: int | None = None
    engineer_id: int | None = None
    client_id: int | None = None
    service: str = ""
    mode: ServiceMode | None = None
    source: BookingSource | None = None
    first_day: date | None = None
    last_day: date | None = None
    unsigned: bool = False
    unpaid: bool = needs(Permission.VIEW_CLIENT_MONEY)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One row of the audit, as shown on the booking's page."""

    at: datetime
    actor: str
    action: str
    description: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TodayView:
    """The dashboard: today's sessions and what needs a hand."""

    day: date
    sessions: tuple[BookingRow, ...]
    arriving: tuple[BookingRow, ...]
    """Confirmed and starting within two hours, or late until its end."""
    overdue: tuple[BookingRow, ...]
    """Past its end and still in session, or never checked in; the latest first."""
    unsigned: tuple[BookingRow, ...]
    unpaid: tuple[BookingRow, ...]
    booked_cents: int | None
    collected_cents: int | None
    outstanding_cents: int | None
    payments_count: int | None
