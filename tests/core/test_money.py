"""Amounts as people read and type them, in the minor units of ISO 4217."""

import pytest

from services.core import money
from services.core.errors import Invalid

SHOWN = [
    ("USD", "$1,234.50"),
    ("EUR", "€1,234.50"),
    ("JPY", "¥123,450"),
    ("HUF", "HUF1,234.50"),
    ("IDR", "IDR1,234.50"),
    ("COP", "COP1,234.50"),
    ("RSD", "RSD1,234.50"),
    ("KWD", "KWD123.450"),
    ("CLP", "CLP123,450"),
    ("ISK", "ISK123,450"),
    ("UGX", "UGX123,450"),
]


@pytest.mark.parametrize(("currency", "shown"), SHOWN)
def test_an_amount_has_the_digits_of_its_currency(currency: str, shown: str) -> None:
    assert money.as_text(123_450, currency) == shown


@pytest.mark.parametrize("currency", [currency for currency, _ in SHOWN])
def test_what_a_form_starts_with_is_read_back_as_the_same(currency: str) -> None:
    typed = money.to_text(123_450, currency)
    assert money.from_text(typed, field="amount", currency=currency) == 123_450


@pytest.mark.parametrize(
    ("typed", "currency", "cents"),
    [("150", "USD", 150_00), ("$1,250.5", "USD", 1_250_50), ("150", "JPY", 150), ("1.234", "KWD", 1_234)],
)
def test_an_amount_is_read_as_it_is_typed(typed: str, currency: str, cents: int) -> None:
    assert money.from_text(typed, field="amount", currency=currency) == cents


@pytest.mark.parametrize(
    ("typed", "currency"), [("1.505", "USD"), ("1.5", "JPY"), ("-1", "USD"), ("1,50", "USD"), ("", "USD")]
)
def test_a_part_of_the_smallest_coin_is_refused(typed: str, currency: str) -> None:
    with pytest.raises(Invalid) as refusal:
        money.from_text(typed, field="amount", currency=currency)
    assert refusal.value.field == "amount"


def test_less_than_nothing_has_a_true_minus_and_the_locale_its_own_ways() -> None:
    assert money.as_text(-5_00, "USD") == "−$5.00"
    assert money.as_text(1_234_50, "EUR", "de_DE") == "1.234,50\u00a0€"
