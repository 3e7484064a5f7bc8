"""The bookings list: its filters live in its address, and each person sees what is theirs."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest

from studio_app.state.bookings.filters import asked_in, in_days
from studio_app.state.bookings.listing import BookingsState
from tests.screens.desk import at, play
from tests.screens.orders import book, ticked
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


async def test_what_lies_ahead_comes_first_the_next_on_top(booked: World) -> None:
    state = await listed(booked, "dana")
    assert numbers(state) == ["PS-10001", "PS-10002"]
    assert (state.asked["when"], state.is_narrowed, state.is_loading) == ("upcoming", True, False)


@pytest.mark.parametrize(
    ("when", "first_day", "last_day"),
    [("upcoming", "2027-03-01", ""), ("past", "", "2027-02-28"), ("all", "2020-01-01", "2020-01-02")],
)
def test_the_whole_of_today_is_ahead(when: str, first_day: str, last_day: str) -> None:
    asked = {**asked_in({}), "when": when, "first_day": "2020-01-01", "last_day": "2020-01-02"}
    if when != "all":
        asked |= {"first_day": "", "last_day": ""}
    found = in_days(asked, date(2027, 3, 1))
    assert (found["first_day"], found["last_day"], found["when"]) == (first_day, last_day, "")


async def test_what_has_been_is_a_choice_away_the_latest_on_top(booked: World) -> None:
    state = await listed(booked, "dana")
    shown = str(await state.narrow("when", "past"))
    assert (numbers(state), state.order) == ([], "-start")
    assert "/bookings?when=past" in shown
    assert "export/bookings.csv?last_day=" in state.csv


@pytest.mark.parametrize(
    ("name", "value"), [("q", "atlas"), ("first_day", "2020-01-01"), ("unpaid", "true"), ("status", "COMPLETED")]
)
async def test_a_search_and_days_of_one_s_own_reach_into_the_past(booked: World, name: str, value: str) -> None:
    state = await listed(booked, "dana")
    await state.narrow(name, value)
    assert (state.asked["when"], state.order) == ("all", "-start")
    await state.narrow("when", "upcoming")
    assert (state.asked["first_day"], state.order) == ("", "start")


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
    state = await listed(booked, "dana", {"when": "all"})
    event = str(await state.narrow("room", str(booked.booth)))
    assert f"/bookings?when=all&room={booked.booth}" in event
    assert state.csv == f"/api/export/bookings.csv?room={booked.booth}&sort=-start"
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
    shown = str(await state.clear())
    assert (len(state.rows), state.is_narrowed) == (2, False)
    assert "/bookings?when=all" in shown


async def test_pages_are_cut_by_the_server(booked: World) -> None:
    state = await listed(booked, "dana")
    state.page_size = 1
    await state.go_to(2)
    assert (numbers(state), state.total, state.page) == (["PS-10002"], 2, 2)


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
