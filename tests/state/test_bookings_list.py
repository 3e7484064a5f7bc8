"""The bookings list: its filters live in its address, and each person sees what is theirs."""

from typing import Any
from urllib.parse import urlencode

import pytest

from studio_app.state.bookings import BookingsState
from tests.state.desk import at, play
from tests.state.orders import book, ticked
from tests.world import World

Query = dict[str, str]


@pytest.fixture
def booked(here: World) -> World:
    """PS-10001 with Maya, unsigned; PS-10002 in the booth with Sam, signed."""
    book(here, 12)
    book(here, 15, room_ids=(here.booth,), engineer_id=here.sam, authorization=ticked(), artist="Atlas")
    return here


async def listed(here: World, who: str, query: Query | None = None) -> Any:
    state = await at(BookingsState, here.tokens[who], f"/bookings?{urlencode(query or {})}")
    await play(state.load())
    return state


def numbers(state: Any) -> list[str]:
    return [row.number for row in state.rows]


async def test_the_latest_session_comes_first(booked: World) -> None:
    state = await listed(booked, "dana")
    assert numbers(state) == ["PS-10002", "PS-10001"]
    assert (state.total, state.is_narrowed, state.is_loading) == (2, False, False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "atlas"}, ["PS-10002"]),
        ({"q": "10001"}, ["PS-10001"]),
        ({"status": "PENDING,CONFIRMED"}, ["PS-10002", "PS-10001"]),
        ({"status": "CANCELLED"}, []),
        ({"room": "{a}"}, ["PS-10001"]),
        ({"engineer": "{sam}"}, ["PS-10002"]),
        ({"service": "RECORDING"}, ["PS-10002", "PS-10001"]),
        ({"mode": "ONLINE"}, []),
        ({"source": "PUBLIC_PAGE"}, []),
        ({"first_day": "2999-01-01"}, []),
        ({"unsigned": "true"}, ["PS-10001"]),
        ({"unpaid": "true", "sort": "number"}, ["PS-10001", "PS-10002"]),
        ({"room": "x", "mode": "NEITHER", "first_day": "soon", "page": "-3"}, ["PS-10002", "PS-10001"]),
    ],
)
async def test_the_address_filters(booked: World, query: Query, found: list[str]) -> None:
    asked = {name: value.format(a=booked.a, sam=booked.sam) for name, value in query.items()}
    assert numbers(await listed(booked, "dana", asked)) == found


async def test_a_filter_shows_in_the_address_and_in_the_export(booked: World) -> None:
    state = await listed(booked, "dana")
    event = str(await state.narrow("room", str(booked.booth)))
    assert f"/bookings?room={booked.booth}" in event
    assert state.csv == f"/api/export/bookings.csv?room={booked.booth}"
    assert numbers(state) == ["PS-10002"]


async def test_statuses_are_chosen_together(booked: World) -> None:
    state = await listed(booked, "dana")
    await state.toggle_status("HOLD")
    assert numbers(state) == []
    await state.toggle_status("PENDING")
    assert (state.statuses, len(state.rows)) == (["HOLD", "PENDING"], 2)
    await state.toggle_status("HOLD")
    assert state.asked["status"] == "PENDING"


async def test_clearing_shows_everything_again(booked: World) -> None:
    state = await listed(booked, "dana", {"q": "nobody", "unsigned": "true"})
    assert (numbers(state), state.is_narrowed) == ([], True)
    await state.clear()
    assert (len(state.rows), state.is_narrowed) == (2, False)


async def test_pages_are_cut_by_the_server(booked: World) -> None:
    state = await listed(booked, "dana")
    state.page_size = 1
    await state.go_to(2)
    assert (numbers(state), state.total, state.page) == (["PS-10001"], 2, 2)


async def test_an_engineer_sees_own_sessions_without_money(booked: World) -> None:
    state = await listed(booked, "maya")
    assert numbers(state) == ["PS-10001"]
    assert (state.rows[0].total, state.rows[0].balance, state.rows[0].is_owed) == ("", "", False)


async def test_a_client_s_bookings_name_the_client(booked: World) -> None:
    state = await listed(booked, "abel", {"client": str(booked.nova)})
    assert (state.client, state.total, state.asks_more) == ("Nova Reyes", 2, True)


async def test_a_visitor_is_sent_to_sign_in(booked: World) -> None:
    state = await at(BookingsState)
    assert "/login" in await play(state.load())
    assert state.rows == []
