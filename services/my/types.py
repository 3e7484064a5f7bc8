from dataclasses import dataclass, field
from datetime import datetime

from services.bookings import BookingRow
from services.core.studio import Studio
from services.feeds import FeedView


@dataclass(frozen=True, slots=True)
class Entered:
    """The only moment the token is known; afterwards there is only its hash."""

    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OwnBooking:
    """With the token of its page."""

    booking: BookingRow
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Overview:
    email: str
    upcoming: tuple[OwnBooking, ...]
    """The next one first."""
    past: tuple[OwnBooking, ...]
    """The latest first."""
    feeds: tuple[FeedView, ...]
    """Calendar addresses the client made."""
    studio: Studio
