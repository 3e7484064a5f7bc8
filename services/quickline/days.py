"""Days as people name them."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from services.quickline.typed_text import NUMBERS, Line, Span
from services.quickline.types import Said

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d))?"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = (
    r"(?P<weekday>mon(?:days?)?|tue(?:s|sdays?)?|wed(?:s|nesdays?)?|thu(?:r|rs|rsdays?)?|fri(?:days?)?"
    r"|sat(?:urdays?)?|sun(?:days?)?)\.?"
)
_NUMBERS = NUMBERS | {"a": 1}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.:-])(?:{text})(?![\w/:]|-\d)", re.IGNORECASE)


_ISO = _pattern(r"(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_SLASHED = _pattern(r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>\d{4}|\d\d))?")
_MONTH_DAY = _pattern(rf"{_MONTH}\s*{_DAY}(?![ap]m?\b){_YEAR}")
_DAY_MONTH = _pattern(rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}")
_OF_MONTH = _pattern(r"(?:on\s+)?the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)")
_IN = _pattern(
    rf"in\s+{_COUNT}\s+(?P<unit>days?|weeks?)"
    rf"|{_COUNT.replace('count', 'count2')}\s+(?P<unit2>days?|weeks?)\s+from\s+now"
)
_NAMED = _pattern(
    r"(?P<after>the\s+day\s+after\s+tomorrow|day\s+after\s+tomorrow)|(?P<tomorrow>tomorrow|tmrw|tmw|tmr)|today"
)
_TONIGHT = _pattern(r"tonight|tonite")
_ON_WEEKDAY = _pattern(rf"(?:on\s+)?(?:(?P<which>next|this|coming)\s+)?{_WEEKDAY}")

Days = tuple[date, ...]


def starts_a_day(text: str) -> bool:
    """Whether a line goes on with a day: after “for” it is no client then."""
    return any(
        p.match(text) for p in (_NAMED, _TONIGHT, _ON_WEEKDAY, _MONTH_DAY, _DAY_MONTH, _OF_MONTH, _ISO, _SLASHED)
    )


def read_day(line: Line, today: date, day_first: bool) -> tuple[Said[date] | None, bool]:
    """The day, and whether it was called tonight. Several that do not agree are several meanings."""
    found: list[tuple[Span, Days]] = []
    for pattern, read in _readers(today, day_first):
        for match in line.find(pattern):
            if days := read(match):
                found.append((match.span(), days))
                line.take(match.span())
    is_night = any(_TONIGHT.fullmatch(line.text, *span) for span, _ in found)
    weekdays = [(m.span(), _on_weekday(m, today)) for m in line.find(_ON_WEEKDAY)]
    if weekdays and (ahead := _weeks_ahead(line, [span for span, _ in found])):
        spans = [span for span, _ in (*found, *weekdays)]
        return line.said(_weekday_in_weeks(ahead, {days[0].weekday() for _, days in weekdays}, today), *spans), False
    if not found and not weekdays:
        return None, False
    fixed = {day for _, days in found for day in days}
    named = {day for _, days in weekdays for day in days}
    if fixed and all(day.weekday() == other.weekday() for day in fixed for other in named):
        named = set()  # “Saturday Dec 5”: the weekday only confirms it
    spans = sorted([span for span, _ in found] + [span for span, _ in weekdays])
    return line.said(tuple(sorted(fixed | named)), *spans), is_night


def _readers(today: date, day_first: bool) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Days]], ...]:
    return (
        (_ISO, lambda m: _dated(today, int(m["month"]), int(m["day"]), m["year"])),
        (_SLASHED, lambda m: _slashed(m, today, day_first)),
        (_DAY_MONTH, lambda m: _dated(today, _month(m), int(m["day"]), m["year"])),
        (_MONTH_DAY, lambda m: _dated(today, _month(m), int(m["day"]), m["year"])),
        (_OF_MONTH, lambda m: _of_month(today, int(m["day"]))),
        (_IN, lambda m: _in(m, today)),
        (_NAMED, lambda m: (today + timedelta(days=2 if m["after"] else 1 if m["tomorrow"] else 0),)),
        (_TONIGHT, lambda _: (today,)),
    )


def _month(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"][:3].lower()) + 1


def _dated(today: date, month: int, day: int, year: str | None) -> Days:
    """Without a year it is the next such day. None where the calendar has no such day."""
    if year:
        return _valid(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    for candidate in range(today.year, today.year + 5):
        found = _valid(candidate, month, day)
        if found and found[0] >= today:
            return found
    return ()


def _valid(year: int, month: int, day: int) -> Days:
    try:
        return (date(year, month, day),)
    except ValueError:
        return ()


def _slashed(match: re.Match[str], today: date, day_first: bool) -> Days:
    first, second = int(match["first"]), int(match["second"])
    month, day = (second, first) if day_first else (first, second)
    return _dated(today, month, day, match["year"]) or _dated(today, day, month, match["year"])


def _of_month(today: date, day: int) -> Days:
    for ahead in range(12):
        month = (today.month - 1 + ahead) % 12 + 1
        found = _valid(today.year + (today.month - 1 + ahead) // 12, month, day)
        if found and found[0] >= today:
            return found
    return ()


def _in(match: re.Match[str], today: date) -> Days:
    count, unit = match["count"] or match["count2"], match["unit"] or match["unit2"]
    number = _NUMBERS.get(count.lower()) or int(count)
    return (today + timedelta(days=number * (7 if unit.lower().startswith("week") else 1)),)


def _weeks_ahead(line: Line, spans: list[Span]) -> timedelta | None:
    """Of a line whose only other day is “in two weeks”."""
    match = _IN.fullmatch(line.text, *spans[0]) if len(spans) == 1 else None
    if match is None or not (match["unit"] or match["unit2"]).lower().startswith("week"):
        return None
    return _in(match, date.min)[0] - date.min


def _weekday_in_weeks(ahead: timedelta, weekdays: set[int], today: date) -> Days:
    """“In two weeks Friday”: the Friday of that week, and two weeks from the next one, where that is another."""
    monday = today + ahead - timedelta(days=today.weekday())
    of_that_week = {monday + timedelta(days=weekday) for weekday in weekdays}
    from_the_next = {today + ahead + timedelta(days=(weekday - today.weekday()) % 7) for weekday in weekdays}
    return tuple(sorted(of_that_week | from_the_next))


def _on_weekday(match: re.Match[str], today: date) -> Days:
    """On the very weekday, or with “next”, two days may be meant."""
    which = (match["which"] or "").lower()
    ahead = (_WEEKDAYS.index(match["weekday"][:3].lower()) - today.weekday()) % 7
    if which == "next":
        of_next_week = today + timedelta(days=7 - today.weekday() + (today.weekday() + ahead) % 7)
        return tuple(sorted({today + timedelta(days=ahead or 7), of_next_week}))
    if ahead or which == "this":
        return (today + timedelta(days=ahead),)
    return (today + timedelta(days=7),) if which == "coming" else (today, today + timedelta(days=7))
