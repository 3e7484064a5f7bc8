"""A client as their page shows them, and as its forms start."""

from dataclasses import dataclass, field

from services.clients import AddressView, ArtistView, ClientView
from services.core import money, phones
from services.core.studio import Studio
from studio_app import routes
from studio_app.state.presenter import cents_text, date_text, words


@dataclass(frozen=True)
class ArtistShown:
    id: int
    name: str
    about: str
    history: str
    is_active: bool


@dataclass(frozen=True)
class AddressShown:
    id: int
    title: str
    lines: str
    map_link: str
    is_default: bool


@dataclass(frozen=True)
class ClientShown:
    id: int = 0
    name: str = ""
    email: str = ""
    phone: str = ""
    phone_link: str = ""
    label: str = ""
    project: str = ""
    budget: str = ""
    notes: str = ""
    source: str = ""
    status: str = ""
    since: str = ""
    is_deleted: bool = False
    is_anonymised: bool = False
    artists: list[ArtistShown] = field(default_factory=list)
    addresses: list[AddressShown] = field(default_factory=list)
    sessions_href: str = ""
    book_href: str = ""
    export_href: str = ""


def client_shown(client: ClientView, studio: Studio) -> ClientShown:
    return ClientShown(
        id=client.id,
        name=client.name,
        email=client.email or "",
        phone=phones.text(client.phone, client.phone_extension),
        phone_link=phones.link(client.phone, client.phone_extension),
        label=client.label,
        project=client.project,
        budget=cents_text(client.budget_cents, studio),
        notes=client.notes,
        source=words(client.source),
        status=client.status,
        since=date_text(client.created_at.astimezone(studio.zone).date()),
        is_deleted=client.deleted_at is not None,
        is_anonymised=client.status == "ANONYMISED",
        artists=[_artist(artist) for artist in client.artists],
        addresses=[_address(address) for address in client.addresses],
        sessions_href=routes.bookings_of(client.id),
        book_href=routes.booking_new(client.id),
        export_href=routes.api_client_export(client.id),
    )


def client_record(client: ClientView) -> dict[str, str]:
    return {
        "name": client.name,
        "email": client.email or "",
        "phone": phones.text(client.phone),
        "phone_extension": client.phone_extension,
        "label": client.label,
        "project": client.project,
        "budget_cents": money.to_text(client.budget_cents),
        "notes": client.notes,
        "source": client.source,
        "status": client.status,
    }


def artist_record(artist: ArtistView) -> dict[str, str]:
    return {"name": artist.name, "kind": artist.kind, "genre": artist.genre, "history": artist.history}


def address_record(address: AddressView) -> dict[str, str]:
    names = ("label", "line1", "line2", "postal_code", "city", "map_link")
    return {name: getattr(address, name) for name in names}


def _artist(artist: ArtistView) -> ArtistShown:
    about = " · ".join(filter(None, (words(artist.kind), artist.genre)))
    return ArtistShown(artist.id, artist.name, about, artist.history, artist.is_active)


def _address(address: AddressView) -> AddressShown:
    street = ", ".join(filter(None, (address.line1, address.line2)))
    town = " ".join(filter(None, (address.postal_code, address.city)))
    lines = ", ".join(filter(None, (street, town)))
    return AddressShown(address.id, address.label or street, lines, address.map_link, address.is_default)
