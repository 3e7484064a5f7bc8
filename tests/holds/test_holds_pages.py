"""Holds on their screens: the list, the booking's page, today, and the wizard's last step."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from services import bookings
from services.bookings import BookingStatus, BookingView, NewBooking, ServiceMode
from services.core import db
from services.holds import HoldView
from studio_app.state.bookings.booking import BookingState
from studio_app.state.bookings.wizard.answers import Answers
from studio_app.state.holds.booking import BookingHold
from studio_app.state.holds.listing import HoldsState
from studio_app.state.holds.presenter import foreseen, left_text
from studio_app.state.holds.today import HoldsToday
from tests.screens.desk import at, play
from tests.world import World


def pencil(here: World, hour: int = 14, **rest: Any) -> HoldView:
    order: dict[str, Any] = {"client_id": here.nova, "room_ids": (here.a,), "minutes": 120} | rest
    new = NewBooking(ServiceMode.IN_PERSON, "RECORDING", here.at(hour), **order)
    return db.run(bookings.place_hold, here.team["dana"], new)


def now_of(here: World, hold: HoldView) -> BookingView:
    return db.run(bookings.get_booking, here.team["dana"], hold.number)


async def listed(here: World, who: str = "abel", query: str = "") -> Any:
    state = await at(HoldsState, here.tokens[who], f"/holds{query}")
    await play(state.load())
    return state


async def opened(here: World, hold: HoldView, who: str = "abel") -> Any:
    state = await at(BookingHold, here.tokens[who], number=hold.number)
    await play((await state.get_state(BookingState)).load())
    await play(state.load_hold())
    return state


async def test_the_list_says_who_is_first_and_whom_each_meets(here: World) -> None:
    first, second = pencil(here), pencil(here)
    state = await listed(here)
    above, below = state.rows
    assert (above.rank, above.can_confirm, above.others[0].number) == ("First hold", True, second.number)
    assert (below.rank, below.can_challenge, below.others[0].rank) == ("Second hold", True, "First hold")
    assert (below.time, below.rooms) == ("2:00–4:00 pm", "Studio A")
    assert first.number == above.number


async def test_room_and_day_narrow_the_list_and_stand_in_the_address(here: World) -> None:
    pencil(here)
    pencil(here, 32, room_ids=(here.b,))
    state = await listed(here)
    assert f"room={here.b}" in await play(state.choose_room(str(here.b)))
    assert [row.rooms for row in state.rows] == ["Studio B"]
    await play(state.clear())
    assert f"day={here.day}" in await play(state.choose_day(str(here.day)))
    assert [row.rooms for row in state.rows] == ["Studio A"]
    again = await listed(here, query=f"?room={here.b}")
    assert (again.room, [row.rooms for row in again.rows]) == (str(here.b), ["Studio B"])


async def test_nonsense_in_the_address_narrows_nothing(here: World) -> None:
    pencil(here)
    state = await listed(here, query="?room=x&day=9999-99-99")
    assert (len(state.rows), state.csv) == (1, "/api/export/holds.csv?")


async def test_challenged_confirmed_released_from_the_list(here: World) -> None:
    first, second = pencil(here), pencil(here)
    state = await listed(here)
    assert "has asked those above it" in await play(state.challenge(second.id))
    above, below = state.rows
    assert above.left == "23 h left"
    assert above.challenger.startswith(second.number)
    assert first.number in below.asked[0]
    assert not below.can_challenge
    await play(state.ask_release(first.id))
    assert state.letting_go.number == first.number
    assert "is released" in await play(state.release())
    assert [row.rank for row in state.rows] == ["First hold"]
    assert "is confirmed" in await play(state.confirm(second.id))
    assert state.rows == []
    assert now_of(here, second).status is BookingStatus.CONFIRMED


async def test_an_engineer_sees_their_own_holds_only(here: World) -> None:
    pencil(here)
    own = pencil(here, engineer_id=here.maya)
    assert [row.number for row in (await listed(here, "maya")).rows] == [own.number]


async def test_the_booking_page_shows_where_the_hold_stands(here: World) -> None:
    pencil(here)
    second = pencil(here)
    state = await opened(here, second)
    assert (state.hold.rank, state.hold.can_challenge, state.hold.can_confirm) == ("Second hold", True, False)
    assert "has asked" in await play(state.challenge())
    assert len(state.hold.asked) == 1
    await play(state.ask_release())
    assert "is released" in await play(state.release())
    assert (state.shown.status, state.hold.id) == ("CANCELLED", 0)


async def test_the_first_hold_is_confirmed_on_its_page(here: World) -> None:
    state = await opened(here, pencil(here))
    assert "is confirmed" in await play(state.confirm_hold())
    assert (state.shown.status, state.hold.id) == ("CONFIRMED", 0)


async def test_an_open_page_follows_what_becomes_of_the_hold(here: World) -> None:
    first = pencil(here)
    state = await opened(here, first)
    db.run(bookings.release_hold, here.team["dana"], first.id)
    await state._show_hold()
    assert (state.shown.status, state.hold.id) == ("CANCELLED", 0)


async def test_a_booking_that_is_no_hold_has_no_panel(here: World) -> None:
    new = NewBooking(
        ServiceMode.IN_PERSON, "RECORDING", here.at(14), client_id=here.nova, room_ids=(here.a,), minutes=120
    )
    booking: Any = db.run(bookings.create, here.team["dana"], new)
    assert (await opened(here, booking)).hold.id == 0


async def test_today_shows_the_holds_whose_clock_runs(here: World) -> None:
    first, second = pencil(here), pencil(here)
    state = await at(HoldsToday, here.tokens["dana"])
    await play(state.load())
    assert state.urgent == []
    db.run(bookings.challenge_hold, here.team["dana"], second.id)
    await play(state.load())
    assert [row.number for row in state.urgent] == [first.number]
    finance = await at(HoldsToday, here.tokens["femi"])
    await play(finance.load())
    assert finance.urgent == []


def test_the_wizard_says_which_rank_it_would_have(here: World) -> None:
    answers = Answers(
        client_id=here.nova,
        service="RECORDING",
        room_ids=(here.a,),
        start=here.at(14).isoformat(),
        minutes=120,
        status="HOLD",
    )
    dana = here.team["dana"]
    assert db.run(foreseen, dana, answers) == "It would be the first hold of that time."
    one = pencil(here)
    words = f"It would be the second hold of that time. Above it: {one.number} (Nova Reyes)."
    assert db.run(foreseen, dana, answers) == words
    told = f"{one.number} (Nova Reyes) is held then; its client is told that the time is gone."
    assert db.run(foreseen, dana, replace(answers, status="CONFIRMED")) == told
    assert db.run(foreseen, dana, Answers()) == ""


def test_the_clock_in_words() -> None:
    cases = ((1500, "25 h left"), (119, "119 min left"), (120, "2 h left"), (0, "time is up"), (-5, "time is up"))
    assert [left_text(timedelta(minutes=minutes)) for minutes, _ in cases] == [text for _, text in cases]
