"""Wishes as they are read: one statement for a page of them, two for what hangs on them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, any_, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import Session, col

from models.bookings import Booking, BookingLine, BookingRoom
from models.catalog import Engineer, Room, Service
from models.clients import Artist, Client
from models.identity import User
from models.waitlist import OfferStatus, WaitlistOffer, WaitlistWish, WishStatus
from services import catalog
from services.bookings import Named
from services.clients import ClientSearch
from services.core.access import Actor
from services.core.fields import MAX_ID, clean
from services.core.paging import Page, PageRequest, Sort, Sorts, check_filters, fetch_page, ordered
from services.waitlist.errors import WishNotFound
from services.waitlist.types import OfferView, PublicWish, WishFilters, WishView

OPEN = (WishStatus.WAITING, WishStatus.OFFERED)

_SORTS: Sorts = {
    "created_at": Sort(col(WaitlistWish.created_at)),
    "first_day": Sort(col(WaitlistWish.first_day)),
    "client": Sort(col(Client.name_folded), written=col(Client.name)),
    "status": Sort(col(WaitlistWish.status)),
}


def page(session: Session, actor: Actor, request: PageRequest, filters: WishFilters) -> Page[WishView]:
    rows = _rows().where(*_conditions(session, actor, filters))
    found = fetch_page(session, actor, rows, request, _SORTS, tie=col(WaitlistWish.id), view=lambda row: row)
    return Page(_views(session, found.data), found.total, found.page, found.page_size)


def all_of(session: Session, actor: Actor, sort: str, filters: WishFilters) -> tuple[WishView, ...]:
    order = ordered(session, actor, sort, _SORTS, tie=col(WaitlistWish.id))
    rows = _rows().where(*_conditions(session, actor, filters)).order_by(*order)
    return _views(session, session.execute(rows).all())


def views(session: Session, *where: ColumnElement[bool], order: Any, limit: int) -> tuple[WishView, ...]:
    return _views(session, session.execute(_rows().where(*where).order_by(order).limit(limit)).all())


def one(session: Session, wish_id: int) -> WishView:
    found = _views(session, session.execute(_rows().where(col(WaitlistWish.id) == min(wish_id, MAX_ID))).all())
    if not found:
        raise WishNotFound
    return found[0]


def public(session: Session, wish: WaitlistWish, *, with_token: bool = True) -> PublicWish:
    view = one(session, wish.id or 0)
    shared = {name: getattr(view, name) for name in PublicWish.__dataclass_fields__ if name != "token"}
    return PublicWish(**shared, token=wish.token if with_token else "")


def find(session: Session, where: ColumnElement[bool], *, lock: bool = True) -> WaitlistWish:
    """`lock` holds the wish until the transaction ends; its offer and booking are locked after it."""
    statement = select(WaitlistWish).where(where)
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    wish: WaitlistWish | None = session.execute(statement).scalar_one_or_none()
    if wish is None:
        raise WishNotFound
    return wish


def open_offer(session: Session, wish_id: int | None) -> WaitlistOffer | None:
    is_open = col(WaitlistOffer.status) == OfferStatus.OPEN
    statement = select(WaitlistOffer).where(col(WaitlistOffer.wish_id) == wish_id, is_open)
    offer: WaitlistOffer | None = session.execute(statement).scalar_one_or_none()
    return offer


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            WaitlistWish,
            col(Client.name).label("client_name"),
            col(Artist.name).label("artist_name"),
            col(Service.code).label("service_code"),
            col(Service.name).label("service_name"),
            col(Engineer.name).label("engineer_name"),
            col(User.name).label("user_name"),
        )
        .join(Client, col(Client.id) == col(WaitlistWish.client_id))
        .join(Service, col(Service.id) == col(WaitlistWish.service_id))
        .outerjoin(Artist, col(Artist.id) == col(WaitlistWish.artist_id))
        .outerjoin(Engineer, col(Engineer.id) == col(WaitlistWish.engineer_id))
        .outerjoin(User, col(User.id) == col(WaitlistWish.created_by))
    )


def _conditions(session: Session, actor: Actor, filters: WishFilters) -> list[ColumnElement[bool]]:
    check_filters(actor, filters)
    where: list[ColumnElement[bool]] = []
    if q := clean(filters.q):
        where.append(ClientSearch(session, actor, q).finds(col(WaitlistWish.client_id), ClientSearch.artist))
    if filters.statuses:
        where.append(col(WaitlistWish.status).in_(filters.statuses))
    if filters.service:
        where.append(col(Service.code) == filters.service)
    if filters.room_id is not None:
        where.append(any_(col(WaitlistWish.room_ids)) == min(filters.room_id, MAX_ID))
    return where


def _views(session: Session, rows: Sequence[Row[Any]]) -> tuple[WishView, ...]:
    wishes: list[WaitlistWish] = [row[0] for row in rows]
    rooms = catalog.rooms_by_id(session, {room_id for wish in wishes for room_id in wish.room_ids})
    names = {room_id: room.name for room_id, room in rooms.items()}
    offers = _offers(session, [wish.id or 0 for wish in wishes])
    return tuple(_view(row, names, offers.get(row[0].id)) for row in rows)


def _view(row: Row[Any], names: dict[int, str], offer: OfferView | None) -> WishView:
    wish: WaitlistWish = row[0]
    return WishView(
        id=wish.id or 0,
        status=wish.status,
        client=Named(wish.client_id, row.client_name),
        artist_name=row.artist_name or "",
        service_code=row.service_code,
        service_name=row.service_name,
        rooms=tuple(Named(room_id, names[room_id]) for room_id in wish.room_ids),
        engineer=Named(wish.engineer_id, row.engineer_name) if wish.engineer_id else None,
        first_day=wish.first_day,
        last_day=wish.last_day,
        not_before=wish.not_before,
        not_after=wish.not_after,
        minutes=wish.minutes,
        notes=wish.notes,
        created_at=wish.created_at,
        created_by=row.user_name or "",
        offer=offer,
    )


def _offers(session: Session, wish_ids: Iterable[int]) -> dict[int, OfferView]:
    """The latest of each wish."""
    of_booking = col(BookingRoom.booking_id) == col(Booking.id)
    names = func.array_agg(Room.name)
    rooms = select(names).select_from(BookingRoom).join(Room, col(Room.id) == col(BookingRoom.room_id))
    total = select(func.coalesce(func.sum(BookingLine.amount_cents), 0)).where(
        col(BookingLine.booking_id) == col(Booking.id)
    )
    statement = (
        select(
            WaitlistOffer,
            Booking,
            rooms.where(of_booking).correlate(Booking).scalar_subquery().label("room_names"),
            total.correlate(Booking).scalar_subquery().label("total_cents"),
            col(Engineer.name).label("engineer_name"),
        )
        .join(Booking, col(Booking.id) == col(WaitlistOffer.booking_id))
        .outerjoin(Engineer, col(Engineer.id) == col(Booking.engineer_id))
        .where(col(WaitlistOffer.wish_id).in_(wish_ids))
        .ext(distinct_on(col(WaitlistOffer.wish_id)))
        .order_by(col(WaitlistOffer.wish_id), col(WaitlistOffer.id).desc())
    )
    return {row.WaitlistOffer.wish_id: _offer(row) for row in session.execute(statement)}


def _offer(row: Row[Any]) -> OfferView:
    offer, booking = row.WaitlistOffer, row.Booking
    return OfferView(
        id=offer.id,
        status=offer.status,
        due_at=offer.due_at,
        answered_at=offer.answered_at,
        number=booking.number,
        booking_token=booking.public_token if offer.status is OfferStatus.ACCEPTED else "",
        start=booking.start,
        end=booking.end,
        room_names=tuple(sorted(row.room_names or ())),
        engineer_name=row.engineer_name or "",
        total_cents=int(row.total_cents),
        deposit_cents=booking.deposit_cents,
        currency=booking.currency,
    )
