"""The client and the artist a line names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from services import clients
from services.clients import ClientRow, NewClient
from services.core.access import Actor
from services.core.search import fold
from services.quickline.clarifications import Clarifications
from services.quickline.names import is_slip
from services.quickline.rules import IsClient
from services.quickline.types import Kind, Reading

_MOST_OFFERED = 8
_MOST_LIKE = 50
_MOST_LOOKED_UP = 3
"""Words, or stretches of them, of a line that names no client: each asks the database."""
_SHORTEST = 3
_NEW, _NOBODY = "new", "nobody"


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


def maybe_client(session: Session, actor: Actor, reading: Reading, answers: Mapping[str, str]) -> Reading:
    """Of a line that names no client: words that nobody understood, but like a client's name, are asked about."""
    if reading.client is not None:
        return reading
    for said in reading.unknown[:_MOST_LOOKED_UP]:
        if answers.get(_key(said.words)) != _NOBODY and _are_like_a_name(session, actor, said.words):
            left = tuple(one for one in reading.unknown if one is not said)
            return replace(reading, client=replace(said, meanings=(said.words,)), is_client_open=True, unknown=left)
    return reading


def the_client(session: Session, actor: Actor, reading: Reading, answers: Mapping[str, str]) -> ClientRow | None:
    """The only one who can be meant, or the one who was chosen."""
    if reading.client is None:
        return None
    rows, is_asked = _meant(session, actor, reading)
    answer = answers.get(_key(reading.client.meanings[0] if is_asked else reading.client.words))
    chosen = next((row for row in rows if str(row.id) == answer), None)
    return rows[0] if len(rows) == 1 and not is_asked else chosen


def settle_client(session: Session, actor: Actor, clarifications: Clarifications, reading: Reading) -> Who:
    if reading.client is None:
        clarifications.choose("client", Kind.CLIENT, "Who is it for? Add the client's name.", {})
        return Who(artist=_artist(session, actor, clarifications, reading, None))
    rows, is_asked = _meant(session, actor, reading)
    options = {str(row.id): (_label(row), row) for row in rows}
    if is_asked:
        chosen = _asked(clarifications, reading, options)
    else:
        more = " There are more: write more of the name." if len(rows) == _MOST_OFFERED else ""
        name = reading.client.meanings[0]
        chosen = clarifications.settle(Kind.CLIENT, reading.client, f"Which client is “{name}”?{more}", options)
    if isinstance(chosen, ClientRow):
        return Who(client_id=chosen.id, artist=_artist(session, actor, clarifications, reading, chosen))
    return Who(new=chosen, artist=_artist(session, actor, clarifications, reading, None))


def _asked(
    clarifications: Clarifications, reading: Reading, known: Mapping[str, tuple[str, ClientRow]]
) -> ClientRow | NewClient | None:
    """Nothing is guessed: whoever it is like, and whether it is a new one, or nobody."""
    assert reading.client is not None
    name = reading.client.meanings[0]
    options: dict[str, tuple[str, ClientRow | NewClient | None]] = {**known}
    if reading.is_client_open:
        message = f"Is “{name}” who it is for?"
        options |= {_NEW: (f"{name} (new client)", NewClient(name)), _NOBODY: ("It is not the client", None)}
    else:
        message = f"There is no client called “{name}”. Is it a new one?"
        options[_NEW] = (f"{name} (new client)", NewClient(name))
    return clarifications.choose(_key(name), Kind.CLIENT, message, options, reading.client.words)


def _key(words: str) -> str:
    return f"{Kind.CLIENT}:{words.casefold()}"


def _meant(session: Session, actor: Actor, reading: Reading) -> tuple[Sequence[ClientRow], bool]:
    """Who may be meant, and whether it is asked although there may be but one."""
    assert reading.client is not None
    name = reading.client.meanings[0]
    found = clients.search_clients(session, actor, name, _MOST_OFFERED)
    exact = [row for row in found if fold(row.name) == fold(name)]
    if found:
        return (exact if len(exact) == 1 else found), reading.is_client_open
    return _nearly_called(session, actor, name), True


def _are_like_a_name(session: Session, actor: Actor, name: str) -> bool:
    typed = fold(name).split()
    found = clients.search_clients(session, actor, name, _MOST_OFFERED)
    begin = [row for row in found if all(_begins(word, row) for word in typed)]
    return bool(begin or _nearly_called(session, actor, name))


def _begins(word: str, row: ClientRow) -> bool:
    return len(word) >= _SHORTEST and any(part.startswith(word) for part in fold(row.name).split())


def _nearly_called(session: Session, actor: Actor, name: str) -> list[ClientRow]:
    """Clients whose name has these words, but for one slip: it leaves one half of its word as it is."""
    typed = fold(name).split()[:_MOST_LOOKED_UP]
    found: dict[int, ClientRow] = {}
    for n, word in enumerate(typed):
        for half in (word[: len(word) // 2], word[len(word) // 2 :]):
            if len(half) < _SHORTEST - 1:
                continue
            rows = clients.search_clients(session, actor, " ".join([*typed[:n], half, *typed[n + 1 :]]), _MOST_LIKE)
            found |= {row.id: row for row in rows if any(is_slip(word, part) for part in fold(row.name).split())}
    return list(found.values())[:_MOST_OFFERED]


def _artist(
    session: Session, actor: Actor, clarifications: Clarifications, reading: Reading, row: ClientRow | None
) -> str:
    """As it was said; else the one artist by whose name the client was found."""
    known = [one for one in clients.list_artists(session, actor, row.id) if one.is_active] if row else []
    if reading.artist is not None:
        name = reading.artist.meanings[0]
        same = next((artist.name for artist in known if fold(artist.name) == fold(name)), "")
        clarifications.understood(Kind.ARTIST, same or f"{name} (new artist)", reading.artist.words)
        return same or name
    asked = fold(reading.client.meanings[0]) if reading.client and row else ""
    if not row or not asked or asked in fold(row.name):
        return ""
    options = {str(one.id): (one.name, one.name) for one in known if asked in fold(one.name)}
    if not options or reading.client is None:
        return ""
    return clarifications.settle(Kind.ARTIST, reading.client, f"Which artist of {row.name} is it?", options) or ""


def _label(row: ClientRow) -> str:
    about = [part for part in (row.label, row.email) if part and part != row.name]
    return f"{row.name} ({', '.join(about)})" if about else row.name
