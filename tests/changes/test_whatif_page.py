"""A drag or the dialog: what it would mean, done, undone, and what others have done meanwhile."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from models.catalog import Period
from services import bookings, changes
from services.bookings import BookingView, NewBooking, ServiceMode
from services.changes import Change
from services.core import clock, db
from studio_app.state.calendar.page import CalendarState
from studio_app.state.changes.whatif import CalendarChange
from tests.screens import desk
from tests.world import ZONE, World


def book(here: World, hour: int = 12, **rest: Any) -> BookingView:
    order = {"client_id": here.nova, "room_ids": (here.a,), "minutes": 240, "engineer_id": here.maya, **rest}
    return db.run(
        bookings.create, here.team["dana"], NewBooking(ServiceMode.IN_PERSON, "RECORDING", here.at(hour), **order)
    )


def now(here: World, made: BookingView) -> BookingView:
    return db.run(bookings.get_booking, here.team["dana"], made.number)


def local(booking: BookingView) -> str:
    return f"{booking.start.astimezone(ZONE):%H:%M}"


async def dialog(here: World, by: str = "rooms", who: str = "dana") -> CalendarChange:
    state = await desk.at(CalendarChange, here.tokens[who], f"/calendar?date={here.day}&by={by}")
    calendar = await state.get_state(CalendarState)
    await desk.play(calendar.load())
    return state


async def dropped(
    state: CalendarChange, here: World, made: BookingView, hour: int, *columns: int, end: str = ""
) -> str:
    source, target = (str(one) for one in columns) if columns else ("", "")
    return await desk.play(state.drop(made.number, f"{here.day}T{hour:02}:00", end, source, target))


async def test_a_drop_on_another_room_shows_both_places_and_the_price(here: World) -> None:
    made, state = book(here), await dialog(here)
    await dropped(state, here, made, 12, here.a, here.b)
    assert state.asking == made.number
    assert (state.shown.before.rooms, state.shown.after.rooms) == ("Studio A", "Studio B")
    assert state.shown.title == "Swap the room of Nova Reyes?"
    assert state.shown.difference.startswith("−$1")
    assert "Maya Lind" in state.shown.told
    assert state.shown.is_bookable
    assert now(here, made).version == made.version, "nothing is stored"


async def test_confirmed_it_is_stored_shown_on_the_calendar_and_can_be_undone(here: World) -> None:
    made, state = book(here), await dialog(here)
    await dropped(state, here, made, 14, here.a, here.b)
    sent = await desk.play(state.confirm({"reason": "louder"}))
    after = now(here, made)
    assert ([room.id for room in after.rooms], local(after)) == ([here.b], "14:00")
    assert "Undo" in sent
    assert state.asking == ""
    calendar = await state.get_state(CalendarState)
    assert [event["columns"] for event in calendar.patch["changed"]] == [(str(here.b),)]
    await desk.play(state.undo(made.number, after.version))
    assert ([room.id for room in now(here, made).rooms], local(now(here, made))) == ([here.a], "12:00")


async def test_a_longer_session_keeps_its_start(here: World) -> None:
    made, state = book(here), await dialog(here)
    await dropped(state, here, made, 12, end=f"{here.day}T17:30")
    assert (state.shown.after.lasts, state.shown.act) == ("5 h 30 min", "Change length")
    await desk.play(state.confirm({}))
    assert (now(here, made).minutes, local(now(here, made))) == (330, "12:00")


async def test_pulling_the_end_of_what_began_in_the_second_of_two_equal_hours_keeps_that_start(here: World) -> None:
    """1:30 to 3:30 EST; pulled by half an hour it is two and a half, not three and a half."""
    day = _night_of_the_longer_hour()
    start = clock.to_instant(datetime.combine(day, time(1, 30)), ZONE, second=True)
    order = NewBooking(ServiceMode.IN_PERSON, "RECORDING", start, client_id=here.nova, room_ids=(here.a,), minutes=120)
    db.run(_open_at_night)
    made = db.run(bookings.create, here.team["dana"], order)
    state = await dialog(here)
    await desk.play(state.drop(made.number, f"{day}T01:30", f"{day}T04:00", "", ""))
    assert state.shown.after.lasts == "2 h 30 min"
    assert state.shown.after.time.startswith("1:30")


async def test_among_engineers_a_drop_asks_for_another_engineer_or_none(here: World) -> None:
    made, state = book(here), await dialog(here, by="engineers")
    await dropped(state, here, made, 12, here.maya, here.rio)
    assert state.shown.after.engineer == "Rio Tanaka"
    await desk.play(state.drop(made.number, f"{here.day}T12:00", "", str(here.maya), "none"))
    assert state.shown.after.engineer == "No engineer"


async def test_what_is_taken_says_why_and_an_alternative_applies_itself(here: World) -> None:
    book(here, 14, room_ids=(here.b,), engineer_id=here.sam)
    made, state = book(here), await dialog(here)
    await dropped(state, here, made, 12, here.a, here.b)
    assert not state.shown.is_bookable
    assert any("Studio B" in reason for reason in state.shown.reasons)
    await desk.play(state.take(0))
    assert state.shown.is_bookable
    await desk.play(state.take(99))


async def test_onto_a_room_that_is_taken_then_the_two_exchange_theirs(here: World) -> None:
    taken = book(here, room_ids=(here.b,), engineer_id=None)
    made, state = book(here), await dialog(here)
    await dropped(state, here, made, 12, here.a, here.b)
    assert (state.shown.is_bookable, state.shown.exchange) == (False, taken.number)
    await desk.play(state.exchange())
    assert (state.shown.is_bookable, state.shown.act) == (True, "Exchange rooms")
    assert (state.shown.after.rooms, state.shown.other.rooms) == ("Studio B", "Studio B → Studio A")
    assert now(here, made).version == made.version, "nothing is stored"
    sent = await desk.play(state.confirm({"reason": "louder"}))
    assert f"{made.number} and {taken.number} are changed" in sent
    assert [[room.id for room in now(here, one).rooms] for one in (made, taken)] == [[here.b], [here.a]]
    calendar = await state.get_state(CalendarState)
    assert {event["booking"] for event in calendar.patch["changed"]} == {made.id, taken.id}
    await desk.play(state.undo(made.number, now(here, made).version))
    assert [[room.id for room in now(here, one).rooms] for one in (made, taken)] == [[here.a], [here.b]]


async def test_another_wish_ends_the_exchange(here: World) -> None:
    taken = book(here, room_ids=(here.b,), engineer_id=None)
    made, state = book(here), await dialog(here)
    await dropped(state, here, made, 12, here.a, here.b)
    await desk.play(state.exchange())
    await desk.play(state.adjust("time", "17:00"))
    await desk.play(state.confirm({}))
    assert [[room.id for room in now(here, one).rooms] for one in (made, taken)] == [[here.b], [here.b]]


async def test_an_exchange_with_one_who_changed_meanwhile_is_asked_anew(here: World) -> None:
    taken = book(here, room_ids=(here.b,), engineer_id=None)
    made, state = book(here), await dialog(here)
    await dropped(state, here, made, 12, here.a, here.b)
    await desk.play(state.exchange())
    db.run(changes.apply, here.team["abel"], taken.number, Change(extra_minutes=30))
    await desk.play(state.confirm({}))
    assert state.news
    assert state.shown.exchange == taken.number
    assert [room.id for room in now(here, made).rooms] == [here.a]


async def test_without_a_drag_the_fields_ask_the_same(here: World) -> None:
    made, state = book(here), await dialog(here)
    await desk.play(state.ask(made.number))
    assert (state.time, state.minutes, state.shown.title) == ("12:00", "240", "")
    await desk.play(state.adjust("time", "15:00"))
    assert state.shown.after.time == "3:00–7:00 pm"
    await desk.play(state.adjust("minutes", "90"))
    assert state.shown.after.time == "3:00–4:30 pm"
    places = [key for key, *_ in state.rooms]
    await desk.play(state.toggle_room(str(here.b)))
    assert state.shown.after.rooms == "Studio A, Studio B"
    await desk.play(state.toggle_room(str(here.a)))
    assert state.shown.after.rooms == "Studio B"
    assert [key for key, *_ in state.rooms] == places
    await desk.play(state.close(False))
    assert state.asking == ""
    assert local(now(here, made)) == "12:00"


@pytest.mark.parametrize(
    ("name", "typed", "field"), [("minutes", "long", "minutes"), ("time", "late", "time"), ("day", "", "time")]
)
async def test_what_cannot_be_meant_is_said_at_its_field(here: World, name: str, typed: str, field: str) -> None:
    state = await dialog(here)
    await desk.play(state.ask(book(here).number))
    await desk.play(state.adjust(name, typed))
    assert field in state.errors
    assert not state.shown.is_bookable


async def test_what_somebody_else_changed_meanwhile_is_told_and_kept(here: World) -> None:
    made, state = book(here), await dialog(here)
    await dropped(state, here, made, 15)
    db.run(changes.apply, here.team["ivo"], made.number, Change(room_ids=(here.b,)))
    await desk.play(state.confirm({}))
    assert state.asking == made.number
    assert any("booking changed" in line for line in state.news)
    assert (state.shown.before.rooms, state.shown.after.rooms) == ("Studio B", "Studio B")
    await desk.play(state.confirm({}))
    after = now(here, made)
    assert ([room.id for room in after.rooms], local(after)) == ([here.b], "15:00")


async def test_the_dialog_offers_to_undo_the_last_change(here: World) -> None:
    made, state = book(here), await dialog(here)
    db.run(changes.apply, here.team["ivo"], made.number, Change(room_ids=(here.b,)))
    await desk.play(state.ask(made.number))
    assert "Studio A" in state.last
    assert "undo" in await desk.play(state.undo_last())


async def test_who_may_not_swap_is_refused(here: World) -> None:
    made = book(here)
    state = await dialog(here, who="maya")
    assert "You may not" in await dropped(state, here, made, 15)
    assert state.asking == ""


async def test_a_booking_nobody_has_closes_the_dialog(here: World) -> None:
    state = await dialog(here)
    unknown = replace(book(here), number="PS-0")
    assert "toast" in await dropped(state, here, unknown, 15) or state.asking == ""
    assert state.asking == ""


def _night_of_the_longer_hour() -> date:
    """The next day on which the studio's clocks go back."""
    now = clock.now()
    for at in clock.offset_changes(ZONE, now, now + timedelta(days=400)):
        if clock.is_repeated(at, ZONE):
            return at.astimezone(ZONE).date()
    raise AssertionError("No zone of ours changes less than once a year.")


def _open_at_night(session: Session) -> None:
    """Saturday's evening goes on until six."""
    evenings = select(Period).where(Period.weekday == 5).order_by(col(Period.start).desc())
    evening = session.exec(evenings).first()
    assert evening is not None
    evening.end = time(6)
