"""A session before and after a change, told apart in words."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from services import when
from services.changes import Side
from studio_app.state.calendar_shown import length_text


@dataclass(frozen=True)
class Difference:
    what: str
    before: str
    after: str


def differences(before: Side, after: Side, zone: ZoneInfo) -> list[Difference]:
    """Only what differs."""
    pairs = (
        ("Time", _time(before, zone), _time(after, zone)),
        ("Length", _length(before), _length(after)),
        (_rooms_word(before, after), rooms_text(before), rooms_text(after)),
        ("Engineer", engineer_text(before), engineer_text(after)),
        ("Microphones", ", ".join(before.mics) or "none", ", ".join(after.mics) or "none"),
    )
    return [Difference(what, old, new) for what, old, new in pairs if old != new]


def rooms_text(side: Side) -> str:
    return ", ".join(room.name for room in side.rooms) or "Online"


def engineer_text(side: Side) -> str:
    return side.engineer.name if side.engineer else "nobody"


def _time(side: Side, zone: ZoneInfo) -> str:
    return when.session_text(side.start, side.end, zone)


def _length(side: Side) -> str:
    return length_text(timedelta(minutes=side.minutes))


def _rooms_word(before: Side, after: Side) -> str:
    return "Room" if len(before.rooms) == len(after.rooms) == 1 else "Rooms"
