"""What is asked of a session that was sold, and what that would mean. Frozen both ways."""

from dataclasses import dataclass
from datetime import datetime

from models.changes import ChangeKind
from services.bookings import Named
from services.pricing import QuoteLine
from services.scheduling import Alternative, Reason

SWAP_NOTE = "Rooms may be swapped at any time. Pricing will reflect assigned room."
CANCELLATION = "CANCELLATION"
NO_SHOW = "NO_SHOW"
MOST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is asked; None keeps. `start` with an offset, or naive in the studio's zone.

    `minutes` is the whole new length, `extra_minutes` what is put on it. `room_ids` is the whole new
    set, in order; `swap_room` one room and the one in its place. Online work has only a `start`,
    which picks the day and the period, and minutes.
    """

    start: datetime | None = None
    minutes: int | None = None
    extra_minutes: int | None = None
    room_ids: tuple[int, ...] | None = None
    swap_room: tuple[int, int] | None = None
    engineer_id: int | None = None
    without_engineer: bool = False
    reason: str = ""
    expected_version: int | None = None
    """The version the person saw; another one now is refused with what changed since."""


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """The session as it was, or as it would be."""

    start: datetime
    end: datetime
    minutes: int
    rooms: tuple[Named, ...]
    engineer: Named | None
    mics: tuple[str, ...]
    """Names of the physical units; of a hold, of the microphones wished for."""


@dataclass(frozen=True, slots=True)
class Recipient:
    name: str
    who: str
    """`client`, `engineer` or `staff`."""
    address: str
    """Empty for those who may not see it."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Nothing of it is stored. Lines are empty and money is None for those who may not see money."""

    number: str
    version: int
    kind: str
    """A ChangeKind, CANCELLATION or NO_SHOW."""
    before: SessionSummary
    after: SessionSummary
    lines: tuple[QuoteLine, ...]
    """The difference lines that would be added."""
    price_difference_cents: int | None
    total_cents: int | None
    """Afterwards, as is the balance."""
    balance_cents: int | None
    effects: tuple[str, ...]
    told: tuple[Recipient, ...]
    note: str
    bookable: bool
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    exchange: str = ""
    """The number of the session that has the room, where the two could exchange theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Two sessions of the same time give each other a room. Rooms are left out where a session has but one."""

    other: str
    """Its number."""
    room_id: int | None = None
    """That the session gives, and in return gets…"""
    other_room_id: int | None = None
    reason: str = ""
    expected_version: int | None = None
    other_version: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One row of the swap history."""

    id: int
    kind: ChangeKind
    at: datetime
    who: str
    reason: str
    before: SessionSummary
    after: SessionSummary
    price_difference_cents: int | None
    undone_at: datetime | None
    undone_by: str
