"""What goes in and what comes out.

`…Details` is what a person fills in; the view of the same thing adds the rest, so a screen
changes one field with `dataclasses.replace(view, …)` and hands the whole back. Days of a
range are both included; an open end is None.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Annotated, Any

from models.bookings import BookingStatus
from models.catalog import RoomStatus, ServiceMode, ServicePricing
from services.core import checks
from services.core.fields import TEXT_LIMIT, parse_json, parse_name
from services.core.records import Check

_Description = Annotated[str, Check(checks.text, "The description")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDetails:
    """Rates are cents per hour; without the two specific rates `base_rate_cents` counts."""

    name: Annotated[str, Check(parse_name, "The room's name")]
    description: _Description = ""
    status: RoomStatus = RoomStatus.AVAILABLE
    base_rate_cents: Annotated[int, Check(checks.cents, "The hourly rate")]
    rate_with_engineer_cents: Annotated[int | None, Check(checks.optional_cents, "The rate with engineer")] = None
    rate_without_engineer_cents: Annotated[int | None, Check(checks.optional_cents, "The rate without engineer")] = None
    amenities: Annotated[tuple[str, ...], Check(checks.texts, "An amenity", most=40, limit=80)] = ()
    images: Annotated[tuple[str, ...], Check(checks.links, "A picture's address", most=20)] = ()
    capacity: Annotated[int, Check(checks.whole, "The number of people", 1, 1_000)] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomView(RoomDetails):
    id: int
    position: int
    is_active: bool
    deleted_at: datetime | None
    engineer_ids: tuple[int, ...]
    """Who may work here, retired engineers left out."""

    @property
    def is_on_offer(self) -> bool:
        """Whether the public page shows it."""
        return self.is_active and self.deleted_at is None and self.status is RoomStatus.AVAILABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineerDetails:
    name: Annotated[str, Check(parse_name, "The engineer's name")]
    email: Annotated[str, Check(checks.email)] = ""
    phone: str = ""
    """In the studio's region; stored as E.164."""
    bio: Annotated[str, Check(checks.text, "The bio")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineerView(EngineerDetails):
    id: int
    user_id: int | None
    is_active: bool
    deleted_at: datetime | None
    room_ids: tuple[int, ...]
    primary_room_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformerDetails:
    """`default_rate_cents` is per session."""

    name: Annotated[str, Check(parse_name, "The performer's name")]
    email: Annotated[str, Check(checks.email)] = ""
    phone: str = ""
    """In the studio's region; stored as E.164."""
    skills: Annotated[tuple[str, ...], Check(checks.texts, "A skill", most=20, limit=60)] = ()
    default_rate_cents: Annotated[int | None, Check(checks.optional_cents, "The rate")] = None
    notes: Annotated[str, Check(checks.text, "The notes")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformerView(PerformerDetails):
    id: int
    user_id: int | None
    is_active: bool
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEngineer:
    id: int
    name: str
    bio: str
    room_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekStretch:
    """A part of the week, local time; `end` at or before `start` is the next day. 0 is Monday."""

    weekday: Annotated[int, Check(checks.whole, "The weekday", 0, 6)]
    start: Annotated[time, Check(checks.local_time)]
    end: Annotated[time, Check(checks.local_time)]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHoursView(WeekStretch):
    id: int
    resource_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraAvailabilityView:
    id: int
    resource_id: int
    start: datetime
    end: datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDetails:
    """`price_cents` is per hour or flat, by `pricing`."""

    code: Annotated[str, Check(checks.code)]
    name: Annotated[str, Check(parse_name, "The service's name")]
    mode: ServiceMode
    description: _Description = ""
    pricing: ServicePricing
    price_cents: Annotated[int, Check(checks.cents, "The price")]
    duration_minutes: Annotated[int, Check(checks.whole, "The duration in minutes", 1, 7 * checks.DAY_MINUTES)]
    buffer_minutes: Annotated[int, Check(checks.whole, "The buffer", 0, checks.DAY_MINUTES)] = 0
    needs_engineer: bool = False
    is_visible: bool = True
    preparation: Annotated[str, Check(checks.text, "What to prepare")] = ""
    attributes: Annotated[dict[str, Any], Check(parse_json, "Attributes", limit=TEXT_LIMIT)] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceView(ServiceDetails):
    id: int
    is_active: bool
    position: int
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodDetails(WeekStretch):
    name: Annotated[str, Check(parse_name, "The period's name")]
    capacity_minutes: Annotated[int, Check(checks.whole, "The capacity in minutes", 0, 100_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodView(PeriodDetails):
    id: int
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureView:
    """Local days, both included."""

    id: int
    first_day: date
    last_day: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionMet:
    """An open booking that a closure falls on."""

    number: str
    start: datetime
    end: datetime
    status: BookingStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureAdded:
    closure: ClosureView
    sessions: tuple[SessionMet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MicDetails:
    """A standard mic (not premium) is included in the price, so it has no upcharge."""

    name: Annotated[str, Check(parse_name, "The mic's name")]
    description: _Description = ""
    upcharge_cents: int = 0
    is_premium: bool = False
    image: Annotated[str, Check(checks.link, "The picture's address")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MicView(MicDetails):
    id: int
    is_active: bool
    position: int
    units: int
    """Physical mics in service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GearUnitView:
    id: int
    mic_option_id: int | None
    name: str
    serial_number: str
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePriceView:
    pricing: ServicePricing
    price_cents: int
    effective_from: datetime
    set_by: int | None
    set_by_name: str
