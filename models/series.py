from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base import created_at_field, id_field


class BookingSeries(SQLModel, table=True):
    """Bookings repeated by a rule; each of them is a booking of its own."""

    __tablename__ = "booking_series"

    id: int | None = id_field()
    rule: str
    """RFC 5545 RRULE without its DTSTART, in the studio's local time."""
    created_by: int | None = Field(default=None, foreign_key="user.id")
    created_at: datetime = created_at_field()
