"""Whose turn it is among the holds of one time, and whose clock runs out first. On values alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.core.access import Actor, Permission
from services.holds.types import MetHold

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def ordinal(rank: int) -> str:
    return _ORDINALS[rank - 1] if 1 <= rank <= len(_ORDINALS) else f"number {rank}"


def place_among(met: Iterable[MetHold]) -> int:
    """Of the hold that meets these: 1 is the first."""
    return 1 + sum(one.is_above for one in met)


def overtaken_words(actor: Actor, met: Sequence[MetHold]) -> str:
    """What taking this time means for the holds it meets, before it is done; empty where there is none."""
    if not met:
        return ""
    reveal = actor.can(Permission.VIEW_ALL_SESSIONS)
    names = ", ".join(f"{one.number} ({one.client_name})" if reveal else one.number for one in met)
    one_or_many = "is held then; its client is" if len(met) == 1 else "are held then; their clients are"
    return f"{names} {one_or_many} told that the time is gone."


def last_moment(kept_until: datetime | None, start: datetime) -> datetime | None:
    """When a hold goes by itself: no clock runs into its own session, wherever that has moved meanwhile."""
    return kept_until and min(kept_until, start)


@dataclass(frozen=True, slots=True)
class Clock:
    hold_id: int
    expires_at: datetime | None
    start: datetime
    """Of its session: no hold lasts into its own time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A challenge that nobody has answered."""

    challenged_id: int
    challenger_number: str
    due_at: datetime


@dataclass(frozen=True, slots=True, order=True)
class Lapse:
    at: datetime
    place: int
    """Of two at the same moment, an unanswered challenge comes first: it was said until when to answer."""
    hold_id: int
    reason: str


def first_lapse(clocks: Sequence[Clock], asked: Sequence[Asked], now: datetime) -> Lapse | None:
    """The first to go by `now`, and why; None: nobody goes."""
    return min((one for one in (*_unanswered(asked), *_over(clocks)) if one.at <= now), default=None)


def _unanswered(asked: Sequence[Asked]) -> list[Lapse]:
    return [
        Lapse(one.due_at, 0, one.challenged_id, f"{one.challenger_number} challenged it, and nobody answered in time")
        for one in asked
    ]


def _over(clocks: Sequence[Clock]) -> list[Lapse]:
    found = [Lapse(one.start, 2, one.hold_id, "Its own time has come") for one in clocks]
    kept = [(one.hold_id, one.expires_at) for one in clocks if one.expires_at is not None]
    return found + [Lapse(at, 1, id_, "It was not confirmed in time") for id_, at in kept]
