"""Pure rules of clients: what their forms may hold."""

from typing import Any

from models.clients import ArtistKind, ClientSource, ClientStatus
from services.clients.types import ClientChange, NewAddress, NewArtist, NewClient
from services.core.checking import all_at_once, noted
from services.core.errors import Invalid
from services.core.fields import (
    LINE_LIMIT,
    TEXT_LIMIT,
    clean,
    parse_email,
    parse_json,
    parse_line,
    parse_name,
    parse_optional_email,
    parse_phone,
    parse_text,
    parse_word,
)
from services.core.phones import parse_extension

__all__ = ["address_fields", "artist_fields", "client_fields", "parse_email", "parse_phone"]

_BUDGET_LIMIT_CENTS = 2_000_000_000


@all_at_once
def client_fields(form: NewClient | ClientChange, region: str | None) -> dict[str, Any]:
    fields = {
        "name": parse_name(form.name),
        "email": parse_optional_email(form.email),
        **(_phone(form.phone, form.phone_extension, region) or {}),
        "label": parse_name(form.label, "label", "The label", required=False, limit=LINE_LIMIT),
        "project": parse_text(form.project, "project", "The project"),
        "budget_cents": _budget(form.budget_cents),
        "notes": parse_text(form.notes, "notes", "The notes", limit=TEXT_LIMIT),
        "source": parse_word(ClientSource, form.source, "source"),
    }
    if isinstance(form, ClientChange):
        fields["status"] = parse_word(ClientStatus, form.status, "status")
        if fields["status"] is ClientStatus.ANONYMISED:
            raise Invalid("A client is anonymised by its own command.", field="status")
    return fields


@all_at_once
def artist_fields(form: NewArtist) -> dict[str, Any]:
    return {
        "name": parse_name(form.name),
        "kind": parse_word(ArtistKind, form.kind, "kind"),
        "genre": parse_text(form.genre, "genre", "The genre"),
        "history": parse_text(form.history, "history", "The history", limit=TEXT_LIMIT),
        "attributes": parse_json(form.attributes, "attributes", "Attributes"),
    }


@all_at_once
def address_fields(form: NewAddress) -> dict[str, Any]:
    return {
        "label": parse_text(form.label, "label", "The label"),
        "line1": parse_text(form.line1, "line1", "The street", required=True),
        "line2": parse_text(form.line2, "line2", "The second line"),
        "city": parse_text(form.city, "city", "The city", required=True),
        "postal_code": parse_text(form.postal_code, "postal_code", "The postal code", limit=20),
        "map_link": _web_address(form.map_link),
    }


@noted
def _phone(typed: str | None, extension: str, region: str | None) -> dict[str, str | None]:
    """The extension has its field; behind the number it is understood, too."""
    apart = parse_extension(extension)
    if not typed or not clean(typed):
        if apart:
            raise Invalid("An extension needs the number it belongs to.", field="phone")
        return {"phone": None, "phone_extension": ""}
    phone = parse_line(typed, region)
    if apart and phone.extension and apart != phone.extension:
        raise Invalid(f"The number says extension {phone.extension}. Which one is it?", field="phone_extension")
    return {"phone": phone.number, "phone_extension": apart or phone.extension}


@noted
def _budget(cents: int | None) -> int | None:
    if cents is not None and not 0 <= cents <= _BUDGET_LIMIT_CENTS:
        raise Invalid("The budget is an amount from 0 to 20,000,000.", field="budget_cents")
    return cents


@noted
def _web_address(link: str) -> str:
    """Shown as a link: nothing but a web page may be behind it."""
    link = parse_text(link, "map_link", "The map link", limit=1_000)
    if link and not link.lower().startswith(("https://", "http://")):
        raise Invalid("The map link starts with https://", field="map_link")
    return link
