"""Phone numbers as people write them, kept as E.164 and an extension."""

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers
from phonenumbers import CountryCodeSource, PhoneNumber, ValidationResult

from services.core.errors import Invalid

FEWEST_DIGITS = 3
"""Fewer tell nobody from another."""
_DIGITS = "0123456789"
_IN_GROUPS = re.compile(r"[^\w]*\d+(?:[^\w]+\d+)+[^\w]*(?:(?:ext(?:ension)?|x)[.:]?\s*\d{1,8})?\s*", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:(?:ext(?:ension)?|x)?[.:]?\s*(?P<digits>\d{1,8}))?", re.ASCII | re.IGNORECASE)
# Dialled for decades and still on cards, but no number any more: (country code, national number, what it is today).
# Mexico dropped its trunk and mobile prefixes in 2019; Argentina's 15 is written as a 9 before the area code from
# abroad; Brazil put a 9 before mobiles until 2016; Colombia's area codes grew to three digits in 2021.
_OLD_FORMS = (
    (52, re.compile(r"(?:1|01|044|045)(\d{10})"), r"\1"),
    (54, re.compile(r"9(\d{2})15(\d{8})"), r"9\1\2"),
    (54, re.compile(r"9(\d{3})15(\d{7})"), r"9\1\2"),
    (54, re.compile(r"9(\d{4})15(\d{6})"), r"9\1\2"),
    (55, re.compile(r"(\d{2})([6-9]\d{7})"), r"\g<1>9\2"),
    (57, re.compile(r"(\d)(\d{7})"), r"60\1\2"),
)


@dataclass(frozen=True, slots=True)
class Phone:
    number: str
    """E.164."""
    extension: str = ""
    """Digits dialled after it."""


def parse(text: str, region: str | None, field: str = "phone") -> Phone:
    """Without a region the number needs its country code.

    The library is lenient about what is possible: a number written the national way must be one that
    exists there, so that one without its area code is refused; with its country code it must have a
    right length, for new ranges are opened faster than libraries learn of them.
    """
    number = _read(text, region)
    length = phonenumbers.is_possible_number_with_reason(number) if number else ValidationResult.INVALID_LENGTH
    if number is None or length not in (ValidationResult.IS_POSSIBLE, ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
        raise Invalid(
            f"“{text}” is not a phone number. Write it with area code, or with + and the country code.", field=field
        )
    is_national = number.country_code_source == CountryCodeSource.FROM_DEFAULT_COUNTRY
    lacks_a_part = is_national and not phonenumbers.is_valid_number(number)
    if length == ValidationResult.IS_POSSIBLE_LOCAL_ONLY or lacks_a_part:
        raise Invalid(
            f"“{text}” has no area code, or one that does not exist. Write it with its area code, "
            "or with + and the country code.",
            field=field,
        )
    return Phone(_e164(number), parse_extension(number.extension or "", field))


def parse_extension(text: str, field: str = "phone_extension") -> str:
    """`45`, `x45` and `ext. 45` are the same."""
    digits = _EXTENSION.fullmatch(text.strip())
    if digits is None:
        raise Invalid("The extension is 1 to 8 digits, like 45.", field=field)
    return digits["digits"] or ""


def text(number: str | None, extension: str = "") -> str:
    """`+1 212-555-0123 x45`; nothing for none."""
    if not number:
        return ""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return f"{shown} x{extension}" if extension else shown


def link(number: str | None, extension: str = "") -> str:
    """What a phone dials (RFC 3966): `tel:+12125550123;ext=45`."""
    if not number:
        return ""
    return f"tel:{number};ext={extension}" if extension else f"tel:{number}"


def sought(q: str, region: str | None) -> tuple[str, ...]:
    """Runs of digits, any of which is in a stored number that is meant: as typed, without the national zero
    and the +, and as the number is dialled today. None where letters are in it or too few digits."""
    found = []
    if not any(letter.isalpha() for letter in q):
        typed = unicodedata.normalize("NFKC", q).replace("(0)", "")
        found.append("".join(one for one in typed if one in _DIGITS).lstrip("0"))
    number = _read(q, region)
    if number is not None and phonenumbers.is_possible_number(number):
        found.append(_e164(number).removeprefix("+"))
    return tuple(dict.fromkeys(digits for digits in found if len(digits) >= FEWEST_DIGITS))


def is_in_groups(q: str) -> bool:
    """Whether digits in several groups are all that it says, as in “(212) 555-0199 x45”: they mean one number."""
    return _IN_GROUPS.fullmatch(unicodedata.normalize("NFKC", q)) is not None


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _read(text: str, region: str | None) -> PhoneNumber | None:
    """As it is dialled today."""
    try:
        number = phonenumbers.parse(text, region, keep_raw_input=True)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_valid_number(number):
        return number
    national = phonenumbers.national_significant_number(number)
    for code, old, form in _OLD_FORMS:
        if code == number.country_code and (match := old.fullmatch(national)):
            today = PhoneNumber(code, int(match.expand(form)), number.extension)
            if phonenumbers.is_valid_number(today):
                return today
    return number
