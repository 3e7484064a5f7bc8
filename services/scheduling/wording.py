"""Spans as sentences name them: `12:00–4:00 pm`, `Fri, Nov 20 11:00 pm–Sat, Nov 21 2:00 am`.

Whole days by their names, the last one included: `Fri, Nov 20 – Sun, Nov 22`.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from services.core.clock import day_start
from services.core.dates import day_text, span_text, time_text
from services.scheduling.types import Span


def clock_span(span: Span, zone: ZoneInfo, on: date) -> str:
    """Days are named only where the span leaves the day `on`, on which it is spoken of; whole days by their names."""
    if whole := whole_days(span, zone):
        return " – ".join(day_text(day) for day in dict.fromkeys(whole))
    first, last = span.start.astimezone(zone).date(), span.end.astimezone(zone).date()
    if first == last == on:
        return span_text(span.start, span.end, zone)
    last_day = "" if last == first else f"{day_text(last)} "
    return f"{day_text(first)} {time_text(span.start, zone)}–{last_day}{time_text(span.end, zone)}"


def whole_days(span: Span, zone: ZoneInfo) -> tuple[date, date] | None:
    """The first day and the last, both included, of what begins and ends with a day."""
    first, after = span.start.astimezone(zone).date(), span.end.astimezone(zone).date()
    if (span.start, span.end) != (day_start(first, zone), day_start(after, zone)) or after <= first:
        return None
    return first, after - timedelta(days=1)


def day_span(span: Span, zone: ZoneInfo) -> str:
    """With its day, or both."""
    day = span.start.astimezone(zone).date()
    if whole_days(span, zone):
        return clock_span(span, zone, day)
    words = clock_span(span, zone, day)
    return words if span.end.astimezone(zone).date() != day else f"{day_text(day)} {words}"


def listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
