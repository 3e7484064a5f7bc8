"""Wishes: left by staff or by clients, looked at, withdrawn."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, func, select

from models.catalog import ServiceMode
from models.clients import Client
from models.waitlist import WaitlistWish, WishStatus
from services import catalog, clients, online, scheduling
from services.catalog import ServiceView
from services.clients import NewClient
from services.core import audit, clock
from services.core.access import Actor, Permission, anonymous, require
from services.core.checking import all_at_once, noted
from services.core.errors import Conflict, Invalid
from services.core.fields import parse_text
from services.core.paging import Page, PageRequest
from services.core.studio import studio_zone
from services.online import Allowance
from services.scheduling import checked_minutes
from services.waitlist import answers, mails, queries
from services.waitlist.errors import WishOver
from services.waitlist.rules import check_days, check_hours
from services.waitlist.types import Desk, NewWish, PublicWish, WishFilters, WishView

_MOST_OPEN = 10
"""Open wishes of one client."""
_MOST_ROOMS = 20
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was checked of a wish."""

    client: NewClient
    service: ServiceView
    minutes: int
    notes: str


def wish(session: Session, actor: Actor, new: NewWish, now: datetime | None = None) -> WishView:
    """Staff note what a client would take."""
    require(actor, Permission.MANAGE_CLIENTS)
    now = now or clock.now()
    wanted = _checked(session, new, now)
    if new.client_id is not None:
        client_id = clients.bookable_client(session, new.client_id)
    else:
        client_id = clients.create_client(session, actor, wanted.client).id
    row, _ = _place(session, actor, new, wanted, client_id, now)
    return queries.one(session, row.id or 0)


def public_wish(session: Session, actor: Actor, new: NewWish, now: datetime | None = None) -> PublicWish:
    """A client asks to be told. The link goes to their e-mail; it comes back here only for a new wish."""
    require(actor, Permission.BOOK_ONLINE)
    online.request(session, actor)
    now = now or clock.now()
    wanted = _checked_online(session, actor, new, now)
    client_id = clients.ensure_client(session, actor, wanted.client)
    actor = anonymous(actor.ip, actor.user_agent)  # signed in or not, it is the client who asks
    row, is_new = _place(session, actor, replace(new, artist=""), wanted, client_id, now)
    if is_new:
        online.spend(session, Allowance.WISH, online.address_of(actor.ip), now)
    return queries.public(session, row, with_token=is_new)


def list_wishes(session: Session, actor: Actor, request: PageRequest, filters: WishFilters) -> Page[WishView]:
    """In order of arrival, unless asked otherwise."""
    require(actor, Permission.MANAGE_CLIENTS)
    return queries.page(session, actor, request, filters)


def all_wishes(session: Session, actor: Actor, sort: str, filters: WishFilters) -> tuple[WishView, ...]:
    """For exports: every row, unpaged."""
    require(actor, Permission.MANAGE_CLIENTS)
    return queries.all_of(session, actor, sort, filters)


def desk(session: Session, actor: Actor) -> Desk:
    require(actor, Permission.MANAGE_CLIENTS)
    status, waiting = col(WaitlistWish.status), col(WaitlistWish.status) == WishStatus.WAITING
    offered = queries.views(session, status == WishStatus.OFFERED, order=col(WaitlistWish.id), limit=50)
    by_deadline = sorted(offered, key=lambda view: view.offer.due_at if view.offer else view.created_at)
    return Desk(
        offered=tuple(by_deadline[:_SHOWN]),
        newest=queries.views(session, waiting, order=col(WaitlistWish.id).desc(), limit=_SHOWN),
        waiting=session.exec(select(func.count()).select_from(WaitlistWish).where(waiting)).one(),
    )


def get_public(session: Session, actor: Actor, token: str) -> PublicWish:
    require(actor, Permission.BOOK_ONLINE)
    return queries.public(session, queries.find(session, col(WaitlistWish.token) == token, lock=False))


def withdraw(session: Session, actor: Actor, wish_id: int, now: datetime | None = None) -> WishView:
    require(actor, Permission.MANAGE_CLIENTS)
    row = queries.find(session, col(WaitlistWish.id) == wish_id)
    _withdraw(session, actor, row, now or clock.now())
    return queries.one(session, wish_id)


def withdraw_public(session: Session, actor: Actor, token: str, now: datetime | None = None) -> PublicWish:
    require(actor, Permission.BOOK_ONLINE)
    online.request(session, actor)
    row = queries.find(session, col(WaitlistWish.token) == token)
    _withdraw(session, actor, row, now or clock.now())
    return queries.public(session, row)


def _withdraw(session: Session, actor: Actor, row: WaitlistWish, now: datetime) -> None:
    """An open offer is declined with it."""
    if row.status not in queries.OPEN:
        raise WishOver
    if offer := queries.open_offer(session, row.id):
        answers.refuse(session, actor, row, offer, now)
    row.status = WishStatus.WITHDRAWN
    session.add(row)
    session.flush()
    audit.record(session, actor, "wish_withdrawn", "waitlist", row.id)


def _place(
    session: Session, actor: Actor, new: NewWish, wanted: _Wanted, client_id: int, now: datetime
) -> tuple[WaitlistWish, bool]:
    """The wish, and whether it is new: the same one twice is one wish."""
    row = _row(session, actor, new, wanted, client_id, now)
    # One after the other for each client, so that a double click is one wish.
    session.exec(select(Client.id).where(Client.id == client_id).with_for_update(key_share=True)).one()
    is_open = col(WaitlistWish.status).in_(queries.OPEN)
    standing = session.exec(select(WaitlistWish).where(WaitlistWish.client_id == client_id, is_open)).all()
    if same := [one for one in standing if _same(one, row)]:
        return same[0], False
    if len(standing) >= _MOST_OPEN:
        raise Conflict(f"There are {_MOST_OPEN} open wishes already; withdraw one first.", code="too_many_wishes")
    session.add(row)
    session.flush()
    after = {"client_id": client_id, "first_day": row.first_day.isoformat(), "last_day": row.last_day.isoformat()}
    audit.record(session, actor, "wish_added", "waitlist", row.id, after=after)
    mails.listed(session, row)
    return row, True


def _row(session: Session, actor: Actor, new: NewWish, wanted: _Wanted, client_id: int, now: datetime) -> WaitlistWish:
    return WaitlistWish(
        token=secrets.token_urlsafe(24),
        client_id=client_id,
        artist_id=clients.ensure_artist(session, client_id, new.artist),
        service_id=wanted.service.id,
        room_ids=list(new.room_ids),
        engineer_id=new.engineer_id,
        first_day=new.first_day,
        last_day=new.last_day,
        not_before=new.not_before,
        not_after=new.not_after,
        minutes=wanted.minutes,
        notes=wanted.notes,
        created_by=actor.user_id,
        created_at=now,
    )


@all_at_once
def _checked_online(session: Session, actor: Actor, new: NewWish, now: datetime) -> _Wanted:
    """What the public page does not sell, nobody need wait for there."""
    _check_own_contact(new)
    wanted = noted(_checked)(session, new, now)
    if not wanted.service.is_visible:
        raise Invalid("That service is not offered.", field="service")
    if offered := scheduling.offered_to(session, anonymous(actor.ip, actor.user_agent), now):
        noted(offered.check_minutes)(wanted.minutes, wanted.service.duration_minutes)
        offered.check_day(new.last_day, field="last_day")
    return wanted


@all_at_once
def _checked(session: Session, new: NewWish, now: datetime) -> _Wanted:
    client, service = _client(session, new), _service(session, new)
    noted(check_days)(new.first_day, new.last_day, clock.business_date(now, studio_zone(session)))
    _check_rooms(session, new)
    _check_engineer(session, new)
    notes = parse_text(new.notes, "notes", "The note", limit=1000)
    minutes = noted(checked_minutes)(service.duration_minutes if new.minutes is None else new.minutes)
    check_hours(new.not_before, new.not_after, minutes)
    return _Wanted(client, service, minutes, notes)


@noted
def _check_own_contact(new: NewWish) -> None:
    if new.client_id is not None or new.client is None or not new.client.email or not new.client.phone:
        raise Invalid("Give your name, e-mail and phone.", field="client")


@noted
def _client(session: Session, new: NewWish) -> NewClient:
    """Of one who is known already, nobody new."""
    if new.client_id is None and new.client is None:
        raise Invalid("Choose a client, or give a new one's name and contact.", field="client")
    if new.client_id is None and new.client is not None:
        clients.check_typed(session, new.client)
    return new.client or NewClient("")


@noted
def _service(session: Session, new: NewWish) -> ServiceView:
    service = catalog.service_by_code(session, new.service)
    if service.mode is not ServiceMode.IN_PERSON:
        raise Invalid("Only sessions in a room have a waitlist.", field="service")
    return service


@noted
def _check_rooms(session: Session, new: NewWish) -> None:
    if len(set(new.room_ids)) < len(new.room_ids) or len(new.room_ids) > _MOST_ROOMS:
        raise Invalid("A room is chosen twice, or too many are.", field="rooms")
    if len(catalog.rooms_by_id(session, new.room_ids)) < len(new.room_ids):
        raise Invalid("One of the rooms does not exist.", field="rooms")


@noted
def _check_engineer(session: Session, new: NewWish) -> None:
    if new.engineer_id is not None and not catalog.engineers_by_id(session, [new.engineer_id]):
        raise Invalid("That engineer does not exist.", field="engineer_id")


def _same(one: WaitlistWish, other: WaitlistWish) -> bool:
    fields = ("service_id", "room_ids", "engineer_id", "first_day", "last_day", "not_before", "not_after", "minutes")
    return all(getattr(one, name) == getattr(other, name) for name in fields)
