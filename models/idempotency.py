from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from models.base import created_at_field, json_field


class AnsweredRequest(SQLModel, table=True):
    """What a request with an Idempotency-Key was answered; kept for a day."""

    __tablename__ = "answered_request"

    fingerprint: bytes = Field(primary_key=True)
    """Of who asked, and the key."""
    request: bytes
    """A hash of what was asked for."""
    answer: dict[str, Any] = json_field()
    created_at: datetime = created_at_field(index=True)
