"""Who else is at a booking's page, and what the page hears."""

import asyncio

from services import bookings
from services.bookings import presence
from services.core import db
from services.core.live import Change
from studio_app.live import Hub
from studio_app.state.bookings.live import BookingLive
from tests.screens.booking import opened
from tests.screens.desk import play
from tests.screens.orders import book
from tests.world import World


async def test_who_else_is_here_and_editing_is_named(here: World) -> None:
    booked = book(here)
    state = await opened(here, "abel", booked.number, BookingLive)
    await play(state.beat())
    assert state.others == []
    db.run(presence.stay, here.team["dana"], booked.number, is_editing=True)
    await play(state.beat())
    assert [(one.name, one.is_editing) for one in state.others] == [("Dana Reyes", True)]


async def test_an_open_dialog_is_editing(here: World) -> None:
    booked = book(here)
    state = await opened(here, "abel", booked.number, BookingLive)
    state._open("details")
    await play(state.beat())
    (seen,) = db.run(presence.stay, here.team["dana"], booked.number)
    assert (seen.name, seen.is_editing) == ("Abel Okoro", True)


async def test_a_refusal_on_a_page_nobody_may_see_says_nothing_of_who_is_there(here: World) -> None:
    booked = book(here, room_ids=(here.booth,), engineer_id=here.sam)
    db.run(presence.stay, here.team["dana"], booked.number)
    state = await opened(here, "maya", booked.number, BookingLive)
    await play(state.beat())
    assert state.others == []


async def test_a_page_hears_only_of_its_own_booking() -> None:
    hub = Hub()
    rounds = hub.rounds(("booking",), of=7)
    heard = asyncio.ensure_future(anext(rounds))
    await asyncio.sleep(0)
    for ear in hub._subscriptions:
        ear.hear(Change("booking", 8))
        ear.hear(Change("room", 7))
        ear.hear(Change("booking", 7))
    assert await asyncio.wait_for(heard, 5) == (Change("booking", 7),)
    await rounds.aclose()


async def test_what_somebody_did_is_read_again_without_touching_an_open_dialog(here: World) -> None:
    booked = book(here)
    state = await opened(here, "abel", booked.number, BookingLive)
    state._open("details", record={"notes": "as it was"})
    db.run(bookings.confirm, here.team["dana"], booked.number)
    await state._fetch()
    assert (state.shown.status, state.dialog, state.record) == ("CONFIRMED", "details", {"notes": "as it was"})
    assert state._opened_version < state._version
