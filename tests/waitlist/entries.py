"""Who waits for what: two hours of Studio A on Friday, unless they say otherwise."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from models.outbox import Delivery, DeliveryType
from services import absences, bookings, clients, waitlist
from services.absences import LockoutKind, NewLockout
from services.bookings import BookingView
from services.clients import NewClient
from services.core.access import SYSTEM, Actor, anonymous
from services.core.paging import PageRequest
from services.waitlist import NewWish, PublicWish, WishView
from tests.bookings.orders import VISITOR, book
from tests.scheduling.studio import CLIENT, FRIDAY, GARAGE, NOW, A, B, C, at

WISH = NewWish(service="RECORDING", first_day=FRIDAY, last_day=FRIDAY, client_id=CLIENT, room_ids=(A,))
SOON = NOW + timedelta(minutes=1)


def wish(session: Session, **changes: Any) -> WishView:
    return waitlist.wish(session, SYSTEM, replace(WISH, **changes), now=NOW)


def public(session: Session, **changes: Any) -> PublicWish:
    new = replace(WISH, **({"client_id": None, "client": VISITOR} | changes))
    return waitlist.public_wish(session, anonymous(), new, now=NOW)


def another(session: Session, name: str) -> int:
    new = NewClient(name, email=f"{name.split()[0].lower()}@example.com")
    return clients.create_client(session, SYSTEM, new).id


def fill(session: Session, actor: Actor) -> BookingView:
    """Studio A is taken on Friday from ten to two at night, two hours of it by a session that can be cancelled."""
    taken = book(session, actor)
    end = taken.end + timedelta(minutes=taken.buffer_minutes)
    lock(session, A, at(FRIDAY, "10:00"), taken.start)
    lock(session, A, end, at(FRIDAY, "10:00") + timedelta(hours=16))
    return taken


def lock(session: Session, room: int, start: datetime, end: datetime) -> None:
    new = NewLockout(room_ids=(room,), start=start, end=end, kind=LockoutKind.MAINTENANCE, reason="Paint")
    absences.lock_rooms(session, SYSTEM, new)


def close_others(session: Session) -> None:
    for room in (B, C, GARAGE):
        lock(session, room, at(FRIDAY, "10:00"), at(FRIDAY, "10:00") + timedelta(hours=16))


def free(session: Session, actor: Actor, taken: BookingView) -> None:
    bookings.cancel(session, actor, taken.number, now=NOW)


def expire_due(session: Session, now: datetime) -> int:
    """What the job worker settles and closes at that time: how many."""
    settled = sum(waitlist.settle(session, offer_id, now) for offer_id in waitlist.due(session, now))
    return settled + sum(waitlist.close(session, wish_id, now) for wish_id in waitlist.over(session, now))


def seen(session: Session, wish_id: int) -> WishView:
    page = waitlist.list_wishes(session, SYSTEM, PageRequest(page_size=200), waitlist.WishFilters())
    return next(view for view in page.data if view.id == wish_id)


def mails(session: Session, to: str) -> list[str]:
    """Subjects of what the waitlist wrote, in order."""
    wrote = select(Delivery.subject).where(Delivery.type == DeliveryType.WAITLIST_OFFER, Delivery.to == to)
    return list(session.exec(wrote.order_by(Delivery.id)))  # type: ignore[arg-type]
