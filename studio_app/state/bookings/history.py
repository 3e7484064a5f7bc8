"""What happened to a booking, from the audit, in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.bookings import HistoryEntry, VersionChanged
from services.core import dates as when
from services.core.studio import Studio
from studio_app.state.calendar.presenter import length_text
from studio_app.state.presenter import cents_text, moment_text, words

_CENTS = "_cents"
_STORED_WORD = re.compile(r"[A-Z]+(_[A-Z]+)*")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*[+-]\d\d:\d\d$")
_UNSEEN = ("id", "token", "key", "hash", "rule")
_MINUTES = "minutes"


@dataclass(frozen=True)
class Change:
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    at: str
    who: str
    what: str
    said: str
    changes: list[Change]


def events(history: tuple[HistoryEntry, ...], studio: Studio) -> list[Event]:
    return [_event(entry, studio) for entry in history]


def news(refusal: VersionChanged, studio: Studio) -> list[str]:
    """What was done meanwhile: `Abel Okoro: confirmed, 3:05 pm`."""
    found = refusal.details.get("changes")
    return [_piece(one, studio) for one in found] if isinstance(found, list) else []


def _piece(one: Mapping[str, str], studio: Studio) -> str:
    at = when.time_text(datetime.fromisoformat(one["at"]), studio)
    return f"{one['who']}: {one['what'].removeprefix('booking ')}, {at}"


def _event(entry: HistoryEntry, studio: Studio) -> Event:
    names = [name for name in {**entry.before, **entry.after} if not name.endswith(_UNSEEN)]
    is_plain = entry.description == f"{entry.actor}: {entry.action.replace('_', ' ')}"
    return Event(
        at=moment_text(entry.at, studio),
        who=entry.actor,
        what=words(entry.action.removeprefix("booking_")),
        said="" if is_plain else entry.description,
        changes=[_change(name, entry.before, entry.after, studio) for name in names],
    )


def _change(name: str, before: Mapping[str, Any], after: Mapping[str, Any], studio: Studio) -> Change:
    def text(values: Mapping[str, Any]) -> str:
        return _text(name, values[name], studio) if name in values else ""

    label = "Length" if name == _MINUTES else words(name.removesuffix(_CENTS))
    return Change(label, text(before), text(after))


def _text(name: str, value: Any, studio: Studio) -> str:
    if value is None or value == "":
        return "nothing"
    if name.endswith(_CENTS) and isinstance(value, int):
        return cents_text(value, studio)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == _MINUTES and isinstance(value, int):
        return length_text(timedelta(minutes=value))
    if isinstance(value, str) and _INSTANT.match(value):
        return moment_text(datetime.fromisoformat(value), studio)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return words(value) if isinstance(value, str) and _STORED_WORD.fullmatch(value) else str(value)
