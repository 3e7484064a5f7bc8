from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from models.base import created_at_field, enum_field, id_field, json_field, maybe_at_field


class ChangeKind(StrEnum):
    TIME = "TIME"
    ROOM_SWAP = "ROOM_SWAP"
    ROOMS = "ROOMS"
    ENGINEER_SWAP = "ENGINEER_SWAP"
    EXTENSION = "EXTENSION"
    MOVE = "MOVE"
    """Time together with rooms or engineer, as a drop on the calendar does."""


class SwapRequestStatus(StrEnum):
    OPEN = "OPEN"
    DONE = "DONE"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class ChangeWish(StrEnum):
    """What a client may ask of a booking."""

    CANCEL = "CANCEL"
    CHANGE = "CHANGE"


class ChangeRequestStatus(StrEnum):
    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class BookingChange(SQLModel, table=True):
    """A change to a booking's time, rooms or engineer: who, when, why, and what it was before.

    `before` and `after` hold time, rooms, engineer, microphones and allocations whole, so that
    the last change can be undone exactly.
    """

    __tablename__ = "booking_change"

    id: int | None = id_field()
    booking_id: int = Field(foreign_key="booking.id", index=True)
    kind: ChangeKind = enum_field(ChangeKind)
    reason: str = ""
    before: dict[str, Any] = json_field()
    after: dict[str, Any] = json_field()
    price_difference_cents: int = 0
    changed_by: int | None = Field(default=None, foreign_key="user.id")
    changed_at: datetime = created_at_field()
    undone_by: int | None = Field(default=None, foreign_key="user.id")
    undone_at: datetime | None = maybe_at_field()


class SwapRequest(SQLModel, table=True):
    """An engineer asks to be replaced in a session; staff decide."""

    __tablename__ = "swap_request"
    __table_args__ = (
        CheckConstraint("(status = 'OPEN') = (resolved_at is null)", name="resolved"),
        Index(
            "uq_swap_request_open", "booking_id", "engineer_id", unique=True, postgresql_where=text("status = 'OPEN'")
        ),
    )

    id: int | None = id_field()
    booking_id: int = Field(foreign_key="booking.id", index=True)
    engineer_id: int = Field(foreign_key="engineer.id", index=True)
    reason: str
    status: SwapRequestStatus = enum_field(SwapRequestStatus, default=SwapRequestStatus.OPEN)
    created_by: int | None = Field(default=None, foreign_key="user.id")
    created_at: datetime = created_at_field()
    resolved_by: int | None = Field(default=None, foreign_key="user.id")
    resolved_at: datetime | None = maybe_at_field()


class ChangeRequest(SQLModel, table=True):
    """A client asks, from the page of their booking, to cancel or change it; staff decide."""

    __tablename__ = "change_request"
    __table_args__ = (
        CheckConstraint("(status = 'OPEN') = (resolved_at is null)", name="resolved"),
        Index("uq_change_request_open", "booking_id", unique=True, postgresql_where=text("status = 'OPEN'")),
    )

    id: int | None = id_field()
    booking_id: int = Field(foreign_key="booking.id", index=True)
    wish: ChangeWish = enum_field(ChangeWish)
    message: str = ""
    status: ChangeRequestStatus = enum_field(ChangeRequestStatus, default=ChangeRequestStatus.OPEN)
    answer: str = ""
    """What the studio wrote last; the client reads it."""
    created_at: datetime = created_at_field()
    resolved_by: int | None = Field(default=None, foreign_key="user.id")
    resolved_at: datetime | None = maybe_at_field()
