"""Rooms: what they are, who works there, their limits, and taking them out of sale."""

from datetime import timedelta

import pytest

from services import absences, bookings, catalog
from services.bookings import NewBooking
from services.catalog import ServiceMode
from services.core import db
from services.core.access import SYSTEM
from services.core.dates import day_text
from studio_app.state.absences.lockouts import LockoutsState
from studio_app.state.calendar.page import CalendarState
from studio_app.state.catalog.room import RoomState
from studio_app.state.catalog.rooms import RoomsState
from studio_app.state.changes.whatif import CalendarChange
from tests.screens.desk import at, play
from tests.world import STUDIO, World

FORM = {
    "name": "Studio C",
    "status": "AVAILABLE",
    "capacity": "8",
    "base_rate_cents": "$1,250.50",
    "rate_with_engineer_cents": "",
    "rate_without_engineer_cents": "90",
    "amenities": "SSL console\n\nGrand piano",
    "images": "https://example.com/c.jpg",
}


async def rooms(here: World, who: str = "ivo") -> RoomsState:
    state = await at(RoomsState, here.tokens[who], "/settings/rooms")
    await state.load()
    return state


async def room(here: World, room_id: int, who: str = "ivo") -> RoomState:
    state = await at(RoomState, here.tokens[who], f"/settings/rooms/{room_id}", settings_room=str(room_id))
    await state.load()
    return state


def session_in_a(here: World) -> str:
    wish = NewBooking(
        mode=ServiceMode.IN_PERSON,
        service="RECORDING",
        start=here.at(14),
        client_id=here.nova,
        minutes=120,
        room_ids=(here.a,),
        engineer_id=here.maya,
    )
    return db.run(bookings.create, SYSTEM, wish).number


async def test_all_that_is_wrong_with_a_form_is_said_at_once(here: World) -> None:
    """What cannot be read, and what the service refuses of the rest."""
    state = await rooms(here)
    wrong = {"name": " ", "capacity": "many", "base_rate_cents": "", "images": "javascript:alert(1)"}
    said = await play(state.create(FORM | wrong))
    assert set(state.errors) == set(wrong)
    assert all(f'"{name}"' in said.replace("\\", "") for name in wrong)
    assert len(db.run(catalog.list_rooms, SYSTEM)) == 3


async def test_a_room_is_added_with_everything_about_it(here: World) -> None:
    state = await rooms(here)
    sent = await play(state.create(FORM))
    made = db.run(catalog.list_rooms, SYSTEM)[-1]
    assert f"/settings/rooms/{made.id}" in sent
    assert (made.base_rate_cents, made.rate_with_engineer_cents, made.rate_without_engineer_cents) == (
        125050,
        None,
        9000,
    )
    assert (made.amenities, made.images, made.capacity) == (
        ("SSL console", "Grand piano"),
        ("https://example.com/c.jpg",),
        8,
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "Studio A"}, "name"),
        ({"base_rate_cents": "lots"}, "base_rate_cents"),
        ({"capacity": "0"}, "capacity"),
        ({"images": "javascript:alert(1)"}, "images"),
        ({"status": "ON_FIRE"}, "status"),
    ],
)
async def test_what_cannot_be_stands_at_its_field(here: World, change: dict[str, str], field: str) -> None:
    state = await rooms(here)
    await play(state.create(FORM | change))
    assert list(state.errors) == [field]
    assert len(db.run(catalog.list_rooms, SYSTEM)) == 3


async def test_rooms_change_places(here: World) -> None:
    state = await rooms(here)
    await state.move(here.booth, 0)
    assert [row.name for row in state.rows] == ["Vocal Booth", "Studio A", "Studio B"]


async def test_only_the_ticked_engineers_may_work_in_the_room(here: World) -> None:
    state = await room(here, here.a)
    await play(state.save_engineers({f"engineer-{here.sam}": "on"}))
    assert [one.name for one in state.engineers if one.is_chosen] == ["Sam Ode"]
    assert db.run(catalog.get_room, SYSTEM, here.a).engineer_ids == (here.sam,)


async def test_price_limits_keep_their_history(here: World) -> None:
    state = await room(here, here.a, "dana")
    limit = {"min_price_cents": "100", "max_price_cents": "200", "from_day": "2026-01-01"}
    await play(state.save_limit(limit))
    await play(state.save_limit(limit | {"max_price_cents": "250", "from_day": "2026-06-01"}))
    assert [one.bounds for one in state.limits] == ["$100.00 – $250.00 per hour", "$100.00 – $200.00 per hour"]
    await play(state.save_limit(limit | {"max_price_cents": "50", "from_day": "2026-07-01"}))
    assert state.errors
    assert len(state.limits) == 2


async def test_a_room_with_sessions_ahead_is_not_retired(here: World) -> None:
    number = session_in_a(here)
    state = await room(here, here.a)
    assert number in await play(state.retire())
    assert not state.is_retired


async def test_a_room_is_retired_and_restored(here: World) -> None:
    state = await room(here, here.booth)
    await play(state.retire())
    assert state.is_retired
    assert here.booth not in {one.id for one in db.run(catalog.list_rooms, SYSTEM)}
    await play(state.restore())
    assert not state.is_retired


async def test_a_room_that_is_not_there_is_not_found(here: World) -> None:
    state = await at(RoomState, here.tokens["ivo"], "/settings/rooms/x", settings_room="x")
    state._get_root_state().is_hydrated = False
    assert "/404" in await play(state.load())


def lock_form(here: World, *room_ids: int) -> dict[str, str]:
    day = here.day.isoformat()
    times = {"start_day": day, "start": "00:00", "end_day": day, "end": "23:00"}
    return times | {"kind": "MAINTENANCE", "reason": "New floor"} | {f"lock-room-{each}": "on" for each in room_ids}


async def test_locking_lists_the_sessions_in_the_way_and_locks_nothing(here: World) -> None:
    number = session_in_a(here)
    state = await at(LockoutsState, here.tokens["abel"], "/settings/rooms")
    await state.ask()
    await play(state.lock(lock_form(here, here.a, here.b)))
    assert [one.number for one in state.met] == [number]
    assert state.dialog == "lock"
    assert db.run(absences.list_lockouts, SYSTEM) == ()


async def test_rooms_are_locked_and_unlocked(here: World) -> None:
    state = await at(LockoutsState, here.tokens["abel"], "/settings/rooms")
    await play(state.lock(lock_form(here, here.a, here.b)))
    (lockout,) = state.lockouts
    assert (lockout.rooms, lockout.kind, lockout.reason) == ("Studio A, Studio B", "Maintenance", "New floor")
    await state.ask_to_unlock(lockout.id)
    await play(state.unlock())
    assert state.lockouts == []


async def test_the_last_day_of_a_lockout_is_included(here: World) -> None:
    state = await at(LockoutsState, here.tokens["abel"], "/settings/rooms")
    last = here.day + timedelta(days=2)
    form = lock_form(here, here.a) | {"end_day": last.isoformat(), "start": "", "end": ""}
    await play(state.lock(form))
    (lockout,) = db.run(absences.list_lockouts, SYSTEM)
    assert (lockout.start, lockout.end) == (here.at(0), here.at(0, days=3))
    (row,) = state.lockouts
    assert row.when == f"{day_text(here.day, STUDIO)} – {day_text(last, STUDIO)}"


async def test_one_day_needs_no_last_day(here: World) -> None:
    state = await at(LockoutsState, here.tokens["abel"], "/settings/rooms")
    await play(state.lock(lock_form(here, here.a) | {"end_day": "", "start": "", "end": ""}))
    (lockout,) = db.run(absences.list_lockouts, SYSTEM)
    assert (lockout.start, lockout.end) == (here.at(0), here.at(0, days=1))


async def test_on_the_calendar_the_form_begins_with_its_day_and_its_rooms(here: World) -> None:
    state = await at(LockoutsState, here.tokens["abel"], f"/calendar?date={here.day}&room={here.b}")
    calendar = await state.get_state(CalendarState)
    await calendar.load()
    await state.ask_on_calendar()
    assert (state.dialog, [room.is_chosen for room in state.lockable]) == ("lock", [False, True, False])
    assert (state.record["start_day"], state.record["end_day"]) == (str(here.day), str(here.day))
    await play(state.lock(lock_form(here, here.b) | {"start": "", "end": ""}))
    assert state.dialog == ""
    assert len(db.run(absences.list_lockouts, SYSTEM)) == 1


@pytest.mark.parametrize(
    ("path", "load"), [("/calendar", "arrive_on_calendar"), ("/settings/lockouts", "load_lockouts")]
)
async def test_no_dialog_of_the_visit_before_stands_open(here: World, path: str, load: str) -> None:
    number = session_in_a(here)
    state = await at(LockoutsState, here.tokens["abel"], path)
    change = await state.get_state(CalendarChange)
    await getattr(state, load)()
    await state.ask_on_calendar()
    await play(change.ask(number))
    assert (state.dialog, change.asking) == ("lock", number)
    await getattr(state, load)()
    assert (state.dialog, change.asking) == ("", "")


async def test_what_is_in_the_way_is_moved_from_there_and_then_the_room_is_locked(here: World) -> None:
    number = session_in_a(here)
    state = await at(LockoutsState, here.tokens["abel"], f"/calendar?date={here.day}")
    await play(state.lock(lock_form(here, here.a)))
    assert [one.number for one in state.met] == [number]
    change = await state.get_state(CalendarChange)
    await play(change.ask(number))
    await play(change.toggle_room(str(here.b)))
    await play(change.toggle_room(str(here.a)))
    assert "is changed" in await play(change.confirm({}))
    assert state.met == []
    await play(state.lock(lock_form(here, here.a)))
    assert len(db.run(absences.list_lockouts, SYSTEM)) == 1


async def test_an_engineer_locks_nothing(here: World) -> None:
    state = await at(LockoutsState, here.tokens["maya"], "/availability")
    assert "You may not lock rooms" in await play(state.lock(lock_form(here, here.a)))
    assert db.run(absences.list_lockouts, SYSTEM) == ()
