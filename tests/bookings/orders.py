"""What the bookings tests order: two hours of Studio A on Friday at noon, unless they say otherwise."""

from dataclasses import replace
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from models.bookings import AuthorizationType
from models.catalog import ServiceMode
from models.payments import PaymentMethod
from services import bookings
from services.bookings import BookingView, NewAuthorization, NewBooking
from services.clients import NewClient
from services.core.access import Actor
from services.payments import NewPayment
from tests.scheduling.studio import CLIENT, FRIDAY, NOW, A, at

ORDER = NewBooking(ServiceMode.IN_PERSON, "RECORDING", at(FRIDAY, "12:00"), client_id=CLIENT, room_ids=(A,))
ONLINE = NewBooking(ServiceMode.ONLINE, "MIX", at(FRIDAY, "12:00"), client_id=CLIENT, period="Morning")
TICKED = NewAuthorization(AuthorizationType.CHECKBOX_ACKNOWLEDGMENT, "Nova Reyes", accepted=True)
CASH = NewPayment(PaymentMethod.CASH, 50_00)
VISITOR = NewClient("Vera Lin", "vera@example.com", "+12125550188")
PRICE = 280_00
"""Two hours at $90.00 and $100.00 for the recording itself."""


def book(session: Session, actor: Actor, **changes: Any) -> BookingView:
    return bookings.create(session, actor, replace(ORDER, **changes), now=NOW)


def allocations(session: Session, booking: BookingView) -> list[tuple[int, str]]:
    """Which resources it holds, and for how long, in UTC."""
    session.execute(text("set local time zone 'UTC'"))
    found = session.execute(
        text("select resource_id, during::text from allocation where booking_id = :id order by resource_id"),
        {"id": booking.id},
    )
    return [(resource_id, during) for resource_id, during in found]


def count(session: Session, table: str) -> int:
    return int(session.execute(text(f'select count(*) from "{table}"')).scalar_one())
