"""Rules for days (RFC 5545's RRULE without times), worked out by walking a bounded range of days.

Nothing is searched for: what a rule costs depends on the length of the range alone, also where its parts never meet.
"""

import calendar
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from services.core.errors import Invalid

T = TypeVar("T")

_LONGEST_TEXT = 200
_PART = re.compile(r"([A-Z]+)=([-+0-9A-Z,]+)")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NTH = re.compile(rf"([-+]?\d{{1,2}})?({'|'.join(_WEEKDAYS)})")
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"}


class Frequency(StrEnum):
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Nth:
    """`-1FR`: the last Friday of the month or year; without `n`, every one."""

    n: int | None
    weekday: int
    """0 is Monday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    frequency: Frequency
    interval: int = 1
    count: int | None = None
    """How many days in all, the first day included, also where that one is not of the rule (RFC 5545, DTSTART)."""
    until: datetime | None = None
    """The last moment, on the wall clock; a day alone is included whole."""
    week_start: int = 0
    weekdays: tuple[Nth, ...] = ()
    month_days: frozenset[int] = frozenset()
    """Less than nothing counts from the month's end."""
    months: frozenset[int] = frozenset()
    positions: frozenset[int] = frozenset()
    """Which of a period's days count: 1 is the first, -1 the last."""


def parse(text: str, zone: ZoneInfo) -> Rule:
    """The rule a person or a program wrote; Invalid at `rule` says what cannot be read or cannot be meant."""
    parts = _parts(text.strip().upper().removeprefix("RRULE:"))
    rule = Rule(
        frequency=Frequency(parts["FREQ"]),
        interval=_read(parts, "INTERVAL", _number) or 1,
        count=_read(parts, "COUNT", _number),
        until=_read(parts, "UNTIL", lambda text: _until(text, zone)),
        week_start=_read(parts, "WKST", _WEEKDAYS.index) or 0,
        weekdays=_read(parts, "BYDAY", lambda text: tuple(_nth(one) for one in text.split(","))) or (),
        month_days=_read(parts, "BYMONTHDAY", lambda text: _numbers(text, -31, 31)) or frozenset(),
        months=_read(parts, "BYMONTH", lambda text: _numbers(text, 1, 12)) or frozenset(),
        positions=_read(parts, "BYSETPOS", lambda text: _numbers(text, -366, 366)) or frozenset(),
    )
    _check_meant(rule)
    return rule


def days(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The rule's days in `[first, last]`, in order; `first` anchors the interval. COUNT and UNTIL are the caller's."""
    periods: dict[Hashable, list[date]] = defaultdict(list)
    day, end = date(first.year, 1, 1) - timedelta(days=7), date(last.year, 12, 31) + timedelta(days=7)
    while day <= end:
        if _is_in_turn(rule, first, day) and _fits(rule, first, day):
            periods[_period(rule, day)].append(day)
        day += timedelta(days=1)
    for found in periods.values():
        yield from (one for one in _chosen(rule, found) if first <= one <= last)


def _parts(text: str) -> dict[str, str]:
    matches = [_PART.fullmatch(part) for part in text.split(";")] if len(text) <= _LONGEST_TEXT else []
    pairs = [(one[1], one[2]) for one in matches if one]
    parts = dict(pairs)
    if not matches or len(pairs) < len(matches) or not parts.keys() <= _KNOWN or parts.get("FREQ") not in [*Frequency]:
        raise Invalid("That is no rule for days; write one like FREQ=WEEKLY;COUNT=8.", field="rule")
    if len(parts) < len(pairs):
        raise Invalid("A part of that rule is given twice.", field="rule")
    return parts


def _check_meant(rule: Rule) -> None:
    """What the standard forbids, and what it reads in another way than people do."""
    if rule.count and rule.until:
        raise Invalid("Say how often or until when, not both.", field="rule")
    is_long = rule.frequency in (Frequency.MONTHLY, Frequency.YEARLY)
    if not is_long and any(one.n is not None for one in rule.weekdays):
        raise Invalid("A weekday has a number only in a rule by months or years.", field="rule")
    if rule.frequency is Frequency.WEEKLY and rule.month_days:
        raise Invalid("A weekly rule has no days of the month; use FREQ=MONTHLY.", field="rule")
    if rule.positions and not (rule.weekdays or rule.month_days or rule.months):
        raise Invalid("BYSETPOS needs days to choose from, such as BYDAY=MO,TU.", field="rule")
    if rule.frequency is Frequency.YEARLY and not rule.months and not rule.positions:
        if rule.month_days:
            raise Invalid(
                "A day of the month without its month would come every month: add BYMONTH=, or use FREQ=MONTHLY.",
                field="rule",
            )
        if any(one.n is None for one in rule.weekdays):
            raise Invalid(
                "A weekday alone would come every week of the year: give it a number (1MO), or use FREQ=WEEKLY.",
                field="rule",
            )


def _read(parts: dict[str, str], name: str, reader: Callable[[str], T]) -> T | None:
    if name not in parts:
        return None
    try:
        return reader(parts[name])
    except (ValueError, OverflowError) as error:  # the latter: the first day there is, in another zone
        raise Invalid(f"That rule cannot be read: {name}={parts[name]}.", field="rule") from error


def _number(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", text):
        raise ValueError
    return int(text)


def _numbers(text: str, least: int, most: int) -> frozenset[int]:
    found = frozenset(int(one) for one in text.split(","))
    if not all(one and least <= one <= most for one in found):
        raise ValueError
    return found


def _nth(text: str) -> Nth:
    match = _NTH.fullmatch(text)
    n = int(match[1]) if match and match[1] else None
    if not match or (n is not None and not 1 <= abs(n) <= 53):
        raise ValueError
    return Nth(n, _WEEKDAYS.index(match[2]))


def _until(text: str, zone: ZoneInfo) -> datetime:
    """A day alone is included whole; an instant in UTC is put on the wall clock."""
    if "T" not in text:
        return datetime.combine(datetime.strptime(text, "%Y%m%d").date(), time.max)  # noqa: DTZ007
    at = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    return at.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) if text.endswith("Z") else at


def _is_in_turn(rule: Rule, first: date, day: date) -> bool:
    """Whether the day's week, month or year is one the interval does not skip."""
    if rule.frequency is Frequency.DAILY:
        apart = (day - first).days
    elif rule.frequency is Frequency.WEEKLY:
        apart = (_week(rule, day) - _week(rule, first)).days // 7
    elif rule.frequency is Frequency.MONTHLY:
        apart = (day.year - first.year) * 12 + day.month - first.month
    else:
        apart = day.year - first.year
    return apart % rule.interval == 0


def _week(rule: Rule, day: date) -> date:
    return day - timedelta(days=(day.weekday() - rule.week_start) % 7)


def _period(rule: Rule, day: date) -> Hashable:
    if rule.frequency is Frequency.DAILY:
        return day
    if rule.frequency is Frequency.WEEKLY:
        return _week(rule, day)
    return (day.year, day.month) if rule.frequency is Frequency.MONTHLY else day.year


def _fits(rule: Rule, first: date, day: date) -> bool:
    """Whether all parts meet on that day; what no part says is taken from the first day."""
    is_by_day = bool(rule.weekdays or rule.month_days)
    if rule.months and day.month not in rule.months:
        return False
    if rule.weekdays and not any(_is_nth(rule, one, day) for one in rule.weekdays):
        return False
    if rule.month_days:
        length = calendar.monthrange(day.year, day.month)[1]
        return bool(rule.month_days & {day.day, day.day - length - 1})
    if is_by_day or rule.frequency is Frequency.DAILY:
        return True
    if rule.frequency is Frequency.WEEKLY:
        return day.weekday() == first.weekday()
    is_month = rule.frequency is Frequency.MONTHLY or bool(rule.months) or day.month == first.month
    return is_month and day.day == first.day


def _is_nth(rule: Rule, nth: Nth, day: date) -> bool:
    if day.weekday() != nth.weekday:
        return False
    if nth.n is None:
        return True
    if rule.frequency is Frequency.MONTHLY or rule.months:
        place, length = day.day, calendar.monthrange(day.year, day.month)[1]
    else:
        place, length = day.timetuple().tm_yday, 365 + calendar.isleap(day.year)
    return nth.n == ((place - 1) // 7 + 1 if nth.n > 0 else -((length - place) // 7 + 1))


def _chosen(rule: Rule, found: list[date]) -> list[date]:
    if not rule.positions:
        return found
    last = len(found)
    return [day for place, day in enumerate(found) if {place + 1, place - last} & rule.positions]
