from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from models.clients import ArtistKind, ClientSource, ClientStatus


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client in a list. E-mail and phone only for those who may view clients."""

    id: int
    name: str
    email: str | None
    phone: str | None
    phone_extension: str
    label: str
    status: ClientStatus
    source: ClientSource
    artist_count: int
    session_count: int
    """Sessions that are agreed, under way or done."""
    last_session_on: date | None
    """The last one that took place."""


@dataclass(frozen=True, slots=True)
class ArtistView:
    id: int
    client_id: int
    name: str
    kind: ArtistKind
    genre: str
    history: str
    attributes: dict[str, Any]
    is_active: bool


@dataclass(frozen=True, slots=True)
class AddressView:
    id: int
    client_id: int
    label: str
    line1: str
    line2: str
    city: str
    postal_code: str
    map_link: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class ClientView:
    id: int
    name: str
    email: str | None
    phone: str | None
    phone_extension: str
    label: str
    project: str
    budget_cents: int | None
    notes: str
    source: ClientSource
    status: ClientStatus
    created_at: datetime
    deleted_at: datetime | None
    artists: tuple[ArtistView, ...]
    addresses: tuple[AddressView, ...]


@dataclass(frozen=True, slots=True)
class NewClient:
    """`phone` as people write it, also with its extension; the studio's region is assumed."""

    name: str
    email: str | None = None
    phone: str | None = None
    label: str = ""
    project: str = ""
    budget_cents: int | None = None
    notes: str = ""
    source: ClientSource = ClientSource.STAFF
    phone_extension: str = ""


@dataclass(frozen=True, slots=True)
class ClientChange:
    """The whole form: what is not given is emptied."""

    name: str
    email: str | None = None
    phone: str | None = None
    label: str = ""
    project: str = ""
    budget_cents: int | None = None
    notes: str = ""
    source: ClientSource = ClientSource.STAFF
    status: ClientStatus = ClientStatus.ACTIVE
    phone_extension: str = ""


@dataclass(frozen=True, slots=True)
class NewArtist:
    """The whole form, for a new artist and for a change."""

    name: str
    kind: ArtistKind = ArtistKind.PERSON
    genre: str = ""
    history: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewAddress:
    """The whole form, for a new address and for a change."""

    line1: str
    city: str
    label: str = ""
    line2: str = ""
    postal_code: str = ""
    map_link: str = ""
