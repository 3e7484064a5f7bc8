"""Money is integer minor units (cents). One rounding, half-even, at the line (domain 1)."""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from babel.numbers import format_currency, get_currency_symbol

from services.errors import Invalid

_AMOUNT = re.compile(r"[$€£]?\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", re.ASCII)
_MOST_DIGITS = 7
"""Whole units; more would not fit the tables."""


def round_cents(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def prorate(hourly_cents: int, minutes: int) -> int:
    """An hourly rate for `minutes` of real elapsed time."""
    return round_cents(Decimal(hourly_cents) * minutes / 60)


def percent_of(amount_cents: int, percent: Decimal) -> int:
    return round_cents(Decimal(amount_cents) * percent / 100)


@lru_cache(maxsize=4096)
def as_text(cents: int, currency: str, locale: str = "en_US") -> str:
    """Cents as people read them: `$1,234.50`, and a true minus sign for less than nothing."""
    text = format_currency(Decimal(cents).scaleb(-2), currency, locale=locale)
    return text.replace("-", "\u2212")


def from_text(text: str, *, field: str) -> int:
    """Cents of what people type: `150`, `$1,250.50`. Less than nothing is refused."""
    typed = _AMOUNT.fullmatch(text.strip())
    if typed is None:
        raise Invalid("Write an amount like 150 or 1,250.50.", field=field)
    whole, part = typed[1].replace(",", ""), (typed[2] or "").ljust(2, "0")
    if len(whole) > _MOST_DIGITS:
        raise Invalid("That amount is too large.", field=field)
    return int(whole + part)


def to_text(cents: int | None) -> str:
    """As an amount stands in a form: `1250.50`, without currency; nothing for None."""
    return "" if cents is None else f"{Decimal(cents).scaleb(-2):.2f}"


def sign(currency: str, locale: str = "en_US") -> str:
    return get_currency_symbol(currency, locale=locale)
