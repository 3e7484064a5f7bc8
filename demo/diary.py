"""Who and what is where while the plan is made, so that every planned session can be booked."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from demo.people import ENGINEERS
from demo.studio import MICS, PERIODS
from demo.types import PlannedClosure, PlannedExtra
from services.core.clock import business_date

_LONGEST = timedelta(days=40)
_UNITS = {details.name: units for details, units in MICS}
_CAPACITY = {(period.weekday, period.name): period.capacity_minutes for period in PERIODS}

Span = tuple[datetime, datetime]


class Diary:
    def __init__(self, zone: ZoneInfo, closures: Iterable[PlannedClosure], extras: Iterable[PlannedExtra]) -> None:
        self.zone = zone
        self._taken: dict[str, list[Span]] = defaultdict(list)
        self._minutes: dict[tuple[date, str], int] = defaultdict(int)
        self._extras = tuple(extras)
        self._closed = [(self._midnight(c.first_day), self._midnight(c.last_day + timedelta(days=1))) for c in closures]

    def take(self, name: str, start: datetime, end: datetime) -> None:
        insort(self._taken[name], (start, end))

    def is_free(self, name: str, start: datetime, end: datetime) -> bool:
        return next(self._met(name, start, end), None) is None

    def is_open(self, start: datetime, end: datetime) -> bool:
        return all(end <= first or last <= start for first, last in self._closed)

    def is_mic_free(self, mic: str, start: datetime, end: datetime) -> bool:
        """Counts sessions, not units: whichever unit each of them gets, one is left."""
        return sum(1 for _ in self._met(mic, start, end)) < _UNITS[mic]

    def works(self, engineer: str, start: datetime, end: datetime) -> bool:
        return any(first <= start and end <= last for first, last in self._hours(engineer, start))

    def has_minutes(self, day: date, period: str, minutes: int) -> bool:
        return self._minutes[day, period] + minutes <= _CAPACITY[day.weekday(), period]

    def take_minutes(self, day: date, period: str, minutes: int) -> None:
        self._minutes[day, period] += minutes

    def at(self, day: date, hour: float) -> datetime:
        """The instant of a wall-clock hour; 26 is two at night. A skipped hour moves on with the clocks."""
        whole_days, hour = divmod(hour, 24)
        local = datetime.combine(day + timedelta(days=int(whole_days)), time(int(hour), int(hour % 1 * 60)), self.zone)
        return local.astimezone(UTC)

    def _met(self, name: str, start: datetime, end: datetime) -> Iterator[Span]:
        """Nothing lasts longer than `_LONGEST`, so looking back may stop there."""
        taken = self._taken[name]
        index = bisect_left(taken, (end, end))
        while index and taken[index - 1][0] > start - _LONGEST:
            index -= 1
            if start < taken[index][1]:
                yield taken[index]

    def _hours(self, engineer: str, near: datetime) -> Iterator[Span]:
        today = business_date(near, self.zone)
        week = next(each.week for each in ENGINEERS if each.name == engineer)
        for day in (today - timedelta(days=1), today):
            for stretch in week:
                if stretch.weekday == day.weekday():
                    last_day = day if stretch.end > stretch.start else day + timedelta(days=1)
                    yield self._local(day, stretch.start), self._local(last_day, stretch.end)
        yield from ((extra.start, extra.end) for extra in self._extras if extra.engineer == engineer)

    def _local(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    def _midnight(self, day: date) -> datetime:
        return self._local(day, time())
