"""Money is integer minor units (cents). One rounding, half-even, at the line (domain 1).

How many digits a currency's minor unit has is ISO 4217's to say. Locale data answer another question, how many
are usual in shops, and answer it differently from release to release: findings/currency_digits.sh.
"""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import get_currency_symbol, parse_pattern

from services.core.errors import Invalid

_AMOUNT = re.compile(r"[$€£]?\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,4}))?", re.ASCII)
_DIGITS = {
    currency: places
    for places, currencies in (
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
    )
    for currency in currencies.split()
}
"""Minor units of ISO 4217 (list one, 2024) that are not two digits."""
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
    places = digits(currency)
    pattern = parse_pattern(Locale.parse(locale).currency_formats["standard"].pattern)
    pattern.frac_prec = (places, places)
    amount = Decimal(cents).scaleb(-places)
    text: str = pattern.apply(amount, locale, currency=currency, currency_digits=False)
    return text.replace("-", "\u2212")


def digits(currency: str) -> int:
    """Of its minor unit: 2 for dollars and cents, 0 for yen."""
    return _DIGITS.get(currency, 2)


def from_text(text: str, *, field: str, currency: str = "USD") -> int:
    """Cents of what people type: `150`, `$1,250.50`. Less than nothing is refused, and so is a part of a cent."""
    typed, places = _AMOUNT.fullmatch(text.strip()), digits(currency)
    if typed is None or len(typed[2] or "") > places:
        example = f"1,250.{'5'.ljust(places, '0')}" if places else "1,250"
        raise Invalid(f"Write an amount like 150 or {example}.", field=field)
    whole, part = typed[1].replace(",", ""), (typed[2] or "").ljust(places, "0")
    if len(whole) > _MOST_DIGITS:
        raise Invalid("That amount is too large.", field=field)
    return int(whole + part)


def to_text(cents: int | None, currency: str = "USD") -> str:
    """As an amount stands in a form: `1250.50`, without its sign; nothing for None."""
    places = digits(currency)
    return "" if cents is None else f"{Decimal(cents).scaleb(-places):.{places}f}"


def sign(currency: str, locale: str = "en_US") -> str:
    return get_currency_symbol(currency, locale=locale)
