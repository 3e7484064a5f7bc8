"""The studio itself, its hours, mics and rate rules."""

from datetime import time
from decimal import Decimal

import pytest

from services import catalog, online, pricing
from services.core import db
from services.core.access import SYSTEM
from studio_app.state.catalog.hours import HoursState
from studio_app.state.catalog.mics import MicsState
from studio_app.state.catalog.studio import StudioState
from studio_app.state.online.settings import OnlineState
from studio_app.state.pricing.rules import PricingState
from tests.catalog.test_rooms_page import session_in_a
from tests.screens.desk import at, play
from tests.world import World


async def screen(here: World, kind: type, who: str = "ivo"):  # type: ignore[no-untyped-def]
    state = await at(kind, here.tokens[who], "/settings")
    await state.load()
    return state


async def test_other_terms_are_a_new_version_and_other_fields_are_not(here: World) -> None:
    state = await screen(here, StudioState)
    before = state.terms_version
    await play(state.save(state.info | {"tax_rate_pct": "8.875", "deposit_pct": "40", "latitude": "40.7128"}))
    studio = db.run(catalog.get_studio, SYSTEM)
    assert (studio.tax_rate_pct, studio.deposit_pct, studio.terms_version) == (Decimal("8.875"), 40, before)
    sent = await play(state.save(state.info | {"terms": "Be on time."}))
    assert f"version {before + 1}" in sent
    assert state.info["terms"] == "Be on time."


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"currency": "dollars"}, "currency"),
        ({"deposit_pct": "101"}, "deposit_pct"),
        ({"tax_rate_pct": "x"}, "tax_rate_pct"),
        ({"map_link": "javascript:x"}, "map_link"),
        ({"latitude": "99"}, "latitude"),
    ],
)
async def test_what_the_studio_cannot_be_stands_at_its_field(here: World, change: dict[str, str], field: str) -> None:
    state = await screen(here, StudioState)
    await play(state.save(state.info | change))
    assert list(state.errors) == [field]


async def test_a_period_is_changed_removed_and_brought_back(here: World) -> None:
    state = await screen(here, HoursState)
    monday = state.week[0]
    await state.edit_period(monday.periods[0].id)
    await play(state.save_period(state.record | {"start": "07:00", "capacity_minutes": "300"}))
    assert (state.week[0].periods[0].hours, state.week[0].periods[0].capacity) == (
        "7:00 am–12:00 pm",
        "300 min online",
    )
    await state.edit_period(monday.periods[0].id)
    await play(state.remove_period())
    assert len(state.week[0].periods) == len(monday.periods) - 1
    await play(state.restore_period(state.unused[0].id))
    assert len(state.week[0].periods) == len(monday.periods)


async def test_periods_do_not_overlap(here: World) -> None:
    state = await screen(here, HoursState)
    await state.add_period(0)
    night = {"weekday": "0", "name": "Night", "start": "23:00", "end": "03:00", "capacity_minutes": "60"}
    await play(state.save_period(night))
    assert list(state.errors) == ["start"]
    assert state.dialog == "period"


async def test_closing_lists_the_sessions_on_those_days(here: World) -> None:
    number = session_in_a(here)
    state = await screen(here, HoursState)
    await play(state.add_closure({"reason": "Stocktaking", "first_day": here.day.isoformat()}))
    assert [one.number for one in state.on_closed_days] == [number]
    await play(state.remove_closure(state.closures[0].id))
    assert (state.closures, state.on_closed_days) == ([], [])


async def test_a_premium_mic_with_its_units(here: World) -> None:
    state = await screen(here, MicsState)
    await state.add()
    await play(state.save({"name": "C 12", "upcharge_cents": "55", "is_premium": "on"}))
    mic = state.rows[-1]
    assert (mic.name, mic.upcharge, mic.units) == ("C 12", "$55.00", 0)
    await state.edit_units(mic.id)
    await play(state.add_unit({"serial_number": "0815"}))
    await play(state.add_unit({"serial_number": "0816", "unit_name": "C 12 left"}))
    assert [one.serial_number for one in state.units] == ["0815", "0816"]
    await state.set_unit_in_service(state.units[0].id, False)
    assert (state.rows[-1].units, [one.is_active for one in state.units]) == (1, [False, True])


async def test_a_standard_mic_has_no_upcharge(here: World) -> None:
    state = await screen(here, MicsState)
    await play(state.save({"name": "C 12", "upcharge_cents": "55"}))
    assert list(state.errors) == ["upcharge_cents"]


async def test_a_mic_is_retired_and_restored(here: World) -> None:
    state = await screen(here, MicsState)
    await state.edit(here.u87)
    await play(state.retire())
    assert [row.name for row in state.retired] == ["U 87"]
    await play(state.restore(here.u87))
    assert state.retired == []


async def test_an_evening_rule_in_percent_and_a_holiday_at_a_fixed_rate(here: World) -> None:
    state = await screen(here, PricingState)
    await state.add()
    evening = {"name": "Evenings", "kind": "EVENING", "start": "19:00", "end": "02:00", "percent": "12.5"}
    await play(state.save(evening | {"weekday-4": "on", "weekday-5": "on"}))
    await state.add()
    await state.choose_adjustment("FIXED_RATE")
    holiday = {"name": "New Year", "kind": "HOLIDAY", "from_day": "2027-01-01", "rate_cents": "200", "priority": "5"}
    await play(state.save(holiday | {"room_id": str(here.a)}))
    assert [(row.name, row.when, row.room, row.change) for row in state.rows] == [
        ("New Year", "Fri, Jan 1, 2027", "Studio A", "$200.00 per hour"),
        ("Evenings", "Fri, Sat, 7:00 pm–2:00 am", "All rooms", "+12.5 %"),
    ]
    first, second = db.run(pricing.list_rate_rules, SYSTEM)
    assert (first.rate_cents, second.weekdays, second.start) == (20000, (4, 5), time(19))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"percent": ""}, "percent"),
        ({"percent": "-100"}, "percent"),
        ({"name": ""}, "name"),
        ({"kind": "LUNCH"}, "kind"),
    ],
)
async def test_what_cannot_be_a_rule_stands_at_its_field(here: World, change: dict[str, str], field: str) -> None:
    state = await screen(here, PricingState)
    await state.add()
    rule = {"name": "Evenings", "kind": "EVENING", "start": "19:00", "end": "23:00", "percent": "10"}
    await play(state.save(rule | change))
    assert list(state.errors) == [field]


async def test_a_rule_is_switched_off_and_on(here: World) -> None:
    state = await screen(here, PricingState)
    await state.add()
    await play(state.save({"name": "Weekend", "kind": "WEEKEND", "weekday-5": "on", "percent": "10"}))
    await state.edit(state.rows[0].id)
    await play(state.remove())
    assert db.run(pricing.list_rate_rules, SYSTEM) == ()
    await play(state.restore(state.unused[0].id))
    assert len(db.run(pricing.list_rate_rules, SYSTEM)) == 1


@pytest.mark.parametrize("kind", [StudioState, HoursState, MicsState, PricingState])
@pytest.mark.parametrize("who", ["abel", "maya"])
async def test_others_are_refused(here: World, kind: type, who: str) -> None:
    state = await at(kind, here.tokens[who], "/settings")
    assert "You may not manage rooms, services and settings" in await play(state.load())


async def test_what_is_sold_online_is_set_on_a_screen(here: World) -> None:
    state = await screen(here, OnlineState)
    await play(state.save(state.rules | {"lead_hours": "4", "start_step_minutes": "15"}))
    rules = db.run(online.get_online_booking, SYSTEM)
    assert (rules.lead_hours, rules.start_step_minutes) == (4, 15)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"start_step_minutes": "7"}, "start_step_minutes"),
        ({"longest_minutes": "30"}, "longest_minutes"),
        ({"horizon_days": "0"}, "horizon_days"),
        ({"unpaid_room_pct": "101"}, "unpaid_room_pct"),
        ({"requests_a_minute": ""}, "requests_a_minute"),
    ],
)
async def test_what_cannot_be_sold_online_stands_at_its_field(here: World, change: dict[str, str], field: str) -> None:
    state = await screen(here, OnlineState)
    await play(state.save(state.rules | change))
    assert list(state.errors) == [field]


async def test_all_that_is_to_mend_of_online_booking_is_said_at_once(here: World) -> None:
    state = await screen(here, OnlineState)
    await play(state.save(state.rules | {"lead_hours": "soon", "horizon_days": "", "start_step_minutes": "7"}))
    assert set(state.errors) == {"lead_hours", "horizon_days", "start_step_minutes"}
