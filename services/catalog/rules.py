"""Pure rules on values. The clock is passed in; no SQL."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from services.catalog.rate_types import RateView
from services.catalog.types import WeekStretch

_DAY = 24 * 60
_WEEK = 7 * _DAY


def best_rates(rates: Iterable[RateView], room_ids: Iterable[int]) -> dict[int | None, RateView]:
    """The rate that counts in each room, of those in force on one day (domain 4).

    An administrator's override beats the engineer's own rate, then the room's own beats the
    general one, then the latest counts. None stands for work outside any room.
    """
    ranked = sorted(rates, key=_rank)
    best: dict[int | None, RateView] = {}
    for room_id in (None, *room_ids):
        fitting = [rate for rate in ranked if rate.room_id in (None, room_id)]
        if fitting:
            best[room_id] = fitting[-1]
    return best


def _rank(rate: RateView) -> tuple[bool, bool, date, int]:
    return rate.is_override, rate.room_id is not None, rate.from_day, rate.id


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
    return stretch.weekday * _DAY + _minutes(stretch.start)


def _length(stretch: WeekStretch) -> int:
    """Minutes; a stretch that ends when it starts lasts a whole day."""
    return (_minutes(stretch.end) - _minutes(stretch.start) - 1) % _DAY + 1


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def moved(ids: Sequence[int], moving: int, position: int) -> list[int]:
    """The ids with one of them at `position`, counted from 0; beyond the ends it stays there."""
    rest = [each for each in ids if each != moving]
    place = max(0, min(position, len(rest)))
    return [*rest[:place], moving, *rest[place:]]
