"""Clients, their artists and addresses."""

from models.clients import ArtistKind, ClientSource, ClientStatus
from services.clients.addresses import add_address, remove_address, set_default, update_address
from services.clients.artists import add_artist, booked_for, ensure_artist, set_artist_active, update_artist
from services.clients.errors import (
    ArtistExists,
    ClientAnonymised,
    ClientExists,
    ContactOfStaff,
    NoSuchClient,
    OpenBookings,
)
from services.clients.finding import ClientSearch
from services.clients.privacy import anonymise_client, export_client
from services.clients.queries import (
    all_clients,
    bookable_client,
    client_of_email,
    get_client,
    list_artists,
    list_clients,
    search_clients,
)
from services.clients.service import (
    check_contact,
    check_typed,
    create_client,
    delete_client,
    ensure_client,
    restore_client,
    update_client,
)
from services.clients.types import (
    AddressView,
    ArtistView,
    ClientChange,
    ClientRow,
    ClientView,
    NewAddress,
    NewArtist,
    NewClient,
)

__all__ = [
    "AddressView",
    "ArtistExists",
    "ArtistKind",
    "ArtistView",
    "ClientAnonymised",
    "ClientChange",
    "ClientExists",
    "ClientRow",
    "ClientSearch",
    "ClientSource",
    "ClientStatus",
    "ClientView",
    "ContactOfStaff",
    "NewAddress",
    "NewArtist",
    "NewClient",
    "NoSuchClient",
    "OpenBookings",
    "add_address",
    "add_artist",
    "all_clients",
    "anonymise_client",
    "bookable_client",
    "booked_for",
    "check_contact",
    "check_typed",
    "client_of_email",
    "create_client",
    "delete_client",
    "ensure_artist",
    "ensure_client",
    "export_client",
    "get_client",
    "list_artists",
    "list_clients",
    "remove_address",
    "restore_client",
    "search_clients",
    "set_artist_active",
    "set_default",
    "update_address",
    "update_artist",
    "update_client",
]
