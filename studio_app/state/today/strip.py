"""Today's rooms as one strip: a lane each, with bars in percent of the hours drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from studio_app.state.calendar.overview import Look
from studio_app.state.calendar.presenter import Event

_EVERY_HOURS = 2


@dataclass(frozen=True)
class Bar:
    who: str
    detail: str
    tone: str
    href: str
    """Empty for what is no session."""
    left: str
    width: str


@dataclass(frozen=True)
class Lane:
    name: str
    bars: list[Bar]


@dataclass(frozen=True)
class Strip:
    hours: list[tuple[str, str]]
    """Text and place."""
    lanes: list[Lane]
    now: str
    """Its place; empty when now is not on the strip."""


@dataclass(frozen=True)
class _Scale:
    midnight: datetime
    first: int
    last: int
    """Hours after midnight."""

    def place(self, local: datetime) -> float:
        """Percent from the left, within the strip or beyond."""
        return self.place_of((local - self.midnight).total_seconds() / 3600)

    def place_of(self, hour: float) -> float:
        return 100 * (hour - self.first) / (self.last - self.first)


def strip(seen: Look, now: datetime, zone: ZoneInfo) -> Strip:
    first, last = int(seen.frame.first[:2]), int(seen.frame.last[:2])
    scale = _Scale(datetime.fromisoformat(seen.frame.date), first, last)
    now_at = scale.place(now.astimezone(zone).replace(tzinfo=None))
    hours = [(str(hour % 24), _percent(scale.place_of(hour))) for hour in range(first, last + 1, _EVERY_HOURS)]
    lanes = [Lane(column.title, _bars(column.id, seen.events, scale)) for column in seen.columns]
    return Strip(hours, lanes, _percent(now_at) if 0 <= now_at <= 100 else "")


def _bars(column: str, events: Iterable[Event], scale: _Scale) -> list[Bar]:
    """Online work of one period shares its stretch: beside each other, so that each can be read and opened."""
    places: dict[tuple[float, float], list[Event]] = {}
    for event in events:
        left, right = (max(0.0, min(100.0, scale.place(datetime.fromisoformat(at)))) for at in (event.start, event.end))
        if column in event.columns and right > left:
            places.setdefault((left, right), []).append(event)
    return [
        _bar(event, left + turn * (right - left) / len(sharing), (right - left) / len(sharing))
        for (left, right), sharing in places.items()
        for turn, event in enumerate(sharing)
    ]


def _bar(event: Event, left: float, width: float) -> Bar:
    detail = " · ".join(filter(None, (event.lines[0] if event.lines else "", event.word)))
    href = event.href if event.kind == "session" else ""
    return Bar(event.who, detail, event.tone, href, _percent(left), _percent(width))


def _percent(number: float) -> str:
    return f"{number:.2f}%"
