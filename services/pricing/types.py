"""What a price is made from, and the lines it is made of. Rates are cents per hour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from models.bookings import LineKind
from models.pricing import RateAdjustment, RateRuleKind
from services.catalog import ServiceView


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLimitView:
    id: int
    room_id: int
    min_price_cents: int
    max_price_cents: int
    from_day: date
    to_day: date | None
    created_by: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRate:
    """Cents per hour. Without `room_id` it counts in every room."""

    engineer_id: int
    room_id: int | None = None
    hourly_rate_cents: int
    min_rate_cents: int | None = None
    max_rate_cents: int | None = None
    is_override: bool = False
    from_day: date
    to_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateView(NewRate):
    id: int
    overridden_by: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRuleDetails:
    """Evenings, weekends and holidays cost more or less.

    No `weekdays`: every day. `start` and `end` (local; `end` at or before `start` is the next
    day) come together; without them the whole day counts. `from_day` and `to_day` come
    together; without them the rule counts always. PERCENT has `percent`, FIXED_RATE has
    `rate_cents` per hour. The highest `priority` counts at a time.
    """

    name: str
    kind: RateRuleKind
    weekdays: tuple[int, ...] = ()
    start: time | None = None
    end: time | None = None
    from_day: date | None = None
    to_day: date | None = None
    adjustment: RateAdjustment
    percent: Decimal | None = None
    rate_cents: int | None = None
    room_id: int | None = None
    priority: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRuleView(RateRuleDetails):
    id: int
    is_active: bool


@dataclass(frozen=True, slots=True)
class RoomCharge:
    room_id: int
    name: str
    hourly_cents: int
    min_cents: int | None = None
    max_cents: int | None = None


@dataclass(frozen=True, slots=True)
class EngineerCharge:
    engineer_id: int
    name: str
    hourly_cents: int
    min_cents: int | None = None
    max_cents: int | None = None


@dataclass(frozen=True, slots=True)
class MicCharge:
    name: str
    quantity: int
    upcharge_cents: int


@dataclass(frozen=True, slots=True)
class Discount:
    """Either `percent` or `amount_cents`; always with a reason."""

    reason: str
    percent: Decimal | None = None
    amount_cents: int | None = None


@dataclass(frozen=True, slots=True)
class RateOverride:
    """An hourly rate by hand for a room or an engineer; it may pass the limits."""

    resource_id: int
    hourly_cents: int
    reason: str


@dataclass(frozen=True, slots=True)
class Terms:
    """How the studio sells: what every quote needs of its settings."""

    zone: ZoneInfo
    currency: str
    locale: str
    tax_rate_pct: Decimal
    deposit_pct: int


@dataclass(frozen=True, slots=True)
class QuoteInput:
    """A session and the rates in force: all that the price depends on."""

    start: datetime
    minutes: int
    terms: Terms
    service: ServiceView
    rooms: tuple[RoomCharge, ...] = ()
    engineer: EngineerCharge | None = None
    mics: tuple[MicCharge, ...] = ()
    rules: tuple[RateRuleView, ...] = ()
    discount: Discount | None = None
    overrides: Mapping[int, RateOverride] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One priced item; the line, and only the line, is rounded to the cent."""

    kind: LineKind
    description: str
    quantity: Decimal
    unit_price_cents: int
    amount_cents: int
    reason: str = ""
    resource_id: int | None = None
    service_id: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    lines: tuple[QuoteLine, ...]
    deposit_cents: int
    room_rates: Mapping[int, int]
    """The hourly rate each room is sold at, in cents."""
    engineer_rate_cents: int | None = None

    @property
    def total_cents(self) -> int:
        return sum(line.amount_cents for line in self.lines)

    @property
    def subtotal_cents(self) -> int:
        """Before discount and tax."""
        return sum(line.amount_cents for line in self.lines if line.kind not in (LineKind.DISCOUNT, LineKind.TAX))
