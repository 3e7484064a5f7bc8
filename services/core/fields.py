"""What people type into a form: trimmed, bounded and normalised, or refused at its field."""

import json
import re
import unicodedata
from enum import StrEnum
from typing import Any, TypeVar

from email_validator import EmailNotValidError, validate_email

from services.core import phones
from services.core.checking import noted
from services.core.errors import Invalid
from services.core.phones import Phone

NAME_LIMIT = 120
LINE_LIMIT = 200
TEXT_LIMIT = 10_000
_JSON_LIMIT = 4_000
MAX_ID = 2**31 - 1
"""The largest id a table can hold; nothing has a larger one."""

Word = TypeVar("Word", bound=StrEnum)
_HIDDEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Soft hyphens, blanks without width, and marks that turn the direction."""


def clean(text: str) -> str:
    """Composed letters (NFC), without what PostgreSQL cannot store or people cannot see: NUL, lone surrogates,
    controls."""
    seen = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", seen).strip()


@noted
def parse_text(text: str, field: str, label: str, *, limit: int = LINE_LIMIT, required: bool = False) -> str:
    """`label` names the field to people: "The name"."""
    text = clean(text)
    if required and not text:
        raise Invalid(f"{label} is missing.", field=field)
    if len(text) > limit:
        raise Invalid(f"{label} is too long: {limit:,} characters at most.", field=field)
    return text


@noted
def parse_name(
    text: str, field: str = "name", label: str = "The name", *, limit: int = NAME_LIMIT, required: bool = True
) -> str:
    """Single blanks, and nothing that hides in a name or turns its letters round."""
    return parse_text(" ".join(_HIDDEN.sub("", text).split()), field, label, limit=limit, required=required)


@noted
def parse_email(text: str, field: str = "email") -> str:
    """Lower case, so that an address is one address however it is typed."""
    text = parse_text(text, field, "The e-mail address", limit=254, required=True)
    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise Invalid(f"“{text}” is not an e-mail address. Write it like maya@studio.com.", field=field) from error


@noted
def parse_line(text: str, region: str | None, field: str = "phone") -> Phone:
    """A phone number, with an extension or without. Without a region it needs its country code."""
    return phones.parse(parse_text(text, field, "The phone number", limit=60, required=True), region, field)


@noted
def parse_phone(text: str, region: str | None, field: str = "phone") -> str:
    """E.164, of somebody who is reached without an extension."""
    phone = parse_line(text, region, field)
    if phone.extension:
        raise Invalid(f"Leave out the extension {phone.extension}: here the number alone is kept.", field=field)
    return phone.number


@noted
def parse_optional_phone(text: str | None, region: str | None, field: str = "phone") -> str | None:
    return parse_phone(text, region, field) if text and clean(text) else None


@noted
def parse_optional_email(text: str | None, field: str = "email") -> str | None:
    return parse_email(text, field) if text and clean(text) else None


@noted
def parse_word(kind: type[Word], word: str, field: str) -> Word:
    """Words may come plain from outside."""
    try:
        return kind(word)
    except ValueError as error:
        raise Invalid(f"Choose one of {', '.join(kind)}.", field=field) from error


@noted
def parse_json(value: dict[str, Any], field: str, label: str, *, limit: int = _JSON_LIMIT) -> dict[str, Any]:
    """What a jsonb column can store, and not too much of it: `limit` characters."""
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise Invalid(f"{label} hold texts, numbers and lists only.", field=field) from error
    if not isinstance(value, dict) or len(text) > limit or "\\u0000" in text or "\\ud" in text:
        raise Invalid(f"{label} hold too much, or characters nobody can read.", field=field)
    return value
