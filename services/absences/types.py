from dataclasses import dataclass
from datetime import datetime

from models.absences import LockoutKind, TimeOffReason, TimeOffStatus
from services.scheduling import SessionInWay


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLockout:
    room_ids: tuple[int, ...]
    start: datetime
    end: datetime
    kind: LockoutKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LockoutView(NewLockout):
    id: int
    holds: tuple[SessionInWay, ...] = ()
    """Told once, when the rooms are locked: they block nobody, and cannot be confirmed any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTimeOff:
    resource_id: int
    start: datetime
    end: datetime
    status: TimeOffStatus
    reason: TimeOffReason
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOffView(NewTimeOff):
    id: int


@dataclass(frozen=True, slots=True)
class BlockView:
    """A stretch of a resource that is not a session: a lockout, time off or a closure."""

    kind: str
    """`lockout`, `time_off` or `closure`."""
    id: int
    resource_id: int | None
    """None: the whole studio."""
    start: datetime
    end: datetime
    label: str
