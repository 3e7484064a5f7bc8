"""Time that a transaction frees, remembered until its end: then it is offered to who waits for it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

_FREED = "freed"


@dataclass(frozen=True, slots=True)
class Freed:
    start: datetime
    end: datetime


def note(session: Session, start: datetime, end: datetime) -> None:
    """Somebody's time is free again, as far as this transaction goes."""
    session.info.setdefault(_FREED, []).append(Freed(start, end))


def take(session: Session) -> tuple[Freed, ...]:
    """What was freed since the last time this was asked."""
    return tuple(session.info.pop(_FREED, ()))
