"""What things cost, and on which days, as the screens and other areas see it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from models.catalog import ServicePricing
from models.rates import RateAdjustment, RateRuleKind


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
class ServicePriceView:
    pricing: ServicePricing
    price_cents: int
    effective_from: datetime
    set_by: int | None
    set_by_name: str


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
