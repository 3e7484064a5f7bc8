"""The clients list and a client's page."""

from typing import Any
from urllib.parse import urlencode

import pytest

from services import clients
from services.clients import NewClient
from services.core import db
from services.core.access import SYSTEM
from studio_app.state.clients.addresses import ClientAddresses
from studio_app.state.clients.artists import ClientArtists
from studio_app.state.clients.client import ClientState
from studio_app.state.clients.listing import ClientsState
from tests.screens.desk import at, play
from tests.screens.orders import book
from tests.world import World


def sable() -> int:
    return db.run(clients.create_client, SYSTEM, NewClient("Sable", email="sable@lumen.example", label="Lumen")).id


def form(**fields: str) -> dict[str, str]:
    return {"name": "Vera Lin", "source": "STAFF", "status": "ACTIVE", **fields}


async def listed(here: World, query: dict[str, str] | None = None) -> Any:
    state = await at(ClientsState, here.tokens["abel"], f"/clients?{urlencode(query or {})}")
    await play(state.load())
    return state


async def opened(here: World, client_id: int, who: str = "abel") -> Any:
    state = await at(ClientState, here.tokens[who], client_id=str(client_id))
    await play(state.load())
    return state


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Nova Reyes", "Sable"]),
        ({"sort": "-name"}, ["Sable", "Nova Reyes"]),
        ({"q": "212 555-0171"}, ["Nova Reyes"]),
        ({"source": "REFERRAL"}, []),
        ({"status": "ACTIVE", "source": "nonsense"}, ["Nova Reyes", "Sable"]),
        ({"deleted": "true"}, []),
    ],
)
async def test_the_address_filters_and_sorts(here: World, query: dict[str, str], found: list[str]) -> None:
    sable()
    assert [row.name for row in (await listed(here, query)).rows] == found


async def test_a_new_client_leads_to_its_page(here: World) -> None:
    state = await listed(here)
    await state.add()
    said = await play(state.create(form(email="vera@lin.example", budget_cents="1,200")))
    assert "/clients/" in said
    assert "Vera Lin added" in said


async def test_a_contact_of_another_client_offers_that_client(here: World) -> None:
    state = await listed(here)
    await state.add()
    await play(state.create(form(phone="(212) 555-0171")))
    assert "belongs to Nova Reyes" in state.errors["phone"]
    assert (state.twin.name, state.twin.href) == ("Nova Reyes", f"/clients/{here.nova}")
    assert (state.dialog, state.is_saving) == ("client", False)


async def test_a_contact_of_staff_is_refused_with_whose_it_is(here: World) -> None:
    state = await listed(here)
    await state.add()
    await play(state.create(form(email="dana.reyes@platinum.studio")))
    assert "staff" in state.errors["email"]
    assert state.twin.name == ""


async def test_the_page_shows_sessions_and_the_balance(here: World) -> None:
    book(here)
    state = await opened(here, here.nova)
    assert (state.shown.name, state.balance, state.is_owed) == ("Nova Reyes", "$420.00", True)
    assert [row.number for row in state.sessions] == ["PS-10001"]


async def test_a_client_is_edited(here: World) -> None:
    state = await opened(here, here.nova)
    await state.edit()
    assert state.record["email"] == "nova@lumen.example"
    await play(state.save({**state.record, "label": "Lumen Records"}))
    assert (state.shown.facts["label"], state.dialog) == ("Lumen Records", "")


async def test_artists_are_added_changed_and_deactivated(here: World) -> None:
    page = await opened(here, here.nova)
    state = await page.get_state(ClientArtists)
    await state.add_artist()
    await play(state.save_artist({"name": "Atlas", "kind": "BAND", "genre": "Indie"}))
    (atlas,) = state.shown.artists
    assert (atlas.name, atlas.about) == ("Atlas", "Band · Indie")
    await state.edit_artist(atlas.id)
    await play(state.save_artist({**state.record, "name": "Atlas Two"}))
    await state.set_active(atlas.id, False)
    assert [(artist.name, artist.is_active) for artist in state.shown.artists] == [("Atlas Two", False)]


async def test_addresses_are_added_made_default_and_removed(here: World) -> None:
    page = await opened(here, here.nova)
    state = await page.get_state(ClientAddresses)
    for street in ("1 First St", "2 Second St"):
        await state.add_address()
        await play(state.save_address({"line1": street, "city": "New York"}))
    second = state.shown.addresses[1]
    await state.set_default_address(second.id)
    assert state.shown.addresses[0].title == "2 Second St"
    await state.ask_remove_address(second.id)
    assert state.leaving == "2 Second St, New York"
    await play(state.remove_address())
    assert [(one.title, one.is_default) for one in state.shown.addresses] == [("1 First St", True)]


async def test_a_client_is_deleted_and_brought_back(here: World) -> None:
    state = await opened(here, sable())
    await play(state.delete())
    assert state.shown.is_deleted
    await state.restore()
    assert not state.shown.is_deleted


async def test_a_client_with_sessions_to_come_is_not_deleted(here: World) -> None:
    book(here)
    state = await opened(here, here.nova)
    assert "PS-10001" in await play(state.delete())
    assert not state.shown.is_deleted


async def test_only_who_may_anonymises(here: World) -> None:
    state = await opened(here, here.nova)
    assert "You may not export or anonymise" in str(await state.ask_anonymise())
    state = await opened(here, here.nova, "ivo")
    await state.ask_anonymise()
    await play(state.anonymise())
    assert (state.shown.is_anonymised, state.shown.facts["email"]) == (True, "")


async def test_an_engineer_has_no_client_page(here: World) -> None:
    state = await at(ClientState, here.tokens["maya"], client_id=str(here.nova))
    state._get_root_state().is_hydrated = False
    assert "/not-allowed" in await play(state.load())
    assert state.shown.name == ""
