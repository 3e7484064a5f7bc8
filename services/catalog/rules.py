"""Pure rules on values. The clock is passed in; no SQL."""

from collections.abc import Sequence
from datetime import time

from services.catalog.types import WeekStretch
from services.core import checks

_WEEK = 7 * checks.DAY_MINUTES
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def overlapping(stretches: Sequence[WeekStretch]) -> tuple[WeekStretch, WeekStretch] | None:
    """Two parts of the week that share time, Sunday night running into Monday; None if none do."""
    for index, one in enumerate(stretches):
        for other in stretches[index + 1 :]:
            if _share_time(one, other):
                return one, other
    return None


def _share_time(one: WeekStretch, other: WeekStretch) -> bool:
    """On the circle of the week, either begins while the other lasts."""
    return (_begin(other) - _begin(one)) % _WEEK < _length(one) or (_begin(one) - _begin(other)) % _WEEK < _length(
        other
    )


def _begin(stretch: WeekStretch) -> int:
    return stretch.weekday * checks.DAY_MINUTES + _minutes(stretch.start)


def _length(stretch: WeekStretch) -> int:
    """Minutes; a stretch that ends when it starts lasts a whole day."""
    return (_minutes(stretch.end) - _minutes(stretch.start) - 1) % checks.DAY_MINUTES + 1


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def moved(ids: Sequence[int], moving: int, position: int) -> list[int]:
    """The ids with one of them at `position`, counted from 0; beyond the ends it stays there."""
    rest = [each for each in ids if each != moving]
    place = max(0, min(position, len(rest)))
    return [*rest[:place], moving, *rest[place:]]
