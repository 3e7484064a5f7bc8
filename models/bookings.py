from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, Numeric, Sequence, text
from sqlmodel import Field, SQLModel

from models.base import at_field, created_at_field, enum_field, id_field, json_field, maybe_at_field
from models.catalog import ServiceMode, ServicePricing


class BookingStatus(StrEnum):
    """Where a booking stands. Questions about a status are asked here, nowhere else."""

    HOLD = "HOLD"
    PENDING = "PENDING"
    CONFIRMED = "CONFIRMED"
    CHECKED_IN = "CHECKED_IN"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"
    NO_SHOW = "NO_SHOW"
    EXPIRED = "EXPIRED"

    @property
    def holds_time(self) -> bool:
        """Whether its allocations stand in the ledger. A hold blocks nobody."""
        return self in _HOLDS_TIME

    @property
    def is_open(self) -> bool:
        """Whether the session is still to come or under way."""
        return self in _OPEN

    @property
    def is_signable(self) -> bool:
        """Also when it took place unsigned: without a signature nobody could pay for it."""
        return self.is_open or self is BookingStatus.COMPLETED


_HOLDS_TIME = {
    BookingStatus.PENDING,
    BookingStatus.CONFIRMED,
    BookingStatus.CHECKED_IN,
    BookingStatus.COMPLETED,
    BookingStatus.NO_SHOW,
}
_OPEN = {BookingStatus.HOLD, BookingStatus.PENDING, BookingStatus.CONFIRMED, BookingStatus.CHECKED_IN}


class BookingSource(StrEnum):
    STAFF = "STAFF"
    PUBLIC_PAGE = "PUBLIC_PAGE"
    WAITLIST = "WAITLIST"


class ReferralType(StrEnum):
    MANAGER = "MANAGER"
    ENGINEER = "ENGINEER"
    TEAM_MEMBER = "TEAM_MEMBER"
    EXTERNAL = "EXTERNAL"


class LineKind(StrEnum):
    ROOM = "ROOM"
    ENGINEER = "ENGINEER"
    SERVICE = "SERVICE"
    RATE_RULE = "RATE_RULE"
    MIC = "MIC"
    DISCOUNT = "DISCOUNT"
    TAX = "TAX"
    CANCELLATION = "CANCELLATION"
    FEE = "FEE"


class LineStatus(StrEnum):
    PENDING = "PENDING"
    COLLECTED = "COLLECTED"
    PROCESSING = "PROCESSING"
    COMPLETED = "COMPLETED"


class AuthorizationType(StrEnum):
    DIGITAL_SIGNATURE = "DIGITAL_SIGNATURE"
    CHECKBOX_ACKNOWLEDGMENT = "CHECKBOX_ACKNOWLEDGMENT"


booking_number = Sequence("booking_number", start=10001, metadata=SQLModel.metadata)


class Booking(SQLModel, table=True):
    """The agreement, with a copy of everything it was sold under.

    `start` to `end` is the session itself, without the buffer; online work has the span of
    its period on its day.
    """

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint('"end" > start', name="span"),
        CheckConstraint("(mode = 'ONLINE') = (period_id is not null)", name="online_has_period"),
        CheckConstraint("minutes > 0 and buffer_minutes >= 0", name="minutes"),
        CheckConstraint("deposit_cents >= 0", name="deposit"),
        Index("ix_booking_start", "start"),
        Index("ix_booking_business_date", "business_date"),
        Index("ix_booking_status_start", "status", "start"),
        Index("ix_booking_deposit_due_at", "deposit_due_at", postgresql_where=text("status = 'PENDING'")),
    )

    id: int | None = id_field()
    number: str = Field(
        default=None,
        unique=True,
        nullable=False,
        sa_column_kwargs={"server_default": text("'PS-' || nextval('booking_number')::text")},
    )
    public_token: str = Field(unique=True)
    client_id: int = Field(foreign_key="client.id", index=True)
    artist_id: int | None = Field(default=None, foreign_key="artist.id", index=True)
    status: BookingStatus = enum_field(BookingStatus)
    source: BookingSource = enum_field(BookingSource)
    mode: ServiceMode = enum_field(ServiceMode)
    start: datetime = at_field()
    end: datetime = at_field()
    business_date: date
    minutes: int
    """Sold minutes of work; in person, the real elapsed time of the session."""
    buffer_minutes: int
    service_id: int = Field(foreign_key="service.id")
    service_code: str
    service_name: str
    service_pricing: ServicePricing = enum_field(ServicePricing)
    service_price_cents: int
    engineer_id: int | None = Field(default=None, foreign_key="engineer.id", index=True)
    engineer_rate_cents: int | None = None
    original_engineer_id: int | None = Field(default=None, foreign_key="engineer.id")
    """Who was booked first, once somebody else has taken over."""
    period_id: int | None = Field(default=None, foreign_key="period.id")
    currency: str
    tax_rate_pct: Decimal = Field(sa_type=Numeric(6, 3))
    policy: dict[str, Any] = json_field()
    """The cancellation policy it was sold under: free hours, fees in percent, text."""
    terms: str = ""
    terms_version: int
    discount_pct: Decimal | None = Field(default=None, sa_type=Numeric(6, 3))
    """A percentage taken off when sold also counts for what changes later."""
    deposit_cents: int = 0
    deposit_due_at: datetime | None = maybe_at_field()
    series_id: int | None = Field(default=None, foreign_key="booking_series.id", index=True)
    notes: str = ""
    referral_type: ReferralType | None = enum_field(ReferralType, default=None)
    referral_name: str = ""
    created_by: int | None = Field(default=None, foreign_key="user.id")
    created_at: datetime = created_at_field(index=True)
    checked_in_at: datetime | None = maybe_at_field()
    checked_out_at: datetime | None = maybe_at_field()
    freed_from: datetime | None = maybe_at_field()
    """From here on its time was given back, because the session ended early or nobody came; price and
    booked end stay as sold."""
    cancelled_at: datetime | None = maybe_at_field()
    cancel_reason: str = ""
    version: int = 1


class BookingRoom(SQLModel, table=True):
    """A room of the session, at the hourly rate it was sold for."""

    __tablename__ = "booking_room"

    booking_id: int = Field(primary_key=True, foreign_key="booking.id")
    room_id: int = Field(primary_key=True, foreign_key="room.id", index=True)
    position: int = 0
    hourly_rate_cents: int
    original_room_id: int | None = Field(default=None, foreign_key="room.id")


class BookingMic(SQLModel, table=True):
    """A microphone in the session; `gear_unit_id` is the physical one set aside for it."""

    __tablename__ = "booking_mic"

    id: int | None = id_field()
    booking_id: int = Field(foreign_key="booking.id", index=True)
    mic_option_id: int = Field(foreign_key="mic_option.id")
    gear_unit_id: int | None = Field(default=None, foreign_key="gear_unit.id")
    name: str
    upcharge_cents: int = 0


class BookingLine(SQLModel, table=True):
    """One priced item as it was sold. Lines are only ever added, so `id` is their order."""

    __tablename__ = "booking_line"

    id: int | None = id_field()
    booking_id: int = Field(foreign_key="booking.id", index=True)
    kind: LineKind = enum_field(LineKind)
    description: str
    reason: str = ""
    quantity: Decimal = Field(sa_type=Numeric(12, 4))
    unit_price_cents: int
    amount_cents: int
    resource_id: int | None = Field(default=None, foreign_key="resource.id")
    service_id: int | None = Field(default=None, foreign_key="service.id")
    change_id: int | None = Field(default=None, foreign_key="booking_change.id", index=True)
    """The later change that brought it; None: sold at first, or at the end."""
    status: LineStatus = enum_field(LineStatus, default=LineStatus.PENDING)


class BookingAuthorization(SQLModel, table=True):
    """The client's agreement to the terms. Payments refer to it, so none exists without it."""

    __tablename__ = "booking_authorization"

    booking_id: int = Field(primary_key=True, foreign_key="booking.id")
    type: AuthorizationType = enum_field(AuthorizationType)
    image: bytes | None = Field(default=None, sa_type=LargeBinary)
    name: str
    signed_at: datetime = created_at_field()
    ip: str = ""
    user_agent: str = ""
    terms_version: int
    terms_hash: str


class BookingDraft(SQLModel, table=True):
    """A half-filled wizard; whoever knows the token (and, for staff, owns it) goes on with it."""

    __tablename__ = "booking_draft"

    id: int | None = id_field()
    token: str = Field(unique=True)
    user_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    data: dict[str, Any] = json_field()
    updated_at: datetime = created_at_field(index=True)


class Upload(SQLModel, table=True):
    """A file kept outside every public folder, under `name_on_disk`."""

    __tablename__ = "upload"
    __table_args__ = (CheckConstraint("size > 0", name="size"),)

    id: int | None = id_field()
    booking_id: int | None = Field(default=None, foreign_key="booking.id", index=True)
    client_id: int | None = Field(default=None, foreign_key="client.id", index=True)
    draft_id: int | None = Field(default=None, foreign_key="booking_draft.id", ondelete="SET NULL", index=True)
    name: str
    type: str
    size: int
    name_on_disk: str = Field(unique=True)
    uploaded_by: int | None = Field(default=None, foreign_key="user.id")
    uploaded_at: datetime = created_at_field()
    verified_by: int | None = Field(default=None, foreign_key="user.id")
    verification_notes: str = ""
