"""From when to when a day is drawn, in whole hours of the studio's wall clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from services.bookings import BookingRow
from services.catalog import PeriodView

_CLOSED = (10 * 60, 18 * 60)
_LONGEST = 47


@dataclass(frozen=True)
class Hours:
    """Hours after midnight; 26 is two in the night after."""

    first: int
    last: int

    def at(self, hour: int) -> str:
        return f"{hour:02}:00:00"


def opening(day: date, periods: Iterable[PeriodView]) -> tuple[int, int] | None:
    """Minutes after midnight from the first period to the end of the last; None: closed."""
    spans = [_minutes(period) for period in periods if period.weekday == day.weekday()]
    return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def hours(days: list[date], periods: Iterable[PeriodView], rows: Iterable[BookingRow], zone: ZoneInfo) -> Hours:
    """The opening hours of the days, and more where a session of theirs begins earlier or ends later."""
    known = list(periods)
    spans = [span for day in days if (span := opening(day, known))]
    of_these = (row for row in rows if row.business_date in days)
    spans += [_after_midnight(row, zone) for row in of_these]
    spans = spans or [_CLOSED]
    first, last = min(first for first, _ in spans), max(last for _, last in spans)
    return Hours(first // 60, min(-(-last // 60), _LONGEST))


def _after_midnight(row: BookingRow, zone: ZoneInfo) -> tuple[int, int]:
    """Minutes on the wall clock from the midnight of the session's day to its start and end, as they are drawn."""
    midnight = datetime.combine(row.business_date, time())
    first, last = (at - midnight for at in wall_clock(row.start, row.end, zone))
    return int(first.total_seconds()) // 60, int(last.total_seconds()) // 60


def wall_clock(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Both on the studio's clock; the end after the start, also when the clocks go back meanwhile."""
    first, last = (at.astimezone(zone).replace(tzinfo=None) for at in (start, end))
    return first, last if last > first else first + (end - start)


def _minutes(period: PeriodView) -> tuple[int, int]:
    first = period.start.hour * 60 + period.start.minute
    last = period.end.hour * 60 + period.end.minute
    return first, last if last > first else last + 24 * 60
