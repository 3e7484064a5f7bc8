from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql import TSTZRANGE, Range
from sqlmodel import Field, SQLModel

from models.base import FINITE_SPAN, created_at_field, enum_field, id_field


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


class Lockout(SQLModel, table=True):
    """Rooms out of sale for days, weeks or months."""

    __tablename__ = "lockout"
    __table_args__ = (CheckConstraint(FINITE_SPAN, name="during"),)
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
    __table_args__ = (CheckConstraint(FINITE_SPAN, name="during"),)
    model_config = {"arbitrary_types_allowed": True}

    id: int | None = id_field()
    resource_id: int = Field(foreign_key="resource.id", index=True)
    during: Range[datetime] = Field(sa_type=TSTZRANGE)
    status: TimeOffStatus = enum_field(TimeOffStatus)
    reason: TimeOffReason = enum_field(TimeOffReason)
    note: str = ""
    created_by: int | None = Field(default=None, foreign_key="user.id")
    created_at: datetime = created_at_field()
