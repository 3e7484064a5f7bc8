"""Found under Thursday's evening, `1:00 am Fri` is on Friday, wherever it is named."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from models.outbox import Delivery, DeliveryType
from services import bookings
from services.bookings import BookingFilters, NewBooking, ServiceMode
from services.core import db
from services.core.access import SYSTEM
from services.core.dates import day_text
from services.core.paging import PageRequest
from services.core.studio import studio_info
from studio_app.state.presenter import session_row
from tests.bookings.test_public_page import opened
from tests.screens import wizards as house
from tests.screens.wizard_walk import at_the_place, start_at
from tests.screens.wizards import House
from tests.world import STUDIO

_FORMS: tuple[dict[str, str], ...] = ({}, {}, {})


async def after_midnight(book: Any, wizards: House) -> str:
    """The label of the start chosen: an hour at half past twelve in the night after the day."""
    await at_the_place(book, wizards)
    await book.choose_minutes(60)
    await book.choose_room(wizards.room_a)
    label = f"12:30 am {wizards.day + timedelta(days=1):%a}"
    await book.choose_start(await start_at(book, label))
    return label


async def test_every_screen_of_the_wizard_names_the_day_of_the_start(book: Any, wizards: House) -> None:
    await after_midnight(book, wizards)
    own, evening = day_text(wizards.day + timedelta(days=1), STUDIO), day_text(wizards.day, STUDIO)
    assert own in book.price.about[0]
    assert evening not in " ".join(book.price.about)
    for form in _FORMS:
        await book.go_on(form)
    await book.draw(house.signature())
    await book.go_on({"authorization.name": "Rita Okafor"})
    await book.go_on({})
    facts = {fact.label: fact.value for fact in book.review.facts}
    assert facts["Time"].startswith(own)
    assert own in book.price.about[0]


async def test_going_back_to_the_days_keeps_the_evening_it_was_found_under(book: Any, wizards: House) -> None:
    await after_midnight(book, wizards)
    await book.go_to("day")
    assert [cell.day for week in book.days.weeks for cell in week if cell.is_chosen] == [wizards.day.isoformat()]


async def test_a_start_after_midnight_that_is_taken_is_named_with_its_day(book: Any, wizards: House) -> None:
    label = await after_midnight(book, wizards)
    told, other = book._told(), house.known_client("Olu Early", "olu@example.com")
    start = datetime.fromisoformat(told.start)
    new = NewBooking(ServiceMode.IN_PERSON, "RECORDING", start, client_id=other.id, room_ids=told.room_ids, minutes=60)
    db.run(bookings.create, SYSTEM, new)
    await book.choose_minutes(60)
    assert book.trouble.title == f"{label} is not free"
    await book.choose_start(start.isoformat())
    assert book.trouble.title == f"{label} is not free"


async def test_what_is_stored_sent_and_listed_has_the_day_of_the_start(book: Any, wizards: House) -> None:
    await after_midnight(book, wizards)
    for form in _FORMS:
        await book.go_on(form)
    await book.draw(house.signature())
    await book.go_on({"authorization.name": "Rita Okafor"})
    await book.go_on({})
    await house.pressed(book.book())
    token = book.booked.removeprefix("/booking/").removesuffix("?new=1")
    own, evening = wizards.day + timedelta(days=1), wizards.day
    assert db.run(bookings.get_public, SYSTEM, token).business_date == own
    page = await opened(token)
    assert page.booking.time.startswith(day_text(own, STUDIO))
    row = db.run(bookings.list_bookings, SYSTEM, PageRequest(), BookingFilters(first_day=own, last_day=own)).data[0]
    assert session_row(row, db.run(studio_info)).day.startswith(day_text(own, STUDIO))
    assert not db.run(bookings.list_bookings, SYSTEM, PageRequest(), BookingFilters(last_day=evening)).data
    mail = db.run(_mail)
    assert day_text(own, STUDIO) in mail
    assert day_text(evening, STUDIO) not in mail


def _mail(session: Session) -> str:
    return session.exec(select(Delivery.body).where(Delivery.type == DeliveryType.BOOKING_CREATED)).first() or ""
