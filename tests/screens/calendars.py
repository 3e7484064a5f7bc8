"""Sessions of the small studio, and what the calendar shows of them."""

from typing import Any

from services import bookings
from services.bookings import BookingView, NewBooking, ServiceMode
from services.core import clock, db
from studio_app.state.calendar.overview import Look, look
from studio_app.state.calendar.presenter import Event
from tests.world import World


def book(here: World, hour: int, minutes: int = 240, *rooms: int, **rest: Any) -> BookingView:
    order = {"client_id": here.nova, "room_ids": rooms or (here.a,), "minutes": minutes, **rest}
    new = NewBooking(ServiceMode.IN_PERSON, "RECORDING", here.at(hour), **order)
    return db.run(bookings.create, here.team["dana"], new)


def seen(here: World, who: str = "dana", **query: str) -> Look:
    asked = {"date": here.day.isoformat(), **query}
    return db.run(look, here.team[who], asked, clock.now())


def event(shown: Look, event_id: str) -> Event:
    return next(one for one in shown.events if one.id == event_id)


def ids(shown: Look) -> list[str]:
    return [one.id for one in shown.events]
