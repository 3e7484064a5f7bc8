"""A session before and after a change, told apart in words."""

from dataclasses import dataclass
from datetime import timedelta

from services.changes import SessionSummary
from services.core import dates as when
from services.core.studio import Studio
from studio_app.state.calendar.presenter import length_text


@dataclass(frozen=True)
class Difference:
    what: str
    before: str
    after: str


def differences(before: SessionSummary, after: SessionSummary, studio: Studio) -> list[Difference]:
    """Only what differs."""
    pairs = (
        ("Time", _time(before, studio), _time(after, studio)),
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


def _time(side: SessionSummary, studio: Studio) -> str:
    return when.session_text(side.start, side.end, studio)


def _length(side: SessionSummary) -> str:
    return length_text(timedelta(minutes=side.minutes))


def _rooms_word(before: SessionSummary, after: SessionSummary) -> str:
    return "Room" if len(before.rooms) == len(after.rooms) == 1 else "Rooms"
