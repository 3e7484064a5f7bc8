"""The client's page: what they see, sign and ask for."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from reflex.state import State

from models.studio import StudioInfo
from services import bookings, changes
from services.bookings import BookingView, NewBooking, ServiceMode
from services.changes import Change
from services.core import dates as when
from services.core import db
from services.core.access import SYSTEM
from services.core.studio import studio_info
from services.payments import NewPayment, PaymentMethod
from studio_app.state.bookings.public import PublicBookingState
from tests.screens import wizards as house
from tests.screens.wizards import House


@pytest.fixture
def sold(wizards: House) -> BookingView:
    client = house.known_client()
    zone = db.run(studio_info).zone
    start = datetime.combine(wizards.day, time(14), zone)
    new = NewBooking(ServiceMode.IN_PERSON, "RECORDING", start, client_id=client.id, room_ids=(wizards.room_a,))
    return db.run(bookings.create, SYSTEM, new)


async def opened(token: str) -> Any:
    state = await State(_reflex_internal_init=True).get_state(PublicBookingState)
    root = state._get_root_state()
    path = f"/booking/{token}"
    root._update_router_vars({"headers": {}, "pathname": "/booking/[token]", "asPath": path}, {})
    await state.load()
    root.is_hydrated = True
    return state


async def test_it_shows_the_session_and_what_is_owed(sold: BookingView) -> None:
    page = await opened(sold.public_token)
    assert page.booking.number == sold.number
    assert "2:00–6:00 pm" in page.booking.time
    assert (page.booking.total, page.booking.balance) == ("$600.00", "$600.00")
    assert page.booking.deposit.startswith("$300.00 by ")
    assert page.calendar_path == f"/api/public/bookings/{sold.public_token}/calendar.ics"


async def test_a_missing_signature_is_given_here(sold: BookingView) -> None:
    page = await opened(sold.public_token)
    await page.draw(house.signature())
    await page.sign({"authorization.name": "Rita Okafor"})
    assert page.booking.signed.startswith("Signed by Rita Okafor")


@pytest.mark.parametrize(
    ("way", "form", "field"),
    [
        ("DIGITAL_SIGNATURE", {"authorization.name": "Rita"}, "authorization.signature_png_base64"),
        ("CHECKBOX_ACKNOWLEDGMENT", {"authorization.name": "Rita"}, "authorization.accepted"),
        ("CHECKBOX_ACKNOWLEDGMENT", {"authorization.accepted": "on"}, "authorization.name"),
    ],
)
async def test_an_incomplete_signature_is_said_at_its_field(
    sold: BookingView, way: str, form: dict[str, str], field: str
) -> None:
    page = await opened(sold.public_token)
    await page.choose_signing(way)
    await page.sign(form)
    assert list(page.errors) == [field]
    assert page.booking.signed == ""


async def test_a_payment_shows_and_the_deposit_is_no_longer_asked_for(sold: BookingView) -> None:
    page = await opened(sold.public_token)
    await page.draw(house.signature())
    await page.sign({"authorization.name": "Rita Okafor"})
    db.run(bookings.record_payment, SYSTEM, sold.number, NewPayment(PaymentMethod.ZELLE, 30_000))
    page = await opened(sold.public_token)
    assert (page.booking.paid, page.booking.balance, page.booking.deposit) == ("$300.00", "$300.00", "")


async def test_a_wish_stays_on_the_page_until_it_is_withdrawn(sold: BookingView) -> None:
    page = await opened(sold.public_token)
    await page.ask({"wish": "CHANGE", "message": "An hour later, please."})
    assert "change_requested" in [entry.action for entry in db.run(bookings.history, SYSTEM, sold.number)]
    page = await opened(sold.public_token)
    asked = page.booking.asked
    assert (asked.status, asked.message, asked.answer) == ("OPEN", "An hour later, please.", "")
    await page.withdraw()
    assert page.booking.asked.status == ""


async def test_what_the_studio_answers_is_read_on_the_page(sold: BookingView) -> None:
    page = await opened(sold.public_token)
    await page.ask({"wish": "CANCEL", "message": ""})
    [wish] = db.run(bookings.open_change_requests, SYSTEM)
    db.run(bookings.answer_request, SYSTEM, wish.id, "Would Monday suit you?")
    asked = (await opened(sold.public_token)).booking.asked
    assert (asked.status, asked.answer) == ("OPEN", "Would Monday suit you?")
    db.run(bookings.decline_request, SYSTEM, wish.id, "The room is yours alone that day.")
    asked = (await opened(sold.public_token)).booking.asked
    assert (asked.status, asked.answer) == ("DECLINED", "The room is yours alone that day.")


async def test_a_wish_needs_its_words(sold: BookingView) -> None:
    page = await opened(sold.public_token)
    await page.ask({"wish": "CHANGE", "message": " "})
    assert "message" in page.errors
    assert page.booking.asked.status == ""


async def test_an_unknown_link_shows_nothing(sold: BookingView) -> None:
    page = await opened("no-such-token")
    assert not page.is_here
    assert page.booking.number == ""


async def test_what_changed_since_it_was_signed_is_said(sold: BookingView) -> None:
    page = await opened(sold.public_token)
    later = Change(start=sold.start + timedelta(hours=1))
    db.run(changes.apply, SYSTEM, sold.number, later)
    assert (await opened(sold.public_token)).booking.changed == ()
    await page.draw(house.signature())
    await page.sign({"authorization.name": "Rita Okafor"})
    db.run(changes.apply, SYSTEM, sold.number, Change(minutes=300))
    page = await opened(sold.public_token)
    assert "3:00–8:00 pm" in page.booking.time
    time, length, price = page.booking.changed
    assert (time.endswith("3:00–8:00 pm"), length, price) == (True, "Length: 4 h → 5 h", "Price: +$150.00")


async def test_what_was_taken_back_is_not_said(sold: BookingView) -> None:
    page = await opened(sold.public_token)
    await page.draw(house.signature())
    await page.sign({"authorization.name": "Rita Okafor"})
    db.run(changes.apply, SYSTEM, sold.number, Change(minutes=300))
    db.run(changes.undo, SYSTEM, sold.number)
    assert (await opened(sold.public_token)).booking.changed == ()


async def test_a_pending_booking_says_until_when_its_time_is_held_and_what_confirms_it(sold: BookingView) -> None:
    page = await opened(sold.public_token)
    until = when.moment_text(sold.deposit_due_at, db.run(studio_info))
    assert (
        page.booking.status_text == f"We hold your time until {until}. The deposit confirms it as soon as it is here."
    )
    assert page.booking.deposit.endswith(until)
    with db.transaction() as session:
        session.get_one(StudioInfo, 1).confirms_when_paid = False
    assert "we confirm it and write to you" in (await opened(sold.public_token)).booking.status_text
    with time_machine.travel(sold.deposit_due_at, tick=False):
        assert "the deposit has not come" in (await opened(sold.public_token)).booking.status_text
