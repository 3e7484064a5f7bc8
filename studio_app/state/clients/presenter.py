"""A client as their page shows them, and as its forms start."""

from dataclasses import dataclass, field

from services.clients import AddressView, ArtistView, ClientChange, ClientView, NewClient
from services.core import phones
from services.core.dates import full_day_text
from services.core.records import record_fields
from services.core.studio import Studio
from studio_app import routes
from studio_app.state.form import form_texts
from studio_app.state.presenter import cents_text, words

_FACTS = [one.name for one in record_fields(NewClient)]


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
    facts: dict[str, str] = field(default_factory=lambda: dict.fromkeys(_FACTS, ""))
    """The fields of its form, as people read them."""
    phone_link: str = ""
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
        facts=_facts(client, studio),
        phone_link=phones.link(client.phone, client.phone_extension),
        status=client.status,
        since=full_day_text(client.created_at.astimezone(studio.zone).date(), studio),
        is_deleted=client.deleted_at is not None,
        is_anonymised=client.status == "ANONYMISED",
        artists=[_artist(artist) for artist in client.artists],
        addresses=[_address(address) for address in client.addresses],
        sessions_href=routes.bookings_of(client.id),
        book_href=routes.booking_new(client.id),
        export_href=routes.api_client_export(client.id),
    )


def _facts(client: ClientView, studio: Studio) -> dict[str, str]:
    return {
        **form_texts(NewClient, client),
        "phone": phones.text(client.phone, client.phone_extension),
        "budget_cents": cents_text(client.budget_cents, studio),
        "source": words(client.source),
    }


def client_texts(client: ClientView) -> dict[str, str]:
    """As its form starts."""
    return form_texts(ClientChange, client) | {"phone": phones.text(client.phone)}


def _artist(artist: ArtistView) -> ArtistShown:
    about = " · ".join(filter(None, (words(artist.kind), artist.genre)))
    return ArtistShown(artist.id, artist.name, about, artist.history, artist.is_active)


def _address(address: AddressView) -> AddressShown:
    street = ", ".join(filter(None, (address.line1, address.line2)))
    town = " ".join(filter(None, (address.postal_code, address.city)))
    lines = ", ".join(filter(None, (street, town)))
    return AddressShown(address.id, address.label or street, lines, address.map_link, address.is_default)
