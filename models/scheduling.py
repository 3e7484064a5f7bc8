from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, literal_column
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlmodel import Field, SQLModel

from models.base import FINITE_SPAN, enum_field, id_field


class AllocationReason(StrEnum):
    SESSION = "SESSION"
    LOCKOUT = "LOCKOUT"
    TIME_OFF = "TIME_OFF"


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
        CheckConstraint(FINITE_SPAN, name="during"),
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
