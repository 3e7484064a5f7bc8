"""From when to when a day is drawn, in whole hours of the studio's wall clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
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
    spans += [(after_midnight(row.start, row, zone), after_midnight(row.end, row, zone)) for row in of_these]
    spans = spans or [_CLOSED]
    first, last = min(first for first, _ in spans), max(last for _, last in spans)
    return Hours(first // 60, min(-(-last // 60), _LONGEST))


def after_midnight(at: datetime, row: BookingRow, zone: ZoneInfo) -> int:
    """Minutes on the wall clock since the midnight of the session's day."""
    local = at.astimezone(zone)
    return (local.date() - row.business_date).days * 24 * 60 + local.hour * 60 + local.minute


def _minutes(period: PeriodView) -> tuple[int, int]:
    first = period.start.hour * 60 + period.start.minute
    last = period.end.hour * 60 + period.end.minute
    return first, last if last > first else last + 24 * 60
