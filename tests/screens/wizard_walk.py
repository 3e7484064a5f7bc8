"""A visitor goes through the public wizard."""

from typing import Any

from services import bookings
from services.bookings import BookingFilters
from services.core import db
from services.core.access import SYSTEM
from services.core.paging import PageRequest
from tests.screens import wizards as house
from tests.screens.wizards import House

RITA = {"name": "Rita Okafor", "email": "rita@example.com", "phone": "(212) 555-0140", "artist": "The Lanterns"}


async def at_the_place(book: Any, wizards: House, service: str = "RECORDING") -> None:
    await book.go_on(RITA)
    await book.choose_day(wizards.day.isoformat())
    await book.go_on({})
    await book.choose_service(service)
    await book.go_on({})


async def start_at(book: Any, hour: str) -> str:
    return next(slot.start for slot in book.place.slots() if slot.label == hour)


async def up_to_the_review(book: Any, wizards: House, hour: str = "2:00 pm") -> None:
    await at_the_place(book, wizards)
    await book.choose_room(wizards.room_a)
    await book.choose_start(await start_at(book, hour))
    for form in ({}, {}, {"notes": "Upright piano, please."}):
        await book.go_on(form)
    await book.draw(house.signature())
    await book.go_on({"authorization.name": "Rita Okafor"})
    await book.go_on({})
    assert book.screen == "review"


def bookings_made() -> int:
    return db.run(bookings.list_bookings, SYSTEM, PageRequest(), BookingFilters()).total
