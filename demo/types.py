"""The plan: what will have happened at the demo studio, before any of it is booked."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto

from models.absences import LockoutKind, TimeOffReason, TimeOffStatus
from models.bookings import BookingStatus
from models.payments import PaymentMethod


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is made up. The default is the whole demo; tests take less."""

    days_behind: int = 182
    days_ahead: int = 61
    clients: int = 200


class Signature(Enum):
    NONE = auto()
    TICKED = auto()
    DRAWN = auto()


class Paying(Enum):
    NOTHING = auto()
    DEPOSIT = auto()
    ALL = auto()
    AT_THE_END = auto()
    """All of it, without a deposit before: regulars."""


@dataclass(frozen=True, slots=True)
class PlannedSession:
    service: str
    start: datetime
    minutes: int
    client: int
    """Index into the clients made."""
    artist: str
    booked_at: datetime
    status: BookingStatus
    """Where it stands in the end."""
    rooms: tuple[str, ...] = ()
    engineer: str | None = None
    period: str = ""
    mics: tuple[str, ...] = ()
    is_public: bool = False
    signature: Signature = Signature.TICKED
    paying: Paying = Paying.NOTHING
    methods: tuple[PaymentMethod, ...] = (PaymentMethod.CREDIT_CARD,)
    """More than one: the last payment is split."""
    discount_percent: Decimal | None = None
    notes: str = ""
    referral: str = ""
    ended_at: datetime | None = None
    """When it was cancelled."""


@dataclass(frozen=True, slots=True)
class PlannedLockout:
    rooms: tuple[str, ...]
    start: datetime
    end: datetime
    kind: LockoutKind
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedTimeOff:
    engineer: str
    start: datetime
    end: datetime
    status: TimeOffStatus
    reason: TimeOffReason
    note: str


@dataclass(frozen=True, slots=True)
class PlannedExtra:
    """An engineer works outside the weekly hours."""

    engineer: str
    start: datetime
    end: datetime
    note: str


@dataclass(frozen=True, slots=True)
class PlannedClosure:
    first_day: date
    last_day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    closures: tuple[PlannedClosure, ...]
    lockouts: tuple[PlannedLockout, ...]
    time_off: tuple[PlannedTimeOff, ...]
    extras: tuple[PlannedExtra, ...]
    sessions: tuple[PlannedSession, ...]
    """In the order in which they were booked."""
