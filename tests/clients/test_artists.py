import pytest
from sqlmodel import Session

from services import clients
from services.clients import ArtistExists, NewArtist, NewClient
from services.core.access import SYSTEM
from services.core.errors import Invalid, NotFound


@pytest.fixture
def nova(session: Session) -> int:
    return clients.create_client(session, SYSTEM, NewClient("Nova Reyes")).id


def test_a_client_has_many_artists(session: Session, nova: int) -> None:
    lows = clients.add_artist(session, SYSTEM, nova, NewArtist("The Lows", genre="Dub", attributes={"members": 4}))
    clients.add_artist(session, SYSTEM, nova, NewArtist("Ana"))
    assert [artist.name for artist in clients.list_artists(session, SYSTEM, nova)] == ["Ana", "The Lows"]
    assert (lows.genre, lows.attributes, lows.is_active) == ("Dub", {"members": 4}, True)


@pytest.mark.parametrize("name", ["The Lows", "the lows", " THE  LOWS "])
def test_a_name_is_one_artist_of_the_client(session: Session, nova: int, name: str) -> None:
    lows = clients.add_artist(session, SYSTEM, nova, NewArtist("The Lows"))
    with pytest.raises(ArtistExists):
        clients.add_artist(session, SYSTEM, nova, NewArtist(name))
    assert clients.ensure_artist(session, nova, name) == lows.id


def test_two_clients_may_have_artists_of_one_name(session: Session, nova: int) -> None:
    other = clients.create_client(session, SYSTEM, NewClient("Kit")).id
    assert clients.ensure_artist(session, nova, "Ana") != clients.ensure_artist(session, other, "Ana")


@pytest.mark.parametrize("name", ["", "  ", "\x00"])
def test_no_name_is_no_artist(session: Session, nova: int, name: str) -> None:
    assert clients.ensure_artist(session, nova, name) is None


def test_an_artist_is_renamed_but_not_to_a_taken_name(session: Session, nova: int) -> None:
    lows = clients.add_artist(session, SYSTEM, nova, NewArtist("The Lows"))
    clients.add_artist(session, SYSTEM, nova, NewArtist("Ana"))
    assert clients.update_artist(session, SYSTEM, lows.id, NewArtist("The Highs")).name == "The Highs"
    with pytest.raises(ArtistExists):
        clients.update_artist(session, SYSTEM, lows.id, NewArtist("ANA"))


def test_a_deactivated_artist_comes_last(session: Session, nova: int) -> None:
    ana = clients.add_artist(session, SYSTEM, nova, NewArtist("Ana"))
    clients.add_artist(session, SYSTEM, nova, NewArtist("Zoe"))
    clients.set_artist_active(session, SYSTEM, ana.id, False)
    assert [artist.name for artist in clients.list_artists(session, SYSTEM, nova)] == ["Zoe", "Ana"]


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewArtist(""), "name"),
        (NewArtist("A", kind="ROBOT"), "kind"),  # type: ignore[arg-type]
        (NewArtist("A", genre="x" * 201), "genre"),
        (NewArtist("A", attributes={"a": "\x00"}), "attributes"),
        (NewArtist("A", attributes={"a": "x" * 4_001}), "attributes"),
        (NewArtist("A", attributes={"a": float("nan")}), "attributes"),
        (NewArtist("A", attributes={"a": object()}), "attributes"),
    ],
)
def test_each_wrong_field_is_named(session: Session, nova: int, new: NewArtist, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clients.add_artist(session, SYSTEM, nova, new)
    assert refusal.value.field == field


@pytest.mark.parametrize("artist_id", [0, 999_999, 2**40])
def test_an_unknown_artist_is_not_found(session: Session, artist_id: int) -> None:
    with pytest.raises(NotFound):
        clients.update_artist(session, SYSTEM, artist_id, NewArtist("Ana"))
