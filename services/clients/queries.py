from typing import Any

from sqlalchemy import Select, SQLColumnExpression, case, func, text
from sqlmodel import Session, col, select

from models.bookings import Booking, BookingStatus
from models.clients import Artist, Client, ClientAddress, ClientSource, ClientStatus
from services.clients.errors import ClientAnonymised, NoSuchClient
from services.clients.finding import ClientSearch, has_artist
from services.clients.types import AddressView, ArtistView, ClientRow, ClientView
from services.core import rows
from services.core.access import Actor, Permission, require
from services.core.fields import MAX_ID, clean, parse_word
from services.core.paging import Page, PageRequest, Sort, Sorts, fetch_page, ordered
from services.core.records import readable, record_fields
from services.core.search import fold

_TOOK_PLACE = (BookingStatus.CHECKED_IN, BookingStatus.COMPLETED)
_AGREED = (BookingStatus.CONFIRMED, *_TOOK_PLACE)

_MOST_EXPORTED = 100_000
_STATUS = text("select status from client where id = :id and deleted_at is null")

_LISTED = [one.name for one in record_fields(ClientRow) if one.name in Client.model_fields]

_artist_count = select(func.count()).where(col(Artist.client_id) == col(Client.id)).correlate(Client).scalar_subquery()
_session_count = (
    select(func.count())
    .where(col(Booking.client_id) == col(Client.id), col(Booking.status).in_(_AGREED))
    .correlate(Client)
    .scalar_subquery()
)
_last_session_on = (
    select(func.max(Booking.business_date))
    .where(col(Booking.client_id) == col(Client.id), col(Booking.status).in_(_TOOK_PLACE))
    .correlate(Client)
    .scalar_subquery()
)
_SORTS: Sorts = {
    "name": Sort(col(Client.name_folded), written=col(Client.name)),
    "email": Sort(func.lower(Client.email), needs=Permission.VIEW_CLIENTS),
    "label": Sort(func.folded(Client.label), written=col(Client.label)),
    "created_at": Sort(col(Client.created_at)),
    "artist_count": Sort(_artist_count),
    "session_count": Sort(_session_count),
    "last_session_on": Sort(_last_session_on),
}


def search_clients(session: Session, actor: Actor, q: str, limit: int = 8) -> tuple[ClientRow, ...]:
    """By name, label, artist, e-mail or phone; names that begin with `q` come first.

    Who may not see contacts finds by name, and by the whole e-mail or number.
    """
    require(actor, Permission.VIEW_CLIENTS, Permission.BOOK_SESSIONS)
    q = clean(q)[:100]
    if not q:
        return ()
    begins = case((col(Client.name_folded).startswith(fold(q), autoescape=True), 0), else_=1)
    found = (
        _rows()
        .where(col(Client.deleted_at).is_(None), _found(session, actor, q))
        .order_by(begins, *ordered(session, actor, "name", _SORTS, tie=col(Client.id)))
        .limit(min(max(limit, 1), 50))
    )
    return tuple(_row(row, actor) for row in session.execute(found))


def list_clients(
    session: Session,
    actor: Actor,
    request: PageRequest,
    q: str = "",
    status: ClientStatus | None = None,
    source: ClientSource | None = None,
    *,
    deleted: bool = False,
) -> Page[ClientRow]:
    """`deleted` lists the ones that can be restored, instead."""
    require(actor, Permission.VIEW_CLIENTS)
    found = _rows().where(*_wanted(session, actor, q, status, source, deleted))
    return fetch_page(session, actor, found, request, _SORTS, tie=col(Client.id), view=lambda row: _row(row, actor))


def all_clients(
    session: Session,
    actor: Actor,
    q: str = "",
    status: ClientStatus | None = None,
    source: ClientSource | None = None,
    *,
    deleted: bool = False,
) -> tuple[ClientRow, ...]:
    """The whole list by name, for an export."""
    require(actor, Permission.VIEW_CLIENTS)
    found = _rows().where(*_wanted(session, actor, q, status, source, deleted))
    found = found.order_by(*ordered(session, actor, "name", _SORTS, tie=col(Client.id)))
    return tuple(_row(row, actor) for row in session.execute(found.limit(_MOST_EXPORTED)))


def _wanted(
    session: Session, actor: Actor, q: str, status: ClientStatus | None, source: ClientSource | None, deleted: bool
) -> list[SQLColumnExpression[bool]]:
    is_deleted = col(Client.deleted_at).is_not(None)
    wanted: list[SQLColumnExpression[bool]] = [is_deleted if deleted else ~is_deleted]
    if q := clean(q)[:100]:
        wanted.append(_found(session, actor, q))
    if status is not None:
        wanted.append(col(Client.status) == parse_word(ClientStatus, status, "status"))
    if source is not None:
        wanted.append(col(Client.source) == parse_word(ClientSource, source, "source"))
    return wanted


def get_client(session: Session, actor: Actor, client_id: int, *, deleted: bool = False) -> ClientView:
    """A deleted client is there only for who asks for `deleted` ones too.

    Who may book but not view clients sees neither contact nor notes; the budget is for those
    who may see what clients pay.
    """
    require(actor, Permission.VIEW_CLIENTS, Permission.BOOK_SESSIONS)
    return client_view(session, actor, load_client(session, client_id, deleted=deleted))


def list_artists(session: Session, actor: Actor, client_id: int) -> tuple[ArtistView, ...]:
    """Active ones first."""
    require(actor, Permission.VIEW_CLIENTS, Permission.BOOK_SESSIONS)
    load_client(session, client_id)
    return artists_of(session, client_id)


def load_client(session: Session, client_id: int, *, deleted: bool = False, lock: bool = False) -> Client:
    """`lock`: nobody else changes the client or books for it until this transaction is over."""
    client = None
    if 0 < client_id <= MAX_ID:
        client = session.get(Client, client_id, populate_existing=lock, with_for_update=lock or None)
    if client is None or (client.deleted_at is not None and not deleted):
        raise NoSuchClient
    return client


def client_of_email(session: Session, email: str) -> int | None:
    """Called within another area's command: whose address on file it is. Lower case."""
    is_theirs = (func.lower(Client.email) == email, col(Client.deleted_at).is_(None))
    return session.exec(select(Client.id).where(*is_theirs, col(Client.status) != ClientStatus.ANONYMISED)).first()


def bookable_client(session: Session, client_id: int) -> int:
    """Called within another area's command: the id of a client who is still one."""
    status = session.execute(_STATUS, {"id": min(client_id, MAX_ID)}).scalar_one_or_none()
    if status is None:
        raise NoSuchClient
    if status == ClientStatus.ANONYMISED:
        raise ClientAnonymised
    return client_id


def client_view(session: Session, actor: Actor, client: Client) -> ClientView:
    assert client.id is not None
    addresses = _addresses_of(session, client.id) if actor.can(Permission.VIEW_CLIENTS) else ()
    values = client.model_dump() | {"artists": artists_of(session, client.id), "addresses": addresses}
    return readable(ClientView, values, actor)


def artists_of(session: Session, client_id: int) -> tuple[ArtistView, ...]:
    order = (col(Artist.is_active).desc(), col(Artist.folded), col(Artist.id))
    found = session.exec(select(Artist).where(Artist.client_id == client_id).order_by(*order))
    return tuple(artist_view(artist) for artist in found)


def artist_view(artist: Artist) -> ArtistView:
    return rows.view(ArtistView, artist.model_dump())


def address_view(address: ClientAddress) -> AddressView:
    return rows.view(AddressView, address.model_dump())


def open_booking_numbers(session: Session, client_id: int) -> tuple[str, ...]:
    open_statuses = [status for status in BookingStatus if status.is_open]
    is_open = (Booking.client_id == client_id, col(Booking.status).in_(open_statuses))
    return tuple(session.exec(select(Booking.number).where(*is_open).order_by(col(Booking.start))))


def _addresses_of(session: Session, client_id: int) -> tuple[AddressView, ...]:
    order = (col(ClientAddress.is_default).desc(), col(ClientAddress.id))
    found = session.exec(select(ClientAddress).where(ClientAddress.client_id == client_id).order_by(*order))
    return tuple(address_view(address) for address in found)


def _rows() -> Select[*tuple[Any, ...]]:
    counted = (
        _artist_count.label("artist_count"),
        _session_count.label("session_count"),
        _last_session_on.label("last_session_on"),
    )
    return Select(*(col(getattr(Client, name)) for name in _LISTED), *counted)


def _row(row: Any, actor: Actor) -> ClientRow:
    return readable(ClientRow, row._mapping, actor)


def _found(session: Session, actor: Actor, q: str) -> SQLColumnExpression[bool]:
    id_ = col(Client.id)
    return ClientSearch(session, actor, q).finds(id_, has_artist(id_))
