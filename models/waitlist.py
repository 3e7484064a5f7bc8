from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, Integer, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from models.base import at_field, created_at_field, enum_field, id_field, maybe_at_field


class WishStatus(StrEnum):
    WAITING = "WAITING"
    OFFERED = "OFFERED"
    BOOKED = "BOOKED"
    WITHDRAWN = "WITHDRAWN"
    PASSED = "PASSED"
    """Its last day is over."""


class OfferStatus(StrEnum):
    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"


class WaitlistWish(SQLModel, table=True):
    """Time somebody would take if it became free. No rooms: any; without hours: the whole day."""

    __tablename__ = "waitlist_wish"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("(not_before is null) = (not_after is null)", name="hours"),
    )

    id: int | None = id_field()
    token: str = Field(unique=True)
    """In the client's link to answer an offer or withdraw the wish."""
    client_id: int = Field(foreign_key="client.id", index=True)
    artist_id: int | None = Field(default=None, foreign_key="artist.id")
    service_id: int = Field(foreign_key="service.id")
    room_ids: list[int] = Field(sa_type=ARRAY(Integer), default_factory=list)
    engineer_id: int | None = Field(default=None, foreign_key="engineer.id")
    first_day: date
    last_day: date
    not_before: time | None = None
    """Local; with `not_after`, the hours within which the session must lie. It may run past midnight."""
    not_after: time | None = None
    minutes: int
    notes: str = ""
    status: WishStatus = enum_field(WishStatus, default=WishStatus.WAITING, index=True)
    created_by: int | None = Field(default=None, foreign_key="user.id")
    created_at: datetime = created_at_field()


class WaitlistOffer(SQLModel, table=True):
    """Time that became free, kept for one wish until `due_at` by a pending booking."""

    __tablename__ = "waitlist_offer"
    __table_args__ = (
        Index("uq_waitlist_offer_open", "wish_id", unique=True, postgresql_where=text("status = 'OPEN'")),
        Index("ix_waitlist_offer_due_at", "due_at", postgresql_where=text("status = 'OPEN'")),
    )

    id: int | None = id_field()
    wish_id: int = Field(foreign_key="waitlist_wish.id", index=True)
    booking_id: int = Field(foreign_key="booking.id", unique=True)
    due_at: datetime = at_field()
    status: OfferStatus = enum_field(OfferStatus, default=OfferStatus.OPEN)
    created_at: datetime = created_at_field()
    answered_at: datetime | None = maybe_at_field()
