"""Times of the day and lengths as people name them."""

import re
from datetime import time, timedelta

from services.quickline.typed_text import NUMBERS, Line, Span
from services.quickline.types import Hours, Said

_CLOCK = (
    r"(?:(?P<h{0}>\d{{1,2}})(?:[:.](?P<m{0}>[0-5]\d))?(?P<s{0}>\s?[ap]\.?m\b\.?|[ap]\b)?"
    r"|(?P<w{0}>noon|midday|midnight))"
)
_BEFORE, _AFTER = r"(?<![\w/:.#-])", r"(?![\w/:]|-\d)"
_RANGE = re.compile(
    rf"{_BEFORE}(?:(?:from|between|at|@)\s*)?{_CLOCK.format(1)}(?:\s?[-–—]\s?|\s+(?:to|until|till|til)\s+)"
    rf"{_CLOCK.format(2)}{_AFTER}",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    rf"{_BEFORE}(?P<lead>(?:(?:start(?:s|ing)?\s+)?(?:at|@|from)|start(?:s|ing)?)\s*)?{_CLOCK.format(1)}{_AFTER}",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"(?:\bto|\buntil|\btill?|[-–—])\s*$", re.IGNORECASE)

_HOUR = r"(?:h|hrs?|hours?)"
_LENGTH = re.compile(
    rf"(?<![\w/:.-])(?:for\s+|\+\s*)?(?:"
    rf"(?P<half>half\s+an?\s+hour)|(?P<an>an?\s+hour(?P<anhalf>\s+and\s+a\s+half)?)"
    rf"|(?P<hours>\d{{1,2}}(?:[.,]\d{{1,2}})?|{'|'.join(NUMBERS)})(?P<ahalf>\s+and\s+a\s+half)?\s*-?{_HOUR}"
    rf"(?:\s*(?P<rest>[0-5]?\d)\s*(?:m|mins?|minutes?)?)?"
    rf"|(?P<minutes>\d{{1,4}})\s*(?:m|mins?|minutes?))(?!\w)",
    re.IGNORECASE,
)

_PARTS = {
    "morning": range(4, 12),
    "afternoon": range(12, 18),
    "evening": range(16, 24),
    "night": (*range(17, 24), *range(5)),
}
"""The hours at which a session of that part of the day may begin."""
_HALF_DAY = timedelta(hours=12)


def starts_a_length(text: str) -> bool:
    return bool(_LENGTH.match(text))


def read_minutes(line: Line) -> Said[int] | None:
    found = [(match.span(), _minutes(match)) for match in line.find(_LENGTH)]
    found = [(span, minutes) for span, minutes in found if minutes]
    if not found:
        return None
    return line.said(tuple(dict.fromkeys(minutes for _, minutes in found)), *(span for span, _ in found))


def _minutes(match: re.Match[str]) -> int:
    if match["half"]:
        return 30
    if match["an"]:
        return 90 if match["anhalf"] else 60
    if match["minutes"]:
        return int(match["minutes"])
    hours = match["hours"].lower().replace(",", ".")
    whole = NUMBERS.get(hours) or float(hours)
    return round(whole * 60) + (30 if match["ahalf"] else 0) + int(match["rest"] or 0)


def read_part_of_day(line: Line, names: tuple[str, ...]) -> Said[str] | None:
    """The studio's own names for them, and those everybody knows."""
    known = {name.lower(): name for name in (*(part.capitalize() for part in _PARTS), *names)}
    words = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"\b(?:(?:in|during)\s+the\s+|this\s+)?(?P<name>{words})\b", re.IGNORECASE)
    found = [(match.span(), known[match["name"].lower()]) for match in line.find(pattern)]
    if not found:
        return None
    return line.said(tuple(dict.fromkeys(name for _, name in found)), *(span for span, _ in found))


def read_hours(line: Line, part: str) -> Said[Hours] | None:
    """From and to, or only a start. `part` of the day says which of two halves is meant."""
    found: list[tuple[Span, tuple[Hours, ...]]] = []
    for match in line.find(_RANGE):
        if ranges := _ranges(match):
            found.append((match.span(), ranges))
            line.take(match.span())
    for match in line.find(_SINGLE):
        if _is_a_time(match) and not _UNTIL.search(line.text, 0, match.start()) and (starts := _times(match, 1)):
            found.append((match.span(), tuple(Hours(start) for start in starts)))
            line.take(match.span())
    if not found:
        return None
    meanings = tuple(dict.fromkeys(hours for _, several in found for hours in several))
    likely = tuple(hours for hours in meanings if hours.start.hour in _PARTS.get(part.lower(), ()))
    return line.said(likely or meanings, *(span for span, _ in found))


def _is_a_time(match: re.Match[str]) -> bool:
    """A bare number is none."""
    return bool(match["w1"] or match["s1"] or match["m1"] or (match["lead"] or "").strip())


def _ranges(match: re.Match[str]) -> tuple[Hours, ...]:
    by_24 = _is_24(match, 1) or _is_24(match, 2)
    starts, ends = _times(match, 1, by_24), _times(match, 2, by_24)
    pairs = [Hours(start, end) for start in starts for end in ends]
    short = [pair for pair in pairs if pair.lasts is not None and pair.lasts <= _HALF_DAY]
    return tuple(short or pairs)


def _is_24(match: re.Match[str], n: int) -> bool:
    hour = match[f"h{n}"]
    return bool(hour) and not match[f"s{n}"] and (int(hour) > 12 or hour.startswith("0"))


def _times(match: re.Match[str], n: int, by_24: bool = False) -> tuple[time, ...]:
    """One time, two where am or pm was not said, none where the clock has no such hour."""
    if word := match[f"w{n}"]:
        return (time(0 if word.lower() == "midnight" else 12),)
    hour, minute, suffix = int(match[f"h{n}"]), int(match[f"m{n}"] or 0), (match[f"s{n}"] or "").strip().lower()
    if suffix:
        return (time(hour % 12 + (12 if suffix.startswith("p") else 0), minute),) if 1 <= hour <= 12 else ()
    if by_24 or _is_24(match, n):
        return (time(hour % 24, minute),) if hour <= 24 else ()
    return time(hour % 12, minute), time(hour % 12 + 12, minute)
