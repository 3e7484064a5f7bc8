"""More time, and time that was taken without asking."""

from datetime import timedelta
from typing import Any

from services import bookings
from services.bookings import BookingView, NewBooking, ServiceMode
from services.core import db
from services.core.access import SYSTEM
from studio_app.state.changes.extension import BookingExtension
from tests.limits import limit
from tests.screens.booking import opened
from tests.screens.desk import play
from tests.screens.orders import book
from tests.world import World


async def extending(here: World, number: str, who: str = "abel") -> Any:
    state = await opened(here, who, number, BookingExtension)
    await play(state.open_extend())
    return state


def ran(booked: BookingView, over: timedelta) -> None:
    """From its start to so much after its end."""
    db.run(bookings.confirm, SYSTEM, booked.number)
    db.run(bookings.check_in, SYSTEM, booked.number, now=booked.start)
    db.run(bookings.check_out, SYSTEM, booked.number, now=booked.end + over)


def next_in_the_room(here: World) -> NewBooking:
    """After the first one's 15 minutes to reset."""
    start = here.at(14, 15)
    return NewBooking(ServiceMode.IN_PERSON, "RECORDING", start, client_id=here.nova, minutes=120, room_ids=(here.a,))


async def test_half_an_hour_is_looked_at_first(here: World) -> None:
    state = await extending(here, book(here).number)
    seen = state.seen
    assert (state.dialog, state.extra, seen.ends, seen.longer) == ("extend", "30", "2:30 pm", "30 min")
    assert (seen.difference, seen.total, seen.is_bookable) == ("+$105.00", "$525.00", True)


async def test_the_lengths_to_choose_from_are_steps_of_starts(here: World) -> None:
    db.run(lambda session: limit(session, start_step_minutes=15))
    state = await extending(here, book(here).number)
    assert (state.extra, state.lengths) == ("15", [("15", "+15 min"), ("30", "+30 min"), ("60", "+1 h")])


async def test_the_session_is_extended_by_what_was_chosen(here: World) -> None:
    number = book(here).number
    state = await extending(here, number)
    await play(state.choose("60"))
    assert "ends 3:00 pm now" in await play(state.extend())
    assert (state.shown.time, state.shown.money.total, state.dialog) == ("12:00–3:00 pm", "$630.00", "")
    assert state.shown.originals.time.endswith("12:00–2:00 pm")


async def test_who_comes_next_is_named_and_nothing_is_stored(here: World) -> None:
    number = book(here).number
    db.run(bookings.create, SYSTEM, next_in_the_room(here))
    state = await extending(here, number)
    assert not state.seen.is_bookable
    assert any("Studio A" in reason for reason in state.seen.reasons)
    await play(state.extend())
    assert (state.dialog, state.shown.time, state.is_saving) == ("extend", "12:00–2:00 pm", False)


async def test_minutes_that_are_none_are_said_at_the_field(here: World) -> None:
    state = await extending(here, book(here).number)
    await play(state.choose("soon"))
    assert ("extra" in state.errors, state.extra, state.is_looking) == (True, "soon", False)


async def test_an_engineer_extends_without_seeing_money(here: World) -> None:
    number = book(here).number
    state = await extending(here, number, "maya")
    assert (state.seen.lines, state.seen.difference, state.seen.total) == ([], "", "")
    await play(state.extend())
    assert state.shown.time == "12:00–2:30 pm"


async def test_what_somebody_changed_meanwhile_is_said_before_it_is_extended(here: World) -> None:
    number = book(here).number
    state = await extending(here, number)
    db.run(bookings.confirm, here.team["dana"], number)
    await play(state.extend())
    assert (state.dialog, state.shown.time) == ("extend", "12:00–2:00 pm")
    assert state.news
    assert state.news[0].startswith("Dana Reyes: confirmed")
    await play(state.extend())
    assert state.shown.time == "12:00–2:30 pm"


async def test_actual_times_stand_beside_the_booked_ones(here: World) -> None:
    booked = book(here)
    ran(booked, timedelta(minutes=40))
    actual = (await opened(here, "abel", booked.number)).shown.actual
    assert actual.began == "12:00 pm, as booked"
    assert actual.ended == "2:40 pm, 40 min after the booked 2:00 pm"
    assert (actual.over, actual.asks) == ("40 min", True)


async def test_what_ran_over_is_added_when_asked(here: World) -> None:
    booked = book(here)
    ran(booked, timedelta(minutes=40))
    state = await opened(here, "abel", booked.number, BookingExtension)
    await play(state.ask_overtime())
    assert (state.dialog, state.seen.longer, state.seen.difference) == ("overtime", "40 min", "+$140.00")
    assert "Added" in await play(state.charge_overtime())
    assert (state.shown.money.total, state.shown.actual.over, state.changed[0].can_undo) == ("$560.00", "", True)


async def test_not_this_time_stores_nothing_and_can_be_asked_again(here: World) -> None:
    booked = book(here)
    ran(booked, timedelta(minutes=40))
    state = await opened(here, "abel", booked.number, BookingExtension)
    await play(state.ask_overtime())
    await state.close(False)
    assert (state.dialog, state.shown.money.total, state.shown.actual.over) == ("", "$420.00", "40 min")


async def test_a_minute_over_is_not_worth_a_question(here: World) -> None:
    booked = book(here)
    ran(booked, timedelta(minutes=1))
    assert (await opened(here, "abel", booked.number)).shown.actual.asks is False
