"""What goes in and what comes out.

`…Details` is what a person fills in; the view of the same thing adds the rest, so a screen
changes one field with `dataclasses.replace(view, …)` and hands the whole back. Days of a
range are both included; an open end is None.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from models.bookings import BookingStatus
from models.catalog import RoomStatus, ServiceMode, ServicePricing


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDetails:
    """Rates are cents per hour; without the two specific rates `base_rate_cents` counts."""

    name: str
    description: str = ""
    status: RoomStatus = RoomStatus.AVAILABLE
    base_rate_cents: int
    rate_with_engineer_cents: int | None = None
    rate_without_engineer_cents: int | None = None
    amenities: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    capacity: int = 1


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
    name: str
    email: str = ""
    phone: str = ""
    bio: str = ""


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

    name: str
    email: str = ""
    phone: str = ""
    skills: tuple[str, ...] = ()
    default_rate_cents: int | None = None
    notes: str = ""


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

    weekday: int
    start: time
    end: time


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

    code: str
    name: str
    mode: ServiceMode
    description: str = ""
    pricing: ServicePricing
    price_cents: int
    duration_minutes: int
    buffer_minutes: int = 0
    needs_engineer: bool = False
    is_visible: bool = True
    preparation: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceView(ServiceDetails):
    id: int
    is_active: bool
    position: int
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodDetails(WeekStretch):
    name: str
    capacity_minutes: int


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

    name: str
    description: str = ""
    upcharge_cents: int = 0
    is_premium: bool = False
    image: str = ""


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
