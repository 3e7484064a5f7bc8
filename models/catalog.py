from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY, TSTZRANGE, Range
from sqlmodel import Field, SQLModel

from models.base import created_at_field, enum_field, id_field, json_field, maybe_at_field


class ResourceKind(StrEnum):
    ROOM = "ROOM"
    ENGINEER = "ENGINEER"
    PERFORMER = "PERFORMER"
    GEAR_UNIT = "GEAR_UNIT"


class RoomStatus(StrEnum):
    AVAILABLE = "AVAILABLE"
    MAINTENANCE = "MAINTENANCE"
    LOCKED = "LOCKED"


class ServiceMode(StrEnum):
    ONLINE = "ONLINE"
    IN_PERSON = "IN_PERSON"


class ServicePricing(StrEnum):
    HOURLY = "HOURLY"
    FLAT = "FLAT"


class Resource(SQLModel, table=True):
    """Anything that can be in one place at a time. Its subtypes share this primary key."""

    __tablename__ = "resource"

    id: int | None = id_field()
    kind: ResourceKind = enum_field(ResourceKind, index=True)
    name: str
    is_active: bool = True


class Room(SQLModel, table=True):
    """Rates are cents per hour; without the two specific rates `base_rate_cents` counts."""

    __tablename__ = "room"
    __table_args__ = (
        CheckConstraint(
            "least(base_rate_cents, rate_with_engineer_cents, rate_without_engineer_cents) >= 0", name="rates"
        ),
        CheckConstraint("capacity >= 1", name="capacity"),
    )

    id: int = Field(primary_key=True, foreign_key="resource.id")
    name: str = Field(unique=True)
    description: str = ""
    status: RoomStatus = enum_field(RoomStatus, default=RoomStatus.AVAILABLE)
    base_rate_cents: int
    rate_with_engineer_cents: int | None = None
    rate_without_engineer_cents: int | None = None
    amenities: list[str] = json_field("[]")
    images: list[str] = json_field("[]")
    capacity: int = 1
    position: int = 0
    deleted_at: datetime | None = maybe_at_field()


class Engineer(SQLModel, table=True):
    __tablename__ = "engineer"

    id: int = Field(primary_key=True, foreign_key="resource.id")
    name: str
    email: str = ""
    phone: str = ""
    bio: str = ""
    user_id: int | None = Field(default=None, foreign_key="user.id", unique=True)
    deleted_at: datetime | None = maybe_at_field()


class Performer(SQLModel, table=True):
    """Plays or sings in sessions. `default_rate_cents` is per session."""

    __tablename__ = "performer"
    __table_args__ = (CheckConstraint("default_rate_cents >= 0", name="default_rate"),)

    id: int = Field(primary_key=True, foreign_key="resource.id")
    name: str
    email: str = ""
    phone: str = ""
    skills: list[str] = Field(sa_type=ARRAY(String), default_factory=list)
    default_rate_cents: int | None = None
    notes: str = ""
    user_id: int | None = Field(default=None, foreign_key="user.id", unique=True)
    deleted_at: datetime | None = maybe_at_field()


class RoomEngineer(SQLModel, table=True):
    """Only these engineers may work in the room; one room at most is an engineer's primary."""

    __tablename__ = "room_engineer"
    __table_args__ = (
        Index("uq_room_engineer_primary", "engineer_id", unique=True, postgresql_where=text("is_primary")),
    )

    room_id: int = Field(primary_key=True, foreign_key="room.id")
    engineer_id: int = Field(primary_key=True, foreign_key="engineer.id", index=True)
    is_primary: bool = False


class WorkingHours(SQLModel, table=True):
    """A stretch of an engineer's or performer's week, local time; `end` at or before `start` is the next day."""

    __tablename__ = "working_hours"
    __table_args__ = (CheckConstraint("weekday between 0 and 6", name="weekday"),)

    id: int | None = id_field()
    resource_id: int = Field(foreign_key="resource.id", index=True)
    weekday: int
    """0 is Monday."""
    start: time
    end: time


class ExtraAvailability(SQLModel, table=True):
    """Time somebody works outside the weekly hours."""

    __tablename__ = "extra_availability"
    __table_args__ = (CheckConstraint("not isempty(during)", name="during"),)
    model_config = {"arbitrary_types_allowed": True}

    id: int | None = id_field()
    resource_id: int = Field(foreign_key="resource.id", index=True)
    during: Range[datetime] = Field(sa_type=TSTZRANGE)
    note: str = ""


class Service(SQLModel, table=True):
    """`price_cents` is per hour or flat, by `pricing`."""

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("price_cents >= 0", name="price"),
        CheckConstraint("duration_minutes > 0 and buffer_minutes >= 0", name="minutes"),
    )

    id: int | None = id_field()
    code: str = Field(unique=True)
    name: str
    mode: ServiceMode = enum_field(ServiceMode)
    description: str = ""
    pricing: ServicePricing = enum_field(ServicePricing)
    price_cents: int
    duration_minutes: int
    buffer_minutes: int = 0
    needs_engineer: bool = False
    is_active: bool = True
    is_visible: bool = True
    position: int = 0
    preparation: str = ""
    attributes: dict[str, Any] = json_field()
    deleted_at: datetime | None = maybe_at_field()


class ServicePrice(SQLModel, table=True):
    """What a service cost from when on, and who set it."""

    __tablename__ = "service_price"

    id: int | None = id_field()
    service_id: int = Field(foreign_key="service.id", index=True)
    pricing: ServicePricing = enum_field(ServicePricing)
    price_cents: int
    effective_from: datetime = created_at_field()
    set_by: int | None = Field(default=None, foreign_key="user.id")


class Period(SQLModel, table=True):
    """A named part of a weekday when the studio is open; it may end after midnight."""

    __tablename__ = "period"
    __table_args__ = (
        CheckConstraint("weekday between 0 and 6", name="weekday"),
        CheckConstraint("capacity_minutes >= 0", name="capacity"),
        Index("uq_period_weekday_name", "weekday", "name", unique=True, postgresql_where=text("is_active")),
    )

    id: int | None = id_field()
    weekday: int
    """0 is Monday."""
    name: str
    start: time
    end: time
    capacity_minutes: int
    is_active: bool = True


class Closure(SQLModel, table=True):
    """Local days, both ends included, on which the studio is closed."""

    __tablename__ = "closure"
    __table_args__ = (CheckConstraint("first_day <= last_day", name="days"),)

    id: int | None = id_field()
    first_day: date
    last_day: date
    reason: str


class MicOption(SQLModel, table=True):
    """A kind of microphone on offer; a standard one (not premium) is included in the price."""

    __tablename__ = "mic_option"
    __table_args__ = (CheckConstraint("upcharge_cents >= 0", name="upcharge"),)

    id: int | None = id_field()
    name: str = Field(unique=True)
    description: str = ""
    upcharge_cents: int = 0
    is_premium: bool = False
    is_active: bool = True
    image: str = ""
    position: int = 0


class GearUnit(SQLModel, table=True):
    """One physical piece of gear, so that it is never in two sessions."""

    __tablename__ = "gear_unit"

    id: int = Field(primary_key=True, foreign_key="resource.id")
    mic_option_id: int | None = Field(default=None, foreign_key="mic_option.id", index=True)
    serial_number: str = ""
