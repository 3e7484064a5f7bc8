"""A line somebody typed, what its words may mean, and what was made of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from models.bookings import BookingStatus
from services.bookings import NewBooking
from services.pricing import Quote
from services.scheduling import Reason

T = TypeVar("T")


class Kind(StrEnum):
    """What a part of the line, or a question about it, is about."""

    DATE = "date"
    TIME = "time"
    LENGTH = "length"
    PERIOD = "period"
    SERVICE = "service"
    ROOM = "room"
    ENGINEER = "engineer"
    MIC = "mic"
    CLIENT = "client"
    ARTIST = "artist"
    STATUS = "status"
    NOTES = "notes"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of the catalog that a line may name. The engineer with id 0 is none at all."""

    kind: Kind
    id: int
    name: str
    code: str = ""
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Hours:
    """Local; an `end` at or before `start` is the next day. None: only the start was said."""

    start: time
    end: time | None = None

    @property
    def lasts(self) -> timedelta | None:
        """By the clock on the wall."""
        if self.end is None:
            return None
        minutes = (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute
        return timedelta(minutes=minutes if minutes > 0 else minutes + 24 * 60)


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """Words of the line and what they may mean: one thing, or several to ask about."""

    words: str
    spans: tuple[tuple[int, int], ...]
    meanings: tuple[T, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What can be named, and the day it is."""

    things: tuple[Thing, ...]
    periods: tuple[str, ...]
    """Names of the parts of the day."""
    today: date
    day_first: bool = False
    """Whether 5/12 is in December."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The whole line: every word of it is in one of these."""

    text: str
    day: Said[date] | None
    hours: Said[Hours] | None
    minutes: Said[int] | None
    part_of_day: Said[str] | None
    is_night: bool
    """“Tonight”: small hours belong to the day after."""
    things: tuple[Said[Thing], ...]
    client: Said[str] | None
    artist: Said[str] | None
    status: Said[BookingStatus] | None
    again: Said[bool] | None
    """Whether the rest is to be as last time."""
    notes: Said[str] | None
    unknown: tuple[Said[str], ...]
    is_client_open: bool = False
    """Nothing but a likeness says that those words are the client's."""


@dataclass(frozen=True, slots=True)
class Part:
    """What was understood, and the words it came from; none where it follows from an answer or a rule."""

    kind: Kind
    label: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """`key` is what the answer is given under. Without choices, the line itself has to say more."""

    key: str
    kind: Kind
    message: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Instead:
    """Another time or room that is free, and the line that asks for it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    text: str
    parts: tuple[Part, ...] = ()
    questions: tuple[Question, ...] = ()
    problems: tuple[str, ...] = ()
    """What cannot be as it was asked for."""
    notes: tuple[str, ...] = ()
    """What booking it would mean for others."""
    start: datetime | None = None
    end: datetime | None = None
    new: NewBooking | None = None
    """What would be booked, as far as it can be priced."""
    quote: Quote | None = None
    reasons: tuple[Reason, ...] = ()
    """What is in the way."""
    instead: tuple[Instead, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Everything is understood and answered; the time may still be taken."""
        return self.new is not None and self.quote is not None and not self.questions and not self.problems

    @property
    def is_bookable(self) -> bool:
        """A hold blocks nobody, so nothing is in its way."""
        is_hold = self.new is not None and self.new.status is BookingStatus.HOLD
        return self.is_clear and (is_hold or not self.reasons)
