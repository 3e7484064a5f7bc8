"""Who or what a client's sessions are for."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from models.clients import Artist, ArtistKind, ClientStatus
from services.clients.errors import ArtistExists, ClientAnonymised, NoSuchClient
from services.clients.queries import artist_view, load_client
from services.clients.types import ArtistView, NewArtist
from services.core import audit
from services.core.access import Actor, Permission, require
from services.core.errors import NotFound
from services.core.fields import MAX_ID, clean, parse_name
from services.core.records import checked

# Finds or makes, and says at once whether that is a client to book for: every statement costs.
_ENSURE = text(
    """
with same as (
    select id from artist where client_id = :client_id and lower(name) = lower(cast(:name as text))
), made as (
    insert into artist (client_id, name, kind, genre, history, attributes, is_active)
    select id, :name, :kind, '', '', '{}', true from client
     where id = :client_id and :name <> '' and not exists (select from same)
    on conflict do nothing returning id
)
select status, coalesce((select id from same), (select id from made)) as artist_id, deleted_at is not null as is_deleted
  from client where id = :client_id
"""
)


def add_artist(session: Session, actor: Actor, client_id: int, new: NewArtist) -> ArtistView:
    require(actor, Permission.MANAGE_CLIENTS)
    load_client(session, client_id)
    fields = checked(NewArtist, new)
    artist = Artist(client_id=client_id, **fields)
    _set(session, artist, {})
    audit.record(session, actor, "artist_added", "artist", artist.id, after={"client_id": client_id, **fields})
    return artist_view(artist)


def update_artist(session: Session, actor: Actor, artist_id: int, change: NewArtist) -> ArtistView:
    require(actor, Permission.MANAGE_CLIENTS)
    artist = _load(session, artist_id)
    fields = checked(NewArtist, change)
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
    found: int | None = _ensure(session, client_id, name).artist_id
    return found


def booked_for(session: Session, client_id: int, artist: str) -> int | None:
    """As `ensure_artist`, for a client who must still be one."""
    found = _ensure(session, client_id, artist)
    if found is None or found.is_deleted:
        raise NoSuchClient
    if found.status == ClientStatus.ANONYMISED:
        raise ClientAnonymised
    artist_id: int | None = found.artist_id
    return artist_id


def _ensure(session: Session, client_id: int, name: str) -> Any:
    """A row of status, is_deleted and artist_id; None where there is no such client."""
    name = parse_name(name, "artist", "The artist's name") if clean(name) else ""
    wanted = {"client_id": min(client_id, MAX_ID), "name": name, "kind": ArtistKind.PERSON.value}
    found = session.execute(_ENSURE, wanted).one_or_none()
    if found and name and found.artist_id is None:  # somebody else has made it at this very moment
        found = session.execute(_ENSURE, wanted).one()
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
