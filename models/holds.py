from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from models.base import at_field, created_at_field, enum_field, id_field, maybe_at_field


class ChallengeOutcome(StrEnum):
    OPEN = "OPEN"
    CONFIRMED = "CONFIRMED"
    """The one above made it firm."""
    RELEASED = "RELEASED"
    EXPIRED = "EXPIRED"
    """The clock ran out."""
    WITHDRAWN = "WITHDRAWN"


class Hold(SQLModel, table=True):
    """A pencilled booking. Its rank follows from `placed_at` among the holds it meets; `id` is its booking's."""

    __tablename__ = "hold"

    id: int = Field(primary_key=True, foreign_key="booking.id")
    placed_at: datetime = created_at_field(index=True)
    expires_at: datetime | None = maybe_at_field()
    """When the studio's days for it are over; None: never. It ends by itself no later than its session begins."""


class HoldChallenge(SQLModel, table=True):
    """A lower hold asks the one above to confirm or release by `due_at`."""

    __tablename__ = "hold_challenge"
    __table_args__ = (
        CheckConstraint("challenger_id <> challenged_id", name="two_holds"),
        CheckConstraint("(outcome = 'OPEN') = (resolved_at is null)", name="resolved"),
        Index("uq_hold_challenge_open", "challenged_id", unique=True, postgresql_where=text("outcome = 'OPEN'")),
        Index("ix_hold_challenge_due_at", "due_at", postgresql_where=text("outcome = 'OPEN'")),
    )

    id: int | None = id_field()
    challenger_id: int = Field(foreign_key="hold.id", index=True)
    challenged_id: int = Field(foreign_key="hold.id", index=True)
    due_at: datetime = at_field()
    outcome: ChallengeOutcome = enum_field(ChallengeOutcome, default=ChallengeOutcome.OPEN)
    created_by: int | None = Field(default=None, foreign_key="user.id")
    created_at: datetime = created_at_field()
    resolved_at: datetime | None = maybe_at_field()
