from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, literal_column
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlmodel import Field, SQLModel

from models.base import created_at_field, enum_field, id_field


class AllocationReason(StrEnum):
    SESSION = "SESSION"
    LOCKOUT = "LOCKOUT"
    TIME_OFF = "TIME_OFF"


class LockoutKind(StrEnum):
    ARTIST_LOCKOUT = "ARTIST_LOCKOUT"
    TAKEOVER = "TAKEOVER"
    MAINTENANCE = "MAINTENANCE"


class TimeOffStatus(StrEnum):
    BLOCKED = "BLOCKED"
    VACATION = "VACATION"
    SICK = "SICK"


class TimeOffReason(StrEnum):
    VACATION = "VACATION"
    PERSONAL = "PERSONAL"
    OTHER = "OTHER"


_FINITE = (
    "not isempty(during) and lower_inc(during) and not upper_inc(during)"
    " and isfinite(lower(during)) and isfinite(upper(during))"
)


class Lockout(SQLModel, table=True):
    """Rooms out of sale for days, weeks or months."""

    __tablename__ = "lockout"
    __table_args__ = (CheckConstraint(_FINITE, name="during"),)
    model_config = {"arbitrary_types_allowed": True}

    id: int | None = id_field()
    kind: LockoutKind = enum_field(LockoutKind)
    reason: str
    during: Range[datetime] = Field(sa_type=TSTZRANGE)
    created_by: int | None = Field(default=None, foreign_key="user.id")
    created_at: datetime = created_at_field()


class TimeOff(SQLModel, table=True):
    """An engineer's or performer's own; its allocation forbids sessions."""

    __tablename__ = "time_off"
    __table_args__ = (CheckConstraint(_FINITE, name="during"),)
    model_config = {"arbitrary_types_allowed": True}

    id: int | None = id_field()
    resource_id: int = Field(foreign_key="resource.id", index=True)
    during: Range[datetime] = Field(sa_type=TSTZRANGE)
    status: TimeOffStatus = enum_field(TimeOffStatus)
    reason: TimeOffReason = enum_field(TimeOffReason)
    note: str = ""
    created_by: int | None = Field(default=None, foreign_key="user.id")
    created_at: datetime = created_at_field()


class Allocation(SQLModel, table=True):
    """One resource, one stretch of time, one reason: the ledger of time (domain 1)."""

    __tablename__ = "allocation"
    __table_args__ = (
        ExcludeConstraint(
            (literal_column("int8range(resource_id, resource_id, '[]')"), "&&"),
            (literal_column("during"), "&&"),
            using="gist",
            name="ex_allocation_no_overlap",
        ),
        CheckConstraint("num_nonnulls(booking_id, lockout_id, time_off_id) = 1", name="one_source"),
        CheckConstraint(_FINITE, name="during"),
        Index("ix_allocation_booking_id", "booking_id"),
    )
    model_config = {"arbitrary_types_allowed": True}

    id: int | None = id_field()
    resource_id: int = Field(foreign_key="resource.id")
    during: Range[datetime] = Field(sa_type=TSTZRANGE)
    reason: AllocationReason = enum_field(AllocationReason)
    booking_id: int | None = Field(default=None, foreign_key="booking.id")
    lockout_id: int | None = Field(default=None, sa_column_args=(ForeignKey("lockout.id", ondelete="CASCADE"),))
    time_off_id: int | None = Field(default=None, sa_column_args=(ForeignKey("time_off.id", ondelete="CASCADE"),))


class CapacityDay(SQLModel, table=True):
    """Minutes of online work sold of a period on a day; the CHECK forbids overselling."""

    __tablename__ = "capacity_day"
    __table_args__ = (CheckConstraint("used_minutes >= 0 and used_minutes <= capacity_minutes", name="never_oversold"),)

    day: date = Field(primary_key=True)
    period_id: int = Field(primary_key=True, foreign_key="period.id")
    capacity_minutes: int
    used_minutes: int = 0


class RefusedAttempt(SQLModel, table=True):
    """How often a wish was refused on a day, by reason."""

    __tablename__ = "refused_attempt"

    day: date = Field(primary_key=True)
    reason: str = Field(primary_key=True)
    attempts: int
