"""What is asked for, what is free, and what is in the way."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from operator import itemgetter

from models.bookings import BookingStatus
from models.scheduling import AllocationReason
from services.core.errors import Invalid


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open, `[start, end)`."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class MicRequest:
    mic_option_id: int
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class SlotRequest:
    """A session somebody wants: all its resources at the same time, or nothing."""

    start: datetime
    minutes: int
    room_ids: tuple[int, ...]
    buffer_minutes: int = 0
    engineer_id: int | None = None
    mics: tuple[MicRequest, ...] = ()
    units: tuple[int, ...] = ()
    """Physical microphones it would rather have: those it has already."""

    def __post_init__(self) -> None:
        """UTC, because adding minutes to a wall clock is wrong when the clocks change."""
        if self.start.tzinfo is None:
            raise Invalid("The start needs a time zone.", field="start")
        object.__setattr__(self, "start", self.start.astimezone(UTC))

    @property
    def session(self) -> Span:
        return self.spans_at(self.start)[0]

    @property
    def occupied(self) -> Span:
        """The session and the buffer behind it: what its allocations take."""
        return self.spans_at(self.start)[1]

    def spans_at(self, start: datetime) -> tuple[Span, Span]:
        """Session and occupied time, were it to start then."""
        end = start + timedelta(minutes=self.minutes)
        return Span(start, end), Span(start, end + timedelta(minutes=self.buffer_minutes))


class ReasonCode(StrEnum):
    PAST = "past"
    CLOSED = "closed"
    CLOSURE = "closure"
    BOOKED = "booked"
    LOCKOUT = "lockout"
    TIME_OFF = "time_off"
    NOT_WORKING = "not_working"
    NOT_QUALIFIED = "not_qualified"
    UNAVAILABLE = "unavailable"
    MIC_SHORT = "mic_short"
    CAPACITY_SHORT = "capacity_short"
    TOO_SOON = "too_soon"
    TOO_FAR = "too_far"
    OFF_STEP = "off_step"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing in the way, as people would say it."""

    code: ReasonCode
    message: str
    resource_id: int | None = None
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    start: datetime
    room_ids: tuple[int, ...]
    engineer_id: int | None
    label: str
    """Short words for a button: `4:30 pm, Studio A`."""


@dataclass(frozen=True, slots=True)
class Answer:
    bookable: bool
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class RoomFree:
    room_id: int
    free: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DayAvailability:
    day: date
    rooms: tuple[RoomFree, ...]
    starts: tuple[datetime, ...]
    """Starts, in the studio's steps, that fit all the rooms asked for together."""


@dataclass(frozen=True, slots=True)
class Slot:
    start: datetime
    is_free: bool


@dataclass(frozen=True, slots=True)
class EngineerChoice:
    engineer_id: int
    name: str
    is_free: bool
    is_primary: bool
    """Whether one of the rooms is their own."""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class ServiceFit:
    code: str
    name: str
    minutes: int
    """Duration and buffer together."""
    fits: bool
    message: str = ""
    """Why it does not fit."""


@dataclass(frozen=True, slots=True)
class PeriodCapacity:
    period_id: int
    name: str
    start: datetime
    end: datetime
    capacity_minutes: int
    used_minutes: int
    bookings: int
    """How many share the minutes used."""
    services: tuple[ServiceFit, ...]

    @property
    def remaining_minutes(self) -> int:
        """Never below zero, also where the capacity was lowered after it was sold."""
        return max(0, self.capacity_minutes - self.used_minutes)


@dataclass(frozen=True, slots=True)
class Claim:
    """Resources locked for a request in this transaction, checked and ready to be stored."""

    request: SlotRequest
    gear: tuple[tuple[int, int], ...]
    """(mic option, the physical unit set aside), one pair a unit."""

    @property
    def resource_ids(self) -> tuple[int, ...]:
        engineer = () if self.request.engineer_id is None else (self.request.engineer_id,)
        return tuple(sorted({*self.request.room_ids, *engineer, *(unit for _, unit in self.gear)}))


@dataclass(frozen=True, slots=True)
class AllocatedSpan:
    """A stretch of a resource that a booking holds. Without an id it is not stored yet."""

    resource_id: int
    start: datetime
    end: datetime
    id: int | None = None


@dataclass(frozen=True, slots=True)
class SessionInWay:
    """A session or a hold that a lockout or time off falls on."""

    number: str
    status: BookingStatus
    client: str
    service: str
    rooms: tuple[str, ...]
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """What somebody has to do: a session, or time off. Of time off only the times are told."""

    kind: AllocationReason
    start: datetime
    end: datetime
    session: SessionInWay | None


@dataclass(frozen=True, slots=True)
class PersonFree:
    resource_id: int
    name: str
    free: tuple[Span, ...]


Seconds = tuple[int, int]
"""A span as seconds since the epoch, half-open."""

_START = itemgetter(0)


def seconds(span: Span) -> Seconds:
    return int(span.start.timestamp()), int(span.end.timestamp())


def from_seconds(start: int, end: int) -> Span:
    return Span(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))


@dataclass(frozen=True, slots=True)
class SpanSet:
    """Sorted spans that never touch, in seconds as they were read: many are compared, few are shown."""

    pairs: Sequence[Seconds]

    def cover(self, wanted: Seconds) -> bool:
        """Whether one of them holds all of `wanted`."""
        index = bisect_right(self.pairs, wanted[0], key=_START) - 1
        return index >= 0 and self.pairs[index][1] >= wanted[1]

    def spans(self) -> tuple[Span, ...]:
        return tuple(from_seconds(*pair) for pair in self.pairs)

    def within(self, window: Span) -> tuple[Span, ...]:
        """The parts of them inside `window`."""
        first, last = seconds(window)
        cut = ((max(start, first), min(end, last)) for start, end in self.pairs)
        return tuple(from_seconds(start, end) for start, end in cut if start < end)
