"""What may be typed into a form of settings, prices or catalog; each refusal names its field."""

import re
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal

from services.core.checking import noted
from services.core.errors import Invalid
from services.core.fields import TEXT_LIMIT, parse_optional_email, parse_text

MOST_CENTS = 1_000_000_000
_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,39}")
DAY_MINUTES = 24 * 60
FAR_DAYS = 3 * 366
"""How far from today anything can be planned."""
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


@noted
def whole(value: int, field: str, label: str, low: int, high: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Invalid(f"{label} is a whole number from {low:,} to {high:,}.", field=field)
    return value


@noted
def cents(value: int, field: str, label: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_CENTS:
        raise Invalid(f"{label} is an amount from 0 to {MOST_CENTS // 100:,}.", field=field)
    return value


@noted
def optional_cents(value: int | None, field: str, label: str) -> int | None:
    return None if value is None else cents(value, field, label)


@noted
def day(value: date, field: str) -> date:
    if not _FIRST_DAY <= value <= _LAST_DAY:
        raise Invalid(f"Choose a day from {_FIRST_DAY.year} to {_LAST_DAY.year}.", field=field)
    return value


@noted
def day_range(first: date, last: date | None, first_field: str, last_field: str) -> tuple[date, date | None]:
    day(first, first_field)
    if last is not None and day(last, last_field) < first:
        raise Invalid("The last day comes before the first.", field=last_field)
    return first, last


@noted
def bounds(low: int, high: int, low_field: str, high_field: str, what: str) -> tuple[int, int]:
    cents(low, low_field, f"The lowest {what}")
    if cents(high, high_field, f"The highest {what}") < low:
        raise Invalid(f"The highest {what} is below the lowest.", field=high_field)
    return low, high


@noted
def text(value: str, field: str, label: str) -> str:
    return parse_text(value, field, label, limit=TEXT_LIMIT)


@noted
def link(value: str, field: str, label: str) -> str:
    """A web address or a path of our own; nothing a browser would run."""
    value = parse_text(value, field, label, limit=500)
    if value and not value.startswith(("https://", "http://", "/")):
        raise Invalid(f"{label} starts with https://", field=field)
    return value


@noted
def percent(value: int, field: str, label: str) -> int:
    return whole(value, field, label, 0, 100)


@noted
def decimal(value: Decimal, low: int, high: int, places: int, field: str, label: str) -> Decimal:
    number = Decimal(value)
    if not number.is_finite() or not low <= number <= high or number != round(number, places):
        raise Invalid(f"{label} is a number from {low} to {high} with at most {places} decimals.", field=field)
    return number


@noted
def local_time(at: time, field: str) -> time:
    if at.tzinfo is not None or at.second or at.microsecond:
        raise Invalid("Write the local time as hours and minutes.", field=field)
    return at


@noted
def email(value: str, field: str) -> str:
    """Empty where none is given."""
    return parse_optional_email(value, field) or ""


@noted
def code(value: str, field: str) -> str:
    if not _CODE.fullmatch(value):
        raise Invalid("A code has 2 to 40 capital letters, digits and _, like ONLINE_MIXING.", field=field)
    return value


@noted
def texts(values: Iterable[str], field: str, label: str, *, most: int, limit: int) -> list[str]:
    """Each once, without blank ones; `label` names one of them."""
    given = [parse_text(value, field, label, limit=limit) for value in _few(values, most, field)]
    return list(dict.fromkeys(given))


@noted
def links(values: Iterable[str], field: str, label: str, *, most: int) -> list[str]:
    return [link(value, field, label) for value in _few(values, most, field)]


def _few(values: Iterable[str], most: int, field: str) -> list[str]:
    kept = [value for value in values if value.strip()]
    if len(kept) > most:
        raise Invalid(f"At most {most}, please.", field=field)
    return kept
