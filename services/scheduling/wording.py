"""Times as people say them, in the studio's zone: `12:00–4:00 pm`, `Fri, Nov 20 11:00 pm–Sat, Nov 21 2:00 am`."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.scheduling.types import Span


def clock_time(at: datetime, zone: ZoneInfo) -> str:
    return f"{_digits(at.astimezone(zone))} {_half(at.astimezone(zone))}"


def day_name(day: date) -> str:
    return f"{day:%a}, {day:%b} {day.day}"


def clock_span(span: Span, zone: ZoneInfo, on: date) -> str:
    """Days are named only where the span leaves the day `on`, on which it is spoken of."""
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    if start.date() != on or end.date() != on:
        last = "" if end.date() == start.date() else f"{day_name(end.date())} "
        return f"{day_name(start.date())} {clock_time(start, zone)}–{last}{clock_time(end, zone)}"
    if _half(start) == _half(end):
        return f"{_digits(start)}–{clock_time(end, zone)}"
    return f"{clock_time(start, zone)}–{clock_time(end, zone)}"


def listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _digits(local: datetime) -> str:
    return f"{local.hour % 12 or 12}:{local:%M}"


def _half(local: datetime) -> str:
    return "am" if local.hour < 12 else "pm"
