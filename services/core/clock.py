"""Now, and the studio's local time. Instants are UTC everywhere; only people see the zone.

One rule for wall-clock times that are not plain, here and nowhere else: one that comes twice in
autumn is the first of the two, and one that is skipped in spring is as long after the change as the
clock says, with the offset from before it (RFC 5545, 3.3.5). `instant_of` is that rule; `offsets`
gives it to SQL, whose own `at time zone` takes the second.
"""

import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from services.core.errors import Invalid

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)

zoneinfo.reset_tzpath(())  # The rules of the pinned package, not those that a machine happens to have.


def now() -> datetime:
    return datetime.now(UTC)


def to_instant(local: datetime, zone: ZoneInfo, *, field: str = "start", second: bool = False) -> datetime:
    """The UTC instant of a time, which may carry an offset or be the studio's wall clock.

    A wall-clock time skipped in spring is refused; one that happens twice in autumn is the
    first, or the second when asked.
    """
    if local.tzinfo is not None:
        return local.astimezone(UTC)
    instant = instant_of(local, zone, second=second)
    if instant.astimezone(zone).replace(tzinfo=None) != local:
        raise Invalid(
            f"{local:%H:%M} does not exist on {local:%B} {local.day}: the clocks go forward that night.",
            code="nonexistent_time",
            field=field,
        )
    return instant


def instant_of(local: datetime, zone: ZoneInfo, *, second: bool = False) -> datetime:
    """The same for hours that come every week or day, which no single night may refuse."""
    return local.replace(tzinfo=zone, fold=int(second)).astimezone(UTC)


def beginning(given: date, zone: ZoneInfo) -> datetime:
    """A time, or the first instant of a day."""
    return to_instant(given, zone) if isinstance(given, datetime) else day_start(given, zone)


def ending(given: date, zone: ZoneInfo) -> datetime:
    """A time, or the end of a day, which is included."""
    return to_instant(given, zone, field="end") if isinstance(given, datetime) else day_start(given + _DAY, zone)


def is_repeated(at: datetime, zone: ZoneInfo) -> bool:
    """Whether the wall clock shows that time twice, an hour apart: the instant alone tells which is meant."""
    local = at.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def business_date(at: datetime, zone: ZoneInfo) -> date:
    """The local date on which a session that starts at `at` counts."""
    return at.astimezone(zone).date()


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a local day, also where midnight is skipped by a clock change."""
    return instant_of(datetime.combine(day, time()), zone)


def day_bounds(first: date, days: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The half-open span of instants of `days` local days from `first` on."""
    return day_start(first, zone), day_start(first + timedelta(days=days), zone)


def offset_changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The first instants of other offsets, to the second."""
    day, known = start, _offset(zone, start)
    while day < end:
        low, high = day, day + _DAY
        after = _offset(zone, high)
        if after != known:
            while high - low > _SECOND:
                middle = low + (high - low) // 2
                low, high = (middle, high) if _offset(zone, middle) == known else (low, middle)
            yield high.replace(microsecond=0)
        day, known = day + _DAY, after


@dataclass(frozen=True, slots=True)
class Offsets:
    """How far a wall clock is ahead of UTC, by its own time: `ahead[n]` until it first shows `since[n]`.

    The instant of a local time is that time less `ahead[width_bucket(local, since) + 1]`.
    """

    since: list[datetime]
    ahead: list[timedelta]


def offsets(zone: ZoneInfo, first: date, last: date) -> Offsets:
    """Enough for the days from `first` to `last` and what touches them, up to a year away."""
    return _offsets(zone, first.year - 1, last.year + 2)


@lru_cache(maxsize=64)
def _offsets(zone: ZoneInfo, first_year: int, end_year: int) -> Offsets:
    start, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(end_year, 1, 1, tzinfo=UTC)
    changes = list(offset_changes(zone, start, end))
    ahead = [_offset(zone, at) for at in (start, *changes)]
    local = [at.replace(tzinfo=None) for at in changes]
    # A repeated hour still counts as before, and so does a skipped one: the later of the two clocks ends it.
    since = [at + max(pair) for at, pair in zip(local, pairwise(ahead), strict=True)]
    return Offsets(since, ahead)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
