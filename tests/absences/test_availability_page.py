"""Time off that meets sessions, asking to be replaced, and what managers see of it."""

from datetime import timedelta
from typing import Any

import pytest

from services import absences, bookings, catalog, changes, identity
from services.bookings import BookingStatus, BookingView, NewBooking, ServiceMode
from services.catalog import PerformerDetails
from services.core import db
from services.core.access import SYSTEM, Role
from studio_app.pages.absences import availability, lockouts
from studio_app.pages.bookings import booking
from studio_app.pages.catalog import performer, performers
from studio_app.pages.today import page as today
from studio_app.state.absences.availability import AvailabilityState
from studio_app.state.absences.lockouts import LockoutsState
from studio_app.state.catalog.performer import PerformerState
from studio_app.state.catalog.performers import PerformersState
from studio_app.state.changes.swap_requests import SwapRequestsState
from studio_app.state.today.overview import look
from tests import cast
from tests.screens.desk import at, play
from tests.world import ZONE, World


def sold(here: World, **changed: Any) -> BookingView:
    order = {"client_id": here.nova, "room_ids": (here.a,), "minutes": 120, "engineer_id": here.maya}
    order |= {"status": BookingStatus.CONFIRMED} | changed
    new = NewBooking(ServiceMode.IN_PERSON, "RECORDING", here.at(14), **order)
    return db.run(bookings.create, here.team["dana"], new)


async def own(here: World, token: str = "") -> AvailabilityState:
    state = await at(AvailabilityState, token or here.tokens["maya"], f"/availability?week={here.day}")
    await state.load()
    return state


async def refused(here: World) -> tuple[AvailabilityState, BookingView]:
    """Maya wants the day off, and has a session on it."""
    made = sold(here)
    state = await own(here)
    await state.open_dialog("off")
    form = {"start_day": here.day.isoformat(), "status": "VACATION", "reason": "VACATION", "note": "Lisbon"}
    await play(state.take_off(form))
    return state, made


def asked(here: World) -> int:
    made = sold(here)
    return db.run(changes.request_swap, here.team["maya"], made.number, "Lisbon").id


def pia() -> tuple[str, int]:
    """A singer's token, and who she is in the ledger."""
    user = db.run(cast.hire, "Pia Moreau", Role.PERFORMER)
    made = db.run(catalog.create_performer, SYSTEM, PerformerDetails(name="Pia Moreau"))
    db.run(catalog.link_user, SYSTEM, made.id, user.id)
    return db.run(cast.sign_in, identity.actor_of(user)).token, made.id


async def test_time_off_on_a_session_shows_the_session_and_how_to_be_replaced(here: World) -> None:
    state, made = await refused(here)
    (met,) = state.in_way
    assert (met.number, met.what, met.can_ask, met.is_asked) == (made.number, "Nova Reyes · Studio A", True, False)
    assert (state.dialog, state.away) == ("off", [])

    assert "ask to be replaced" in await play(state.ask_swap(made.number))

    assert state.in_way[0].is_asked
    (request,) = state.asked
    day = f"{here.day:%a}, {here.day:%b} {here.day.day}"
    assert (request.number, request.reason) == (made.number, f"Vacation, {day}: Lisbon")
    await play(state.withdraw(request.id))
    assert state.asked == []


async def test_after_the_swap_the_time_off_can_be_taken(here: World) -> None:
    state, made = await refused(here)
    db.run(bookings.cancel, here.team["dana"], made.number)
    form = {"start_day": here.day.isoformat(), "status": "VACATION", "reason": "VACATION"}
    await play(state.take_off(form))
    assert (state.in_way, state.dialog, len(state.away)) == ([], "", 1)


async def test_the_own_week_shows_hours_sessions_and_time_off(here: World) -> None:
    made = sold(here)
    sold(here, engineer_id=here.sam, room_ids=(here.b,))
    state = await own(here)
    (entry,) = (one for day in state.days for one in day.things)
    assert (entry.kind, entry.what, entry.time) == ("session", "Nova Reyes", "2:00–4:00 pm")
    assert entry.href == f"/bookings/{made.number}"
    assert {day.hours for day in state.days} == {"8:00 am–2:00 am"}
    await play(state.show_week(1))
    assert [one for day in state.days for one in day.things] == []
    assert not state.is_this_week
    await play(state.show_week(0))
    assert [day.is_today for day in state.days].count(True) == 1
    assert state.is_this_week
    state.days_first = "9999-12-31"
    await play(state.show_week(1))
    assert [day.is_today for day in state.days].count(True) == 1


async def test_extra_days_are_added_together(here: World) -> None:
    state = await own(here)
    last = here.day + timedelta(days=2)
    form = {"start_day": here.day.isoformat(), "end_day": last.isoformat(), "start": "04:00", "end": "06:00"}
    assert "3 extra days" in await play(state.add_extra(form))
    assert len(state.extras) == 3
    await play(state.add_extra({"start_day": here.day.isoformat(), "start": "04:00"}))
    assert list(state.errors) == ["end"]


async def test_managers_see_who_asks_and_decline_with_a_note(here: World) -> None:
    request = asked(here)
    state = await at(SwapRequestsState, here.tokens["dana"], "/today")
    await state.load_requests()
    (row,) = state.requests
    assert (row.id, row.who, row.reason) == (request, "Maya Lind", "Lisbon")
    assert row.swap_href == f"/bookings/{row.number}?change=engineer"

    await state.ask_to_decline(row.id, row.who)
    assert "Maya Lind is told" in await play(state.decline({"note": "Nobody else is free"}))
    assert (state.requests, state.declining) == ([], 0)


async def test_the_booking_says_who_asks_to_be_replaced(here: World) -> None:
    made = sold(here)
    for who, may_ask in (("maya", True), ("abel", False), ("femi", False)):
        state = await at(SwapRequestsState, here.tokens[who], f"/bookings/{made.number}", number=made.number)
        await state.load_of_booking()
        assert (state.can_ask, state.requests) == (may_ask, []), who

    state = await at(SwapRequestsState, here.tokens["maya"], f"/bookings/{made.number}", number=made.number)
    await state.load_of_booking()
    await state.begin_asking()
    await play(state.ask_swap({"reason": " "}))
    assert (list(state.errors), state.is_asking) == (["reason"], True)
    await play(state.ask_swap({"reason": "Recital"}))
    assert (state.can_ask, state.is_asking, [one.reason for one in state.requests]) == (False, False, ["Recital"])
    await play(state.withdraw(state.requests[0].id))
    assert (state.can_ask, state.requests) == (True, [])


async def test_engineers_decline_nothing(here: World) -> None:
    request = asked(here)
    state = await at(SwapRequestsState, here.tokens["maya"], "/today")
    state.declining = request
    assert "You may not" in await play(state.decline({}))
    assert len(db.run(changes.open_requests, here.team["dana"])) == 1


async def test_a_performer_has_a_schedule_of_their_own_and_nothing_else(here: World) -> None:
    token, performer_id = pia()
    sold(here)
    state = await own(here, token)
    assert (state.whose, state.is_engineer) == (performer_id, False)
    assert [one for day in state.days for one in day.things] == []
    form = {"start_day": here.day.isoformat(), "status": "BLOCKED", "reason": "PERSONAL"}
    await play(state.take_off(form))
    assert [one.what for day in state.days for one in day.things] == ["Time off"]
    assert {"/today", "/calendar", "/availability"} <= set(state.menu)
    assert not {"/bookings", "/bookings/new", "/clients", "/settings"} & set(state.menu)
    actor = db.run(identity.actor_for, token, "", "")
    assert db.run(look, actor, here.at(12)).strip is None


async def test_a_lockout_lists_the_sessions_in_the_way_and_warns_of_holds(here: World) -> None:
    booked = sold(here)
    hold = sold(here, status=BookingStatus.HOLD, room_ids=(here.b,), engineer_id=None)
    local = here.at(0).astimezone(ZONE).replace(tzinfo=None)
    path = f"/settings/lockouts?room={here.b}&start={local.isoformat()}"
    state = await at(LockoutsState, here.tokens["abel"], path)
    await state.load_lockouts()
    assert (state.dialog, [room.is_chosen for room in state.lockable]) == ("lock", [False, True, False])
    assert (state.record["start_day"], state.record["start"]) == (here.day.isoformat(), "")
    assert (state.record["end_day"], state.record["end"]) == (here.day.isoformat(), ""), "the last day is included"

    form = {**state.record, "kind": "TAKEOVER", "reason": "Series", f"lock-room-{here.b}": "on"}
    await play(state.lock({**form, f"lock-room-{here.a}": "on"}))
    assert [(one.number, one.what) for one in state.met] == [(booked.number, "Nova Reyes · Studio A")]
    await play(state.lock(form))
    assert [(one.number, one.what) for one in state.holds] == [(hold.number, "Nova Reyes · Studio B")]
    assert len(db.run(absences.list_lockouts, SYSTEM)) == 1


@pytest.mark.parametrize("query", ["?room=x&start=soon", "?room=99999999999", "?room=1&start=2027-01-01&end=%00"])
async def test_an_address_that_means_nothing_opens_an_empty_form(here: World, query: str) -> None:
    state = await at(LockoutsState, here.tokens["abel"], f"/settings/lockouts{query}")
    await state.load_lockouts()
    assert state.dialog == "lock"


async def test_a_performer_is_added_changed_linked_and_retired(here: World) -> None:
    state = await at(PerformersState, here.tokens["ivo"], "/settings/performers")
    form = {
        "name": "Theo Lind",
        "email": "theo@players.example",
        "skills": "Cello\n\nViola",
        "default_rate_cents": "250",
    }
    assert "Theo Lind added" in await play(state.create(form))
    await state.load()
    (row,) = state.rows
    assert (row.skills, row.rate, row.has_user) == ("Cello, Viola", "$250.00 per session", False)

    user = db.run(cast.hire, "Theo Lind", Role.PERFORMER)
    one = await at(PerformerState, here.tokens["ivo"], row.href, settings_performer=str(row.id))
    await one.load()
    assert one.details["default_rate_cents"] == "250.00"
    await play(one.link_user(str(user.id)))
    assert one.user_id_linked == str(user.id)
    await play(one.save(one.details | {"email": "theo at home"}))
    assert list(one.errors) == ["email"]
    await play(one.retire())
    assert one.is_retired
    await play(one.restore())
    assert not one.is_retired


async def test_an_administrator_keeps_anyones_availability(here: World) -> None:
    _, performer_id = pia()
    path = f"/settings/performers/{performer_id}"
    state = await at(AvailabilityState, here.tokens["ivo"], path, settings_performer=str(performer_id))
    await state.load_performer()
    assert (state.whose, state.is_engineer, len(state.days)) == (performer_id, False, 7)
    form = {"start_day": here.day.isoformat(), "status": "SICK", "reason": "OTHER"}
    await play(state.take_off(form))
    assert len(state.away) == 1


def test_the_pages_can_be_drawn() -> None:
    for module in (availability, booking, today, lockouts, performer, performers):
        assert module.page() is not None


async def test_all_that_is_wrong_with_a_day_off_is_told_at_once(here: World) -> None:
    state = await own(here)
    await state.open_dialog("off")
    day, before = here.day.isoformat(), (here.day - timedelta(days=1)).isoformat()
    wrong = {"start_day": day, "end_day": before, "status": "GONE", "reason": "VACATION", "note": "x" * 501}
    await play(state.take_off(wrong))
    assert state.errors.keys() == {"end_day", "status", "note"}
    await play(state.take_off({"start_day": "", "status": "SICK", "reason": "OTHER", "start": "", "note": "x" * 501}))
    assert state.errors.keys() == {"start_day", "note"}


async def test_all_that_is_wrong_with_an_extra_day_is_told_at_once(here: World) -> None:
    state = await own(here)
    await state.open_dialog("extra")
    await play(state.add_extra({"start_day": "soon", "start": "04:00", "end": "", "note": "x" * 5_000}))
    assert {"start_day", "end", "note"} <= state.errors.keys()
