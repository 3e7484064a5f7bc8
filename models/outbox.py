from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from models.base import created_at_field, enum_field, folded_field, id_field, maybe_at_field


class DeliveryStatus(StrEnum):
    PENDING = "PENDING"
    SENT = "SENT"
    FAILED = "FAILED"
    BOUNCED = "BOUNCED"
    UNSUBSCRIBED = "UNSUBSCRIBED"


class DeliveryType(StrEnum):
    PASSWORD_RESET = "PASSWORD_RESET"
    BOOKING_CREATED = "BOOKING_CREATED"
    BOOKING_AUTHORIZATION = "BOOKING_AUTHORIZATION"
    BOOKING_CONFIRMED = "BOOKING_CONFIRMED"
    BOOKING_CHANGED = "BOOKING_CHANGED"
    PAYMENT_RECEIVED = "PAYMENT_RECEIVED"
    ROOM_LOCKOUT = "ROOM_LOCKOUT"
    HOLD_CHANGED = "HOLD_CHANGED"
    WAITLIST_OFFER = "WAITLIST_OFFER"
    SWAP_REQUESTED = "SWAP_REQUESTED"
    CLIENT_LINK = "CLIENT_LINK"


class Delivery(SQLModel, table=True):
    """A mail to send, written in the transaction of the event it tells of."""

    __tablename__ = "delivery"

    id: int | None = id_field()
    type: DeliveryType = enum_field(DeliveryType)
    to: str
    subject: str
    body: str
    status: DeliveryStatus = enum_field(DeliveryStatus, default=DeliveryStatus.PENDING, index=True)
    retry_count: int = 0
    next_retry_at: datetime | None = maybe_at_field()
    failure_reason: str = ""
    sent_at: datetime | None = maybe_at_field()
    opened_at: datetime | None = maybe_at_field()
    booking_id: int | None = Field(default=None, foreign_key="booking.id", index=True)
    created_at: datetime = created_at_field(index=True)
    folded: str | None = folded_field("\"to\" || ' ' || subject")
