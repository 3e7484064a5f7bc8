"""What the hold tests pencil in: two hours of Studio A on Friday at noon, unless they say otherwise."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from models.outbox import Delivery, DeliveryType
from services import bookings, clients
from services.bookings import BookingStatus
from services.clients import NewClient
from services.core.access import SYSTEM, Actor
from services.holds import HoldView
from tests.bookings.orders import ORDER
from tests.scheduling.studio import NOW

LATER = NOW + timedelta(hours=1)
HOURS_TO_ANSWER = 24
HOLD_DAYS = 14


def hold(session: Session, actor: Actor, minute: int = 0, **changes: Any) -> HoldView:
    """Placed so many minutes after now."""
    return bookings.place_hold(session, actor, replace(ORDER, **changes), now=NOW + timedelta(minutes=minute))


def line(session: Session, actor: Actor, *people: str) -> list[HoldView]:
    """First, second, third … hold of the same time, each of a client with an e-mail."""
    return [hold(session, actor, n, client_id=client(session, name)) for n, name in enumerate(people)]


def client(session: Session, name: str) -> int:
    return clients.create_client(session, SYSTEM, NewClient(name, email=f"{name.lower()}@example.com")).id


def ranks(session: Session, actor: Actor) -> dict[str, int]:
    return {one.client_name: one.rank for one in bookings.list_holds(session, actor, now=LATER)}


def status(session: Session, actor: Actor, one: HoldView) -> BookingStatus:
    return bookings.get_booking(session, actor, one.number).status


def told(session: Session, booking_id: int) -> list[tuple[str, str]]:
    """Who was written to about a hold, and under which subject, without the number."""
    rows = session.exec(
        select(Delivery)
        .where(Delivery.booking_id == booking_id, Delivery.type == DeliveryType.HOLD_CHANGED)
        .order_by(col(Delivery.id))
    )
    return [(row.to, row.subject.rpartition(":")[0]) for row in rows]


def outcomes(session: Session) -> list[str]:
    return list(session.execute(text("select outcome from hold_challenge order by id")).scalars())


def happened(session: Session, actor: Actor, one: HoldView) -> list[str]:
    """The events of its history, oldest first."""
    return [event.action for event in reversed(bookings.history(session, actor, one.number))]
