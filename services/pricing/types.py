"""What a price is made from, and the lines it is made of. Rates are cents per hour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from models.bookings import LineKind
from services.catalog import MicView, RateRuleView, RoomView, SaleContext, ServiceView
from services.core.studio import Studio


@dataclass(frozen=True, slots=True)
class RoomRate:
    room_id: int
    name: str
    hourly_cents: int
    min_cents: int | None = None
    max_cents: int | None = None


@dataclass(frozen=True, slots=True)
class EngineerRate:
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
class PriceRequest:
    """Everything to be priced, already looked up."""

    start: datetime
    minutes: int
    studio: Studio
    service: ServiceView
    offer: SaleContext
    """Of the rooms and the engineer: the rates in force."""
    rooms: tuple[RoomView, ...] = ()
    engineer_id: int | None = None
    engineer_name: str = ""
    mics: tuple[tuple[MicView, int], ...] = ()
    discount: Discount | None = None
    overrides: tuple[RateOverride, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteInput:
    """A session and the rates in force: all that the price depends on."""

    start: datetime
    minutes: int
    terms: Terms
    service: ServiceView
    rooms: tuple[RoomRate, ...] = ()
    engineer: EngineerRate | None = None
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
