"""Who or what a client's sessions are for."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from models.clients import Artist, ArtistKind
from services import audit
from services.access import Actor, Permission, require
from services.clients.errors import ArtistExists
from services.clients.queries import artist_view, load_client
from services.clients.rules import artist_fields
from services.clients.types import ArtistView, NewArtist
from services.errors import NotFound
from services.fields import MAX_ID, clean, parse_name

_SAME = text("select id from artist where client_id = :client_id and lower(name) = lower(:name)")


def add_artist(session: Session, actor: Actor, client_id: int, new: NewArtist) -> ArtistView:
    require(actor, Permission.MANAGE_CLIENTS)
    load_client(session, client_id)
    fields = artist_fields(new)
    artist = Artist(client_id=client_id, **fields)
    _set(session, artist, {})
    audit.record(session, actor, "artist_added", "artist", artist.id, after={"client_id": client_id, **fields})
    return artist_view(artist)


def update_artist(session: Session, actor: Actor, artist_id: int, change: NewArtist) -> ArtistView:
    require(actor, Permission.MANAGE_CLIENTS)
    artist = _load(session, artist_id)
    fields = artist_fields(change)
    before = {name: getattr(artist, name) for name, value in fields.items() if getattr(artist, name) != value}
    after = {name: fields[name] for name in before}
    _set(session, artist, after)
    audit.record(session, actor, "artist_updated", "artist", artist_id, before=before, after=after)
    return artist_view(artist)


def set_artist_active(session: Session, actor: Actor, artist_id: int, active: bool) -> ArtistView:
    require(actor, Permission.MANAGE_CLIENTS)
    artist = _load(session, artist_id)
    artist.is_active = active
    session.flush()
    audit.record(session, actor, "artist_activated" if active else "artist_deactivated", "artist", artist_id)
    return artist_view(artist)


def ensure_artist(session: Session, client_id: int, name: str) -> int | None:
    """The client's artist of that name, upper or lower case, made if there is none. None for no name.

    Called within another area's command, whose audit row covers it.
    """
    if not clean(name):
        return None
    name = parse_name(name, "artist", "The artist's name")
    same = {"client_id": client_id, "name": name}
    found: int | None = session.execute(_SAME, same).scalar()
    if found is None:
        new = Artist(client_id=client_id, name=name, kind=ArtistKind.PERSON).model_dump(exclude={"id"})
        session.execute(insert(Artist).values(**new).on_conflict_do_nothing())
        found = session.execute(_SAME, same).scalar_one()
    return found


def _load(session: Session, artist_id: int) -> Artist:
    artist = session.get(Artist, artist_id) if 0 < artist_id <= MAX_ID else None
    if artist is None:
        raise NotFound("This artist does not exist.")
    load_client(session, artist.client_id)
    return artist


def _set(session: Session, artist: Artist, values: dict[str, Any]) -> None:
    name = values.get("name", artist.name)
    try:
        with session.begin_nested():
            for field, value in values.items():
                setattr(artist, field, value)
            session.add(artist)
    except IntegrityError as error:
        raise ArtistExists(name) from error
