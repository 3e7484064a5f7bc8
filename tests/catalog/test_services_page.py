"""Services: added, changed, ordered, retired and restored; each counts at once."""

import pytest

from services import catalog
from services.core import db
from services.core.access import anonymous
from studio_app.state.catalog.services import ServicesState
from tests.screens.desk import at, play
from tests.world import World

FORM = {
    "name": "Podcast with video",
    "code": "PODCAST_VIDEO",
    "mode": "IN_PERSON",
    "pricing": "HOURLY",
    "price_cents": "95.50",
    "duration_minutes": "90",
    "buffer_minutes": "15",
    "is_visible": "on",
    "attributes": "Cameras: three\nLights: yes",
}


def on_sale() -> list[str]:
    return [one.code for one in db.run(catalog.public_services, anonymous())]


async def screen(here: World, who: str = "ivo") -> ServicesState:
    state = await at(ServicesState, here.tokens[who], "/settings/services")
    await state.load()
    return state


@pytest.mark.parametrize("is_hydrated", [True, False])
async def test_who_is_quicker_than_the_page_keeps_the_dialog_and_another_visit_begins_without(
    here: World, is_hydrated: bool
) -> None:
    state = await at(ServicesState, here.tokens["ivo"], "/settings/services")
    state._get_root_state().is_hydrated = is_hydrated
    await state.add()
    await state.load()
    assert state.dialog == "service"
    state._get_root_state().is_hydrated = True
    await state.load()
    assert state.dialog == ""
    await state.add()
    await state.load()
    assert state.dialog == ""


async def test_a_new_service_is_on_sale_at_once(here: World) -> None:
    state = await screen(here)
    await state.add()
    assert "Podcast with video saved" in await play(state.save(FORM))
    (made,) = (one for one in db.run(catalog.public_services, anonymous()) if one.code == "PODCAST_VIDEO")
    assert (made.price_cents, made.duration_minutes, made.buffer_minutes) == (9550, 90, 15)
    assert made.attributes == {"Cameras": "three", "Lights": "yes"}
    assert (state.dialog, state.is_saving) == ("", False)
    assert state.rows[-1].price == "$95.50 per hour"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"code": "podcast video"}, "code"),
        ({"price_cents": "-1"}, "price_cents"),
        ({"duration_minutes": "0"}, "duration_minutes"),
        ({"duration_minutes": "ten"}, "duration_minutes"),
        ({"mode": "BY_POST"}, "mode"),
        ({"attributes": "no colon"}, "attributes"),
        ({"code": "RECORDING"}, "code"),
    ],
)
async def test_what_cannot_be_stands_at_its_field_and_the_dialog_stays(
    here: World, change: dict[str, str], field: str
) -> None:
    state = await screen(here)
    before = on_sale()
    await state.add()
    await play(state.save(FORM | change))
    assert list(state.errors) == [field]
    assert (state.dialog, state.is_saving) == ("service", False)
    assert on_sale() == before


async def test_a_changed_price_keeps_its_history(here: World) -> None:
    state = await screen(here)
    await state.add()
    await play(state.save(FORM))
    await state.edit(state.rows[-1].id)
    assert state.record["price_cents"] == "95.50"
    await play(state.save(FORM | {"price_cents": "110"}))
    await state.edit(state.rows[-1].id)
    assert [(one.price, one.by) for one in state.prices] == [
        ("$110.00 per hour", "Ivo Brandt"),
        ("$95.50 per hour", "Ivo Brandt"),
    ]


async def test_services_change_places(here: World) -> None:
    state = await screen(here)
    first, second = state.rows[0], state.rows[1]
    await state.move(second.id, 0)
    assert [row.name for row in state.rows[:2]] == [second.name, first.name]


async def test_a_retired_service_is_off_sale_until_it_is_restored(here: World) -> None:
    state = await screen(here)
    service = state.rows[0]
    await state.edit(service.id)
    await play(state.retire())
    assert service.code not in on_sale()
    assert [row.id for row in state.retired] == [service.id]
    await play(state.restore(service.id))
    assert service.code in on_sale()


async def test_a_manager_is_refused_and_nothing_changes(here: World) -> None:
    state = await at(ServicesState, here.tokens["dana"], "/settings/services")
    before = on_sale()
    assert "You may not manage rooms, services and settings" in await play(state.save(FORM))
    assert on_sale() == before
