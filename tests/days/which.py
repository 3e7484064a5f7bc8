"""Which days, the next of each from now, in the studio's zone."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tests.world import ZONE


@dataclass(frozen=True)
class Day:
    name: str
    is_it: Callable[[date], bool]
    at: time
    """When the run begins; it goes on past the hour or the midnight that follows."""
    browser_zone: str


def _tomorrow(day: date) -> date:
    return day + timedelta(days=1)


def _is_month_end(day: date) -> bool:
    """Before a month that has no such day."""
    first = _tomorrow(day)
    return first.day == 1 and day.day > monthrange(first.year, first.month)[1]


def _hours(day: date) -> float:
    start, end = (datetime.combine(one, time(), ZONE).timestamp() for one in (day, _tomorrow(day)))
    return (end - start) / 3600


DAYS = (
    Day("month-end", _is_month_end, time(22, 30), "Asia/Tokyo"),
    Day("leap-day", lambda day: (day.month, day.day) == (2, 29), time(10), "Europe/London"),
    Day("new-year", lambda day: (day.month, day.day) == (12, 31), time(23, 50), str(ZONE)),
    Day("short-night", lambda day: _hours(day) < 24, time(1, 50), str(ZONE)),
    Day("long-night", lambda day: _hours(day) > 24, time(1, 50), str(ZONE)),
)


def next_of(day: Day, now: datetime) -> datetime:
    """The first such moment after now; of an hour that comes twice the first."""
    on = _tomorrow(now.astimezone(ZONE).date())
    while not day.is_it(on):
        on = _tomorrow(on)
    return datetime.combine(on, day.at, ZONE)
