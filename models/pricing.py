"""What things cost, and on which days."""

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Integer, Numeric, literal_column
from sqlalchemy.dialects.postgresql import ARRAY, DATERANGE, ExcludeConstraint, Range
from sqlmodel import Field, SQLModel

from models.base import created_at_field, enum_field, id_field


class RateRuleKind(StrEnum):
    EVENING = "EVENING"
    WEEKEND = "WEEKEND"
    HOLIDAY = "HOLIDAY"


class RateAdjustment(StrEnum):
    PERCENT = "PERCENT"
    FIXED_RATE = "FIXED_RATE"


class RoomPriceLimit(SQLModel, table=True):
    """Bounds of a room's hourly rate on the days of `effective`; limits of a room never overlap."""

    __tablename__ = "room_price_limit"
    __table_args__ = (
        CheckConstraint("min_price_cents >= 0 and min_price_cents <= max_price_cents", name="bounds"),
        ExcludeConstraint(
            (literal_column("int8range(room_id, room_id, '[]')"), "&&"),
            (literal_column("effective"), "&&"),
            using="gist",
            name="ex_room_price_limit_no_overlap",
        ),
    )
    model_config = {"arbitrary_types_allowed": True}

    id: int | None = id_field()
    room_id: int = Field(foreign_key="room.id", index=True)
    min_price_cents: int
    max_price_cents: int
    effective: Range[date] = Field(sa_type=DATERANGE)
    created_by: int | None = Field(default=None, foreign_key="user.id")
    created_at: datetime = created_at_field()


class EngineerRate(SQLModel, table=True):
    """Cents per hour. Without `room_id` it counts in every room."""

    __tablename__ = "engineer_rate"
    __table_args__ = (
        CheckConstraint("hourly_rate_cents >= 0", name="hourly_rate"),
        CheckConstraint("min_rate_cents <= max_rate_cents", name="bounds"),
    )
    model_config = {"arbitrary_types_allowed": True}

    id: int | None = id_field()
    engineer_id: int = Field(foreign_key="engineer.id", index=True)
    room_id: int | None = Field(default=None, foreign_key="room.id")
    hourly_rate_cents: int
    min_rate_cents: int | None = None
    max_rate_cents: int | None = None
    is_override: bool = False
    overridden_by: int | None = Field(default=None, foreign_key="user.id")
    effective: Range[date] = Field(sa_type=DATERANGE)
    created_at: datetime = created_at_field()


class RateRule(SQLModel, table=True):
    """Evenings, weekends and holidays cost more or less; the highest priority counts at a time."""

    __tablename__ = "rate_rule"
    __table_args__ = (
        CheckConstraint(
            "(adjustment = 'PERCENT') = (percent is not null)"
            " and (adjustment = 'FIXED_RATE') = (rate_cents is not null)",
            name="value",
        ),
        CheckConstraint("rate_cents >= 0 and percent > -100", name="range"),
    )
    model_config = {"arbitrary_types_allowed": True}

    id: int | None = id_field()
    name: str
    kind: RateRuleKind = enum_field(RateRuleKind)
    weekdays: list[int] = Field(sa_type=ARRAY(Integer), default_factory=list)
    """0 is Monday; empty means every day."""
    start: time | None = None
    """Local; with `end`, the part of the day that counts. None: the whole day."""
    end: time | None = None
    days: Range[date] | None = Field(default=None, sa_type=DATERANGE, nullable=True)
    """Only on these days (holidays); None: always."""
    adjustment: RateAdjustment = enum_field(RateAdjustment)
    percent: Decimal | None = Field(default=None, sa_type=Numeric(6, 3))
    rate_cents: int | None = None
    room_id: int | None = Field(default=None, foreign_key="room.id")
    priority: int = 0
    is_active: bool = True
