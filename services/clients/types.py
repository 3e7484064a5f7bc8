"""What is kept about clients. A field that is added here is in forms, views, CSV, export and audit."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any

from models.clients import ArtistKind, ClientSource, ClientStatus
from services.clients.rules import parse_budget, parse_map_link, parse_status
from services.core.access import Permission
from services.core.fields import LINE_LIMIT, TEXT_LIMIT, parse_json, parse_name, parse_optional_email, parse_text
from services.core.records import Check, ReadBy

_OF_CONTACT = ReadBy(Permission.VIEW_CLIENTS)


@dataclass(frozen=True, slots=True)
class NewClient:
    name: Annotated[str, Check(parse_name)]
    email: Annotated[str | None, Check(parse_optional_email), _OF_CONTACT] = None
    phone: Annotated[str | None, _OF_CONTACT] = None
    """As people write it, also with its extension; the studio's region is assumed. Stored and shown as E.164."""
    label: Annotated[str, Check(parse_name, "The label", required=False, limit=LINE_LIMIT)] = ""
    project: Annotated[str, Check(parse_text, "The project")] = ""
    budget_cents: Annotated[int | None, Check(parse_budget), ReadBy(Permission.VIEW_CLIENT_MONEY)] = None
    notes: Annotated[str, Check(parse_text, "The notes", limit=TEXT_LIMIT), _OF_CONTACT] = ""
    source: ClientSource = ClientSource.STAFF
    phone_extension: Annotated[str, _OF_CONTACT] = ""
    """Dialled after the number."""


@dataclass(frozen=True, slots=True)
class ClientChange(NewClient):
    """The whole form: what is not given is emptied."""

    status: Annotated[ClientStatus, Check(parse_status)] = ClientStatus.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow(NewClient):
    """A client in a list. E-mail and phone only for those who may view clients."""

    id: int
    status: ClientStatus
    artist_count: int
    session_count: int
    """Sessions that are agreed, under way or done."""
    last_session_on: date | None
    """The last one that took place."""


@dataclass(frozen=True, slots=True)
class NewArtist:
    """The whole form, for a new artist and for a change."""

    name: Annotated[str, Check(parse_name)]
    kind: ArtistKind = ArtistKind.PERSON
    genre: Annotated[str, Check(parse_text, "The genre")] = ""
    history: Annotated[str, Check(parse_text, "The history", limit=TEXT_LIMIT)] = ""
    attributes: Annotated[dict[str, Any], Check(parse_json, "Attributes")] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtistView(NewArtist):
    id: int
    client_id: int
    is_active: bool


@dataclass(frozen=True, slots=True)
class NewAddress:
    """The whole form, for a new address and for a change."""

    line1: Annotated[str, Check(parse_text, "The street", required=True)]
    city: Annotated[str, Check(parse_text, "The city", required=True)]
    label: Annotated[str, Check(parse_text, "The label")] = ""
    line2: Annotated[str, Check(parse_text, "The second line")] = ""
    postal_code: Annotated[str, Check(parse_text, "The postal code", limit=20)] = ""
    map_link: Annotated[str, Check(parse_map_link)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressView(NewAddress):
    id: int
    client_id: int
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientView(NewClient):
    id: int
    status: ClientStatus
    created_at: datetime
    deleted_at: datetime | None
    artists: tuple[ArtistView, ...]
    addresses: tuple[AddressView, ...]
