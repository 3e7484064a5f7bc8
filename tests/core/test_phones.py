"""Phone numbers as people write them."""

import pytest

from services.core import phones
from services.core.errors import Invalid
from services.core.phones import Phone

WRITTEN = [
    ("(212) 555-0123 x45", "US", Phone("+12125550123", "45")),
    ("212.555.0123 ext. 45", "US", Phone("+12125550123", "45")),
    ("2125550123;ext=45", "US", Phone("+12125550123", "45")),
    ("2125550123,,45", "US", Phone("+12125550123", "45")),
    ("1-800-FLOWERS", "US", Phone("+18003569377")),
    # numbers as they were dialled for decades
    ("+52 1 55 1234 5678", "US", Phone("+525512345678")),
    ("1 55 1234 5678", "MX", Phone("+525512345678")),
    ("044 55 1234 5678", "MX", Phone("+525512345678")),
    ("01 55 1234 5678", "MX", Phone("+525512345678")),
    ("+54 11 15 1234 5678", "US", Phone("+5491112345678")),
    ("+54 9 11 15 1234 5678", "US", Phone("+5491112345678")),
    ("011 15 1234-5678", "AR", Phone("+5491112345678")),
    ("+55 11 8123-4567", "US", Phone("+5511981234567")),
    ("+57 1 234 5678", "US", Phone("+576012345678")),
    ("+33 (0)1 23 45 67 89", "US", Phone("+33123456789")),
    # with its country code a number need only be possible
    ("+1 700 555 0142", "US", Phone("+17005550142")),
    ("+972 054 123 4567", "US", Phone("+972541234567")),
]


@pytest.mark.parametrize(("written", "region", "meant"), WRITTEN)
def test_a_number_is_kept_as_it_is_dialled_today(written: str, region: str, meant: Phone) -> None:
    assert phones.parse(written, region) == meant


@pytest.mark.parametrize(
    ("written", "region"),
    [("555-0140", "US"), ("+1 555 0140", "US"), ("7946 0958", "GB"), ("901820", "DE"), ("15 1234 5678", "AR")],
)
def test_a_number_without_its_area_code_is_refused_and_not_completed(written: str, region: str) -> None:
    with pytest.raises(Invalid, match="area code") as refusal:
        phones.parse(written, region)
    assert refusal.value.field == "phone"


@pytest.mark.parametrize("written", ["911", "12", "+52 1 55 1234 56789", "212 555 0142 0142"])
def test_what_nobody_can_dial_is_refused(written: str) -> None:
    with pytest.raises(Invalid, match="not a phone number"):
        phones.parse(written, "US")


@pytest.mark.parametrize(("typed", "digits"), [("45", "45"), ("x45", "45"), (" Ext. 45", "45"), ("", ""), (" ", "")])
def test_an_extension_is_its_digits(typed: str, digits: str) -> None:
    assert phones.parse_extension(typed) == digits


@pytest.mark.parametrize("typed", ["abc", "4 5", "123456789", "45#", "４５"])
def test_what_is_no_extension_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        phones.parse_extension(typed)
    assert refusal.value.field == "phone_extension"


def test_a_number_is_shown_and_dialled_with_its_extension() -> None:
    assert phones.text("+12125550123", "45") == "+1 212-555-0123 x45"
    assert phones.link("+12125550123", "45") == "tel:+12125550123;ext=45"
    assert (phones.text("+12125550123"), phones.link("+12125550123")) == ("+1 212-555-0123", "tel:+12125550123")
    assert phones.text(None) == phones.link("") == ""
