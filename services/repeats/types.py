"""What repeating a booking would come to, and the series it makes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.bookings import BookingStatus
from services.scheduling import Answer


class Scope(StrEnum):
    THIS = "THIS"
    FOLLOWING = "FOLLOWING"
    ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of the rule: what it would cost there, or what is in the way.

    `price_cents` is None where the clocks skip the time, and for those who may not see money.
    """

    start: datetime
    end: datetime
    answer: Answer
    price_cents: int | None = None

    @property
    def bookable(self) -> bool:
        return self.answer.bookable


@dataclass(frozen=True, slots=True)
class Member:
    number: str
    start: datetime
    end: datetime
    status: BookingStatus


@dataclass(frozen=True, slots=True)
class Series:
    id: int
    rule: str
    members: tuple[Member, ...]
    """In order of time, the cancelled ones too."""
