"""Engineers: rooms, sign-in, rates; and the hours they keep, changed by them or for them."""

from datetime import time, timedelta

import pytest

from services import absences, catalog, pricing
from services.core import db
from services.core.access import SYSTEM
from studio_app.state.absences.availability import AvailabilityState
from studio_app.state.catalog.engineer import EngineerState
from studio_app.state.catalog.engineers import EngineersState
from tests.catalog.test_rooms_page import session_in_a
from tests.screens.desk import at, play
from tests.world import World


async def engineer(here: World, engineer_id: int) -> EngineerState:
    path = f"/settings/engineers/{engineer_id}"
    state = await at(EngineerState, here.tokens["ivo"], path, settings_engineer=str(engineer_id))
    await state.load()
    return state


async def own(here: World, who: str = "maya") -> AvailabilityState:
    state = await at(AvailabilityState, here.tokens[who], "/availability")
    await state.load()
    return state


def shown(state: AvailabilityState) -> dict[str, str]:
    """The week's form as it stands."""
    stretches = [one for day in state.week for one in day.stretches]
    return {f"start-{one.key}": one.start for one in stretches} | {f"end-{one.key}": one.end for one in stretches}


async def test_an_engineer_is_added(here: World) -> None:
    state = await at(EngineersState, here.tokens["ivo"], "/settings/engineers")
    await play(state.create({"name": "Lou Park", "email": "lou@platinum.studio", "phone": "212 555 0161"}))
    (lou,) = (one for one in db.run(catalog.list_engineers, SYSTEM) if one.name == "Lou Park")
    assert (lou.email, lou.phone) == ("lou@platinum.studio", "+12125550161")


async def test_rooms_and_the_one_of_their_own(here: World) -> None:
    state = await engineer(here, here.rio)
    await play(state.save_rooms({f"room-{here.b}": "on", f"room-{here.booth}": "on", "primary_room_id": str(here.b)}))
    rio = db.run(catalog.get_engineer, SYSTEM, here.rio)
    assert (rio.room_ids, rio.primary_room_id) == ((here.b, here.booth), here.b)
    assert db.run(catalog.get_room, SYSTEM, here.a).engineer_ids == (here.maya,)


async def test_their_own_room_must_be_one_of_theirs(here: World) -> None:
    state = await engineer(here, here.rio)
    await play(state.save_rooms({f"room-{here.b}": "on", "primary_room_id": str(here.a)}))
    assert list(state.errors) == ["room_id"]
    assert db.run(catalog.get_engineer, SYSTEM, here.rio).room_ids == (here.a,)


async def test_an_engineer_is_linked_to_a_user_and_unlinked(here: World) -> None:
    state = await engineer(here, here.maya)
    assert state.user_id_linked == str(here.team["maya"].user_id)
    await play(state.link_user(""))
    assert state.user_id_linked == ""
    await play(state.link_user(str(here.team["maya"].user_id)))
    assert state.user_id_linked == str(here.team["maya"].user_id)


def _rate_in_a(here: World) -> int:
    """What Maya costs an hour there on the day, in cents."""
    offer = db.run(pricing.sale_context, "RECORDING", here.day, [here.a], here.maya)
    return offer.rates_on(here.day, [here.a])[here.a].hourly_rate_cents


async def test_an_override_stands_above_the_own_rate_until_it_ends(here: World) -> None:
    state = await engineer(here, here.maya)
    rate = {"hourly_rate_cents": "75", "min_rate_cents": "50", "max_rate_cents": "90", "from_day": "2026-01-01"}
    await play(state.save_rate(rate | {"room_id": str(here.a), "is_override": "on"}))
    top = state.rates[0]
    assert (top.rate, top.bounds, top.room, top.is_override) == ("$75.00 per hour", "$50.00 – $90.00", "Studio A", True)
    assert _rate_in_a(here) == 7500
    await state.ask_to_end_rate(top.id)
    await play(state.end_rate({"to_day": (here.day - timedelta(days=1)).isoformat()}))
    assert _rate_in_a(here) == 6000


async def test_a_rate_outside_its_own_bounds_stands_at_its_field(here: World) -> None:
    state = await engineer(here, here.maya)
    await state.open_rate()
    await play(state.save_rate({"hourly_rate_cents": "20", "min_rate_cents": "50", "from_day": "2026-01-01"}))
    assert list(state.errors) == ["hourly_rate_cents"]
    assert state.dialog == "rate"


async def test_an_engineer_keeps_their_own_week(here: World) -> None:
    state = await own(here)
    sunday = state.week[6].stretches[0]
    await state.remove_stretch(sunday.key)
    await state.add_stretch(0)
    first, second = state.week[0].stretches
    kept = shown(state)
    early = {f"start-{first.key}": "09:00", f"end-{first.key}": "12:30"}
    late = {f"start-{second.key}": "14:00", f"end-{second.key}": "01:00"}
    await play(state.save_week(kept | early | late))
    week = db.run(catalog.list_working_hours, SYSTEM, here.maya)
    assert [(one.start, one.end) for one in week if one.weekday == 0] == [(time(9), time(12, 30)), (time(14), time(1))]
    assert [one for one in week if one.weekday == 6] == []


async def test_hours_that_overlap_or_are_missing_are_refused(here: World) -> None:
    state = await own(here)
    await state.add_stretch(0)
    first, second = state.week[0].stretches
    await play(state.save_week(shown(state)))
    assert list(state.errors) == [f"start-{second.key}", f"end-{second.key}"]
    await play(state.save_week(shown(state) | {f"start-{second.key}": "09:00", f"end-{second.key}": "11:00"}))
    assert list(state.errors) == ["week"]
    assert first.start == "08:00"


async def test_time_off_is_whole_days_or_hours(here: World) -> None:
    state = await own(here)
    day = here.day.isoformat()
    await play(state.take_off({"start_day": day, "status": "VACATION", "reason": "VACATION", "note": "Lisbon"}))
    after = (here.day + timedelta(days=1)).isoformat()
    hours = {"start_day": after, "start": "13:00", "end": "15:00", "status": "BLOCKED", "reason": "PERSONAL"}
    await play(state.take_off(hours))
    spans = [(one.start, one.end) for one in db.run(absences.list_time_off, SYSTEM, here.maya)]
    assert spans == [(here.at(0), here.at(24)), (here.at(37), here.at(39))]
    assert [one.status for one in state.away] == ["Vacation", "Blocked"]
    await play(state.cancel_off(state.away[0].id))
    assert len(state.away) == 1


async def test_time_off_on_a_session_is_refused_with_the_list(here: World) -> None:
    number = session_in_a(here)
    state = await own(here)
    await state.open_dialog("off")
    await play(state.take_off({"start_day": here.day.isoformat(), "status": "SICK", "reason": "PERSONAL"}))
    assert [one.number for one in state.in_way] == [number]
    assert state.dialog == "off"
    assert db.run(absences.list_time_off, SYSTEM, here.maya) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [({"start_day": ""}, "start_day"), ({"end_day": "2020-01-01"}, "end_day"), ({"status": "BORED"}, "status")],
)
async def test_what_cannot_be_time_off_stands_at_its_field(here: World, change: dict[str, str], field: str) -> None:
    state = await own(here)
    form = {"start_day": here.day.isoformat(), "status": "SICK", "reason": "OTHER"}
    await play(state.take_off(form | change))
    assert list(state.errors) == [field]


async def test_extra_times_are_added_and_removed(here: World) -> None:
    state = await own(here)
    day = here.day.isoformat()
    form = {"start_day": day, "start": "04:00", "end_day": day, "end": "06:00", "note": "Early strings"}
    await play(state.add_extra(form))
    (extra,) = state.extras
    assert extra.note == "Early strings"
    await play(state.remove_extra(extra.id))
    assert state.extras == []


async def test_nobody_changes_somebody_else_s_hours(here: World) -> None:
    state = await own(here)
    state.whose = here.rio
    assert "your own" in await play(state.save_week(shown(state)))
    assert len(db.run(catalog.list_working_hours, SYSTEM, here.rio)) == 7


async def test_an_administrator_changes_anybodys(here: World) -> None:
    path = f"/settings/engineers/{here.rio}"
    state = await at(AvailabilityState, here.tokens["ivo"], path, settings_engineer=str(here.rio))
    await state.load_engineer()
    await play(state.take_off({"start_day": here.day.isoformat(), "status": "SICK", "reason": "OTHER"}))
    assert len(db.run(absences.list_time_off, SYSTEM, here.rio)) == 1
