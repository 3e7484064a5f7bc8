from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base import created_at_field


class Presence(SQLModel, table=True):
    """Who has a booking's page open; it counts while `seen_at` is recent."""

    __tablename__ = "presence"

    booking_id: int = Field(primary_key=True, foreign_key="booking.id")
    user_id: int = Field(primary_key=True, foreign_key="user.id", index=True)
    seen_at: datetime = created_at_field()
    is_editing: bool = False
