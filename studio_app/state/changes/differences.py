"""A session before and after a change, told apart in words."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from services.changes import SessionSummary
from services.core import dates as when
from studio_app.state.calendar.presenter import length_text


@dataclass(frozen=True)
class Difference:
    what: str
    before: str
    after: str


def differences(before: SessionSummary, after: SessionSummary, zone: ZoneInfo) -> list[Difference]:
    """Only what differs."""
    pairs = (
        ("Time", _time(before, zone), _time(after, zone)),
        ("Length", _length(before), _length(after)),
        (_rooms_word(before, after), rooms_text(before), rooms_text(after)),
        ("Engineer", engineer_text(before), engineer_text(after)),
        ("Microphones", ", ".join(before.mics) or "none", ", ".join(after.mics) or "none"),
    )
    return [Difference(what, old, new) for what, old, new in pairs if old != new]


def rooms_text(side: SessionSummary) -> str:
    return ", ".join(room.name for room in side.rooms) or "Online"


def engineer_text(side: SessionSummary) -> str:
    return side.engineer.name if side.engineer else "nobody"


def _time(side: SessionSummary, zone: ZoneInfo) -> str:
    return when.session_text(side.start, side.end, zone)


def _length(side: SessionSummary) -> str:
    return length_text(timedelta(minutes=side.minutes))


def _rooms_word(before: SessionSummary, after: SessionSummary) -> str:
    return "Room" if len(before.rooms) == len(after.rooms) == 1 else "Rooms"
