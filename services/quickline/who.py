"""The client and the artist a line names."""

from dataclasses import dataclass

from sqlmodel import Session

from services import clients
from services.access import Actor
from services.clients import ClientRow, NewClient
from services.quickline.rules import IsClient
from services.quickline.talk import Talk
from services.quickline.types import Kind, Reading
from services.search import fold

_MOST_OFFERED = 8
_NEW = "new"


@dataclass(frozen=True, slots=True)
class Who:
    client_id: int | None = None
    new: NewClient | None = None
    artist: str = ""


def knows(session: Session, actor: Actor) -> IsClient:
    """A single word must be the whole name; of several words a part of the name is enough."""

    def is_client(name: str) -> bool:
        found = clients.search_clients(session, actor, name)
        return any(" " in name.strip() or fold(row.name) == fold(name) for row in found)

    return is_client


def settle_client(session: Session, actor: Actor, talk: Talk, reading: Reading) -> Who:
    if reading.client is None:
        talk.choose("client", Kind.CLIENT, "Who is it for? Add the client's name.", {})
        return Who(artist=_artist(session, actor, talk, reading, None))
    name = reading.client.meanings[0]
    found = clients.search_clients(session, actor, name, _MOST_OFFERED)
    exact = [row for row in found if fold(row.name) == fold(name)]
    rows = exact if len(exact) == 1 else found
    options = {str(row.id): (_label(row), row) for row in rows}
    if not rows:
        return _new_client(session, actor, talk, reading, name)
    more = " There are more: write more of the name." if len(rows) == _MOST_OFFERED else ""
    row = talk.settle(Kind.CLIENT, reading.client, f"Which client is “{name}”?{more}", options)
    if row is None:
        return Who(artist=_artist(session, actor, talk, reading, None))
    return Who(client_id=row.id, artist=_artist(session, actor, talk, reading, row))


def _new_client(session: Session, actor: Actor, talk: Talk, reading: Reading, name: str) -> Who:
    assert reading.client is not None
    new = {_NEW: (f"{name} (new client)", NewClient(name))}
    message = f"There is no client called “{name}”. Is it a new one?"
    chosen = talk.choose(f"client:{name.casefold()}", Kind.CLIENT, message, new, reading.client.words)
    return Who(new=chosen, artist=_artist(session, actor, talk, reading, None))


def _artist(session: Session, actor: Actor, talk: Talk, reading: Reading, row: ClientRow | None) -> str:
    """As it was said; else the one artist by whose name the client was found."""
    known = [one for one in clients.list_artists(session, actor, row.id) if one.is_active] if row else []
    if reading.artist is not None:
        name = reading.artist.meanings[0]
        same = next((artist.name for artist in known if fold(artist.name) == fold(name)), "")
        talk.understood(Kind.ARTIST, same or f"{name} (new artist)", reading.artist.words)
        return same or name
    asked = fold(reading.client.meanings[0]) if reading.client and row else ""
    if not row or not asked or asked in fold(row.name):
        return ""
    options = {str(one.id): (one.name, one.name) for one in known if asked in fold(one.name)}
    if not options or reading.client is None:
        return ""
    return talk.settle(Kind.ARTIST, reading.client, f"Which artist of {row.name} is it?", options) or ""


def _label(row: ClientRow) -> str:
    about = [part for part in (row.label, row.email) if part and part != row.name]
    return f"{row.name} ({', '.join(about)})" if about else row.name
