"""Pencilled bookings as they are shown: where each stands, and whose clock runs."""

from dataclasses import dataclass
from datetime import datetime

from models.bookings import BookingStatus


@dataclass(frozen=True, slots=True)
class HoldRef:
    """Another hold that it meets. The client is empty for those who may not see all sessions."""

    id: int
    number: str
    client_name: str
    rank: int


@dataclass(frozen=True, slots=True)
class ChallengeView:
    """A lower hold asks this one to confirm or release until `due_at`."""

    id: int
    by_number: str
    by_client: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ChallengeMade:
    """What this hold asks of one above it."""

    id: int
    number: str
    client_name: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldView:
    id: int
    """Its booking's."""
    number: str
    status: BookingStatus
    rank: int
    """1 is first; 0 once it is held no more."""
    client_name: str
    artist_name: str
    service_name: str
    start: datetime
    end: datetime
    room_ids: tuple[int, ...]
    room_names: tuple[str, ...]
    engineer_name: str
    placed_at: datetime
    expires_at: datetime | None
    challenge: ChallengeView | None
    challenges: tuple[ChallengeMade, ...]
    above: tuple[HoldRef, ...]
    """First in line first."""
    below: tuple[HoldRef, ...]
    blocked_by: str
    """The number of the booking that has taken its time, or in words what has; empty: nothing."""
    can_confirm: bool
    can_challenge: bool
    """Whether a hold above it has not been challenged yet."""
