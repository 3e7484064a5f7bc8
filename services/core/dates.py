"""Times as people read them, in the studio's zone and as its locale writes them: `Sat, Nov 28, 8:00 pm–12:00 am`.

Examples are those of en_US; de_DE reads `Sa., 28. Nov., 20:00–00:00`.
"""

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_datetime_format, get_time_format, match_skeleton

_MARKS = {" a", "\u202fa", "\u00a0a"}
"""How a pattern ends that says am or pm after the time."""
_BLANKS = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u2009": " "})


class Localized(Protocol):
    """Whose clock and whose way of writing: the studio's."""

    @property
    def zone(self) -> ZoneInfo: ...
    @property
    def locale(self) -> str: ...


def day_text(day: date, studio: Localized) -> str:
    """`Sat, Nov 28`."""
    return _day(day, _pattern("MMMEd", studio.locale), studio.locale)


def long_day_text(day: date, studio: Localized) -> str:
    """`Saturday, November 28`."""
    return _day(day, _long_pattern(studio.locale), studio.locale)


def full_day_text(day: date, studio: Localized) -> str:
    """`Sat, Nov 28, 2026`."""
    return _day(day, _pattern("yMMMEd", studio.locale), studio.locale)


def long_full_day_text(day: date, studio: Localized) -> str:
    """`Saturday, November 28, 2026`."""
    return _day(day, "full", studio.locale)


def time_text(at: datetime, studio: Localized) -> str:
    return clock_text(at.astimezone(studio.zone).time(), studio)


def day_time_text(at: datetime, studio: Localized) -> str:
    """`Sat, Nov 28, 8:00 pm`."""
    return _joined(day_text(at.astimezone(studio.zone).date(), studio), time_text(at, studio), studio)


def full_day_time_text(at: datetime, studio: Localized) -> str:
    """`Sat, Nov 28, 2026, 8:00 pm`."""
    return _joined(full_day_text(at.astimezone(studio.zone).date(), studio), time_text(at, studio), studio)


def short_day_text(day: date, studio: Localized) -> str:
    """`Nov 28`."""
    return _day(day, _pattern("MMMd", studio.locale), studio.locale)


def days_between_text(first: date, last: date, studio: Localized) -> str:
    """`November 16 – 22`, both included."""
    differing = "d" if first.month == last.month else "M"
    begin, end = Locale.parse(studio.locale).interval_formats["MMMd"][differing]
    return "".join(_day(day, _in_full(part), studio.locale) for day, part in ((first, begin), (last, end)))


def month_text(day: date, studio: Localized) -> str:
    """`November 2026`."""
    return _day(day, _pattern("yMMMM", studio.locale), studio.locale)


def month_name(day: date, studio: Localized) -> str:
    return _day(day, "LLLL", studio.locale)


def short_month_name(day: date, studio: Localized) -> str:
    """`Nov`."""
    return _day(day, "LLL", studio.locale)


def weekday_name(day: date, studio: Localized) -> str:
    return _day(day, "cccc", studio.locale)


def weekday_text(day: date, studio: Localized) -> str:
    """`Sat`."""
    return _day(day, "ccc", studio.locale)


def span_text(start: datetime, end: datetime, studio: Localized) -> str:
    """`12:00–4:00 pm`; the first am or pm is left out where both are the same."""
    is_short = (end - start).total_seconds() < 12 * 3600
    return _between(start.astimezone(studio.zone).time(), end.astimezone(studio.zone).time(), is_short, studio)


def hours_of_day_text(start: time, end: time, studio: Localized) -> str:
    """As `span_text`, of any day; an end that is not after the start is past midnight."""
    return _between(start, end, start < end, studio)


def session_text(start: datetime, end: datetime, studio: Localized) -> str:
    day = day_text(start.astimezone(studio.zone).date(), studio)
    return _joined(day, span_text(start, end, studio), studio)


def clock_text(at: time, studio: Localized) -> str:
    """`8:00 pm`, or `20:00` where the day has 24 hours."""
    return _clock(at.hour, at.minute, studio.locale)


def moment_text(at: datetime, studio: Localized) -> str:
    """`Sat, Nov 28, 8:00 pm New York time`: a deadline, for who may read it elsewhere."""
    return f"{day_time_text(at, studio)} {place_text(studio.zone)} time"


def place_text(zone: ZoneInfo) -> str:
    """`America/New_York` → `New York`."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def hours_text(minutes: int) -> str:
    """`4 h`, `2.5 h`, `1 h 20 min`."""
    if minutes % 30 == 0:
        return f"{minutes / 60:g} h"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


@lru_cache(maxsize=4096)
def _day(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale).translate(_BLANKS)


@lru_cache(maxsize=256)
def _pattern(skeleton: str, locale: str) -> str:
    known = Locale.parse(locale).datetime_skeletons
    return str(known[match_skeleton(skeleton, known) or skeleton].pattern)


@lru_cache(maxsize=64)
def _long_pattern(locale: str) -> str:
    """The usual order of day and month, with their names in full."""
    return _in_full(_pattern("MMMMEd", locale))


def _in_full(pattern: str) -> str:
    return re.sub("E+|c+", "EEEE", re.sub("M{3,}|L{3,}", "MMMM", pattern))


@lru_cache(maxsize=4096)
def _clock(hour: int, minute: int, locale: str) -> str:
    text = get_time_format("short", locale=locale).apply(time(hour, minute), Locale.parse(locale))
    return text.translate(_BLANKS).lower()


@lru_cache(maxsize=64)
def _says_am_last(locale: str) -> bool:
    return get_time_format("short", locale=locale).pattern[-2:] in _MARKS


def _joined(day: str, clock: str, studio: Localized) -> str:
    return _day_and_time(studio.locale).replace("{1}", day).replace("{0}", clock)


@lru_cache(maxsize=64)
def _day_and_time(locale: str) -> str:
    return str(get_datetime_format("medium", locale=locale)).replace("'", "")


def _between(start: time, end: time, is_short: bool, studio: Localized) -> str:
    first, last = clock_text(start, studio), clock_text(end, studio)
    if is_short and _says_am_last(studio.locale) and first.rpartition(" ")[2] == last.rpartition(" ")[2]:
        first = first.rpartition(" ")[0]
    return f"{first}–{last}"
