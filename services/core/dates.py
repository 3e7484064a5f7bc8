"""Times as people read them, in the studio's zone: `Sat, Nov 28, 8:00 pm–12:00 am`."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def day_text(day: date) -> str:
    return f"{day:%a}, {day:%b} {day.day}"


def long_day_text(day: date) -> str:
    return f"{day:%A}, {day:%B} {day.day}"


def full_day_text(day: date) -> str:
    """`Sat, Nov 28, 2026`."""
    return f"{day_text(day)}, {day.year}"


def time_text(at: datetime, zone: ZoneInfo) -> str:
    return clock_text(at.astimezone(zone).time())


def day_time_text(at: datetime, zone: ZoneInfo) -> str:
    """`Sat, Nov 28, 8:00 pm`."""
    return f"{day_text(at.astimezone(zone).date())}, {time_text(at, zone)}"


def span_text(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """`12:00–4:00 pm`; the first am or pm is left out where both are the same."""
    is_short = (end - start).total_seconds() < 12 * 3600
    return _between(start.astimezone(zone).time(), end.astimezone(zone).time(), is_short)


def hours_of_day_text(start: time, end: time) -> str:
    """As `span_text`, of any day; an end that is not after the start is past midnight."""
    return _between(start, end, start < end)


def session_text(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    return f"{day_text(start.astimezone(zone).date())}, {span_text(start, end, zone)}"


def clock_text(at: time) -> str:
    """`8:00 pm`."""
    return f"{at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}"


def moment_text(at: datetime, zone: ZoneInfo) -> str:
    """`Sat, Nov 28, 8:00 pm New York time`: a deadline, for who may read it elsewhere."""
    return f"{day_time_text(at, zone)} {place_text(zone)} time"


def place_text(zone: ZoneInfo) -> str:
    """`America/New_York` → `New York`."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def hours_text(minutes: int) -> str:
    """`4 h`, `2.5 h`, `1 h 20 min`."""
    if minutes % 30 == 0:
        return f"{minutes / 60:g} h"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def _between(start: time, end: time, is_short: bool) -> str:
    first, last = clock_text(start), clock_text(end)
    return f"{first[:-3] if is_short and first[-2:] == last[-2:] else first}–{last}"
