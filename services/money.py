"""Money is integer minor units (cents). One rounding, half-even, at the line (domain 1)."""

from decimal import ROUND_HALF_EVEN, Decimal

from babel.numbers import format_currency


def round_cents(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def prorate(hourly_cents: int, minutes: int) -> int:
    """An hourly rate for `minutes` of real elapsed time."""
    return round_cents(Decimal(hourly_cents) * minutes / 60)


def percent_of(amount_cents: int, percent: Decimal) -> int:
    return round_cents(Decimal(amount_cents) * percent / 100)


def as_text(cents: int, currency: str, locale: str = "en_US") -> str:
    """Cents as people read them: `$1,234.50`, and a true minus sign for less than nothing."""
    text = format_currency(Decimal(cents).scaleb(-2), currency, locale=locale)
    return text.replace("-", "\u2212")
