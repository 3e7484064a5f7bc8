"""Pencilled bookings as they are shown: where each stands, and whose clock runs."""

from dataclasses import dataclass
from datetime import datetime

from models.bookings import BookingStatus


@dataclass(frozen=True, slots=True)
class HeldSession:
    """The session a hold is about, as mails speak of it."""

    id: int
    number: str
    token: str
    client_name: str
    client_email: str | None
    service_name: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class MetHold:
    """An active hold that meets another one: at most one of the two can be confirmed."""

    id: int
    number: str
    client_name: str
    start: datetime
    rank: int
    is_above: bool


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
class BookedAsHold:
    """What a hold's view takes from its booking."""

    id: int
    number: str
    status: BookingStatus
    client_name: str
    artist_name: str
    service_name: str
    start: datetime
    end: datetime
    room_ids: tuple[int, ...]
    room_names: tuple[str, ...]
    engineer_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldView(BookedAsHold):
    rank: int
    """1 is first; 0 once it is held no more."""
    placed_at: datetime
    expires_at: datetime | None
    challenge: ChallengeView | None
    challenges: tuple[ChallengeMade, ...]
    above: tuple[HoldRef, ...]
    """First in the queue first."""
    below: tuple[HoldRef, ...]
    blocked_by: str
    """The number of the booking that has taken its time, or in words what has; empty: nothing."""
    can_confirm: bool
    can_challenge: bool
    """Whether a hold above it has not been challenged yet."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a hold would stand that has not been placed yet."""

    rank: int
    above: tuple[HoldRef, ...]
    overtakes: str
    """What booking it firmly means for them, in words; empty: nothing is held then."""
