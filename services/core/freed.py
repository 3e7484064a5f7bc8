"""Time that a transaction frees, remembered until its end: for those who wait for it, and those who had held it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

OPENING = frozenset({"period", "closure", "room", "engineer", "extra_availability", "service", "online_booking"})
"""What the audit calls those whose change may open time on any day."""
_FAR = timedelta(days=2 * 366)
_FREED = "freed"


@dataclass(frozen=True, slots=True)
class Freed:
    start: datetime
    end: datetime
    resource_id: int | None = None
    """Which a session had until now; None where no session had it."""


def note(session: Session, start: datetime, end: datetime, resource_id: int | None = None) -> None:
    """Somebody's time is free again, as far as this transaction goes."""
    session.info.setdefault(_FREED, []).append(Freed(start, end, resource_id))


def note_change(session: Session, entity: str, now: datetime) -> None:
    """Hours, rooms and people are not looked at one by one: any time to come may be free now."""
    if entity in OPENING:
        note(session, now, now + _FAR)


def take(session: Session) -> tuple[Freed, ...]:
    """What was freed since the last time this was asked."""
    return tuple(dict.fromkeys(session.info.pop(_FREED, ())))
