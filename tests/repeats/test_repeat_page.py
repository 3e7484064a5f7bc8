"""A session again and again, and the series it makes."""

from typing import Any

import pytest

from services import repeats
from services.core import db
from studio_app.state.repeats.dates import whole_rule
from studio_app.state.repeats.repeat import BookingRepeat
from studio_app.state.repeats.series import BookingSeries
from tests.screens.booking import opened
from tests.screens.desk import play
from tests.screens.orders import book
from tests.world import World

_FIELDS = {"rule": "FREQ=WEEKLY", "own": "", "ends": "COUNT", "count": "8", "until": ""}


@pytest.mark.parametrize(
    ("sent", "rule"),
    [
        ({}, "FREQ=WEEKLY;COUNT=8"),
        ({"ends": "UNTIL", "until": "2027-03-01"}, "FREQ=WEEKLY;UNTIL=20270301"),
        ({"rule": "OWN", "own": "rrule:freq=weekly;byday=mo"}, "FREQ=WEEKLY;BYDAY=MO;COUNT=8"),
        ({"rule": "OWN", "own": "FREQ=DAILY;COUNT=3"}, "FREQ=DAILY;COUNT=3"),
    ],
)
def test_the_fields_make_a_rule(sent: dict[str, str], rule: str) -> None:
    assert whole_rule(_FIELDS | sent) == rule


async def repeating(here: World, number: str, count: str = "4", who: str = "abel") -> Any:
    state = await opened(here, who, number, BookingRepeat)
    await play(state.open_repeat())
    await play(state.adjust("count", count))
    return state


async def test_every_date_is_listed_with_its_price(here: World) -> None:
    state = await repeating(here, book(here).number)
    assert [(one.is_free, one.is_chosen, one.price) for one in state.dates] == [(True, True, "$420.00")] * 3
    assert (state.chosen, state.total) == (3, "$1,260.00")


async def test_what_is_in_the_way_is_named_and_left_out(here: World) -> None:
    number = book(here).number
    book(here, 12 + 7 * 24, engineer_id=here.rio)
    state = await repeating(here, number)
    taken = state.dates[0]
    assert (taken.is_free, taken.is_chosen, state.chosen) == (False, False, 2)
    assert "Studio A" in taken.why_not
    await state.toggle(taken.key)
    assert state.chosen == 2


async def test_those_chosen_are_booked_and_become_a_series(here: World) -> None:
    state = await repeating(here, book(here).number)
    await state.toggle(state.dates[1].key)
    assert (state.chosen, state.total) == (2, "$840.00")
    assert "2 sessions booked" in await play(state.book())
    assert (state.dialog, len(state.series)) == ("", 3)
    assert [one.is_this for one in state.series] == [True, False, False]


async def test_a_date_taken_meanwhile_is_said_and_nothing_is_booked(here: World) -> None:
    state = await repeating(here, book(here).number)
    await state.toggle(state.dates[2].key)
    book(here, 12 + 7 * 24, engineer_id=here.rio)
    await play(state.book())
    assert state.taken.startswith("Not free")
    assert (state.dialog, state.series, state.chosen) == ("repeat", [], 1)
    assert [one.is_chosen for one in state.dates] == [False, True, False]


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [("count", "1", "count"), ("count", "many", "count"), ("rule", "OWN", "own"), ("ends", "UNTIL", "until")],
)
async def test_a_rule_that_cannot_be_read_is_said_at_its_field(here: World, name: str, value: str, field: str) -> None:
    state = await repeating(here, book(here).number)
    await play(state.adjust(name, value))
    assert (list(state.errors), state.dates, state.is_looking) == ([field], [], False)
    assert state.asked[name] == value


@pytest.fixture
def series(here: World) -> tuple[World, str]:
    """Four weeks, the second of them opened."""
    first = book(here).number
    made = db.run(repeats.repeat, here.team["abel"], first, "FREQ=WEEKLY;COUNT=4")
    return here, made[0].number


async def changing(series: tuple[World, str]) -> Any:
    here, number = series
    state = await opened(here, "abel", number, BookingSeries)
    await play(state.open_change())
    return state


@pytest.mark.parametrize(("scope", "count"), [("THIS", 1), ("FOLLOWING", 3), ("ALL", 4)])
async def test_a_change_of_the_series_shows_each_before_any(series: tuple[World, str], scope: str, count: int) -> None:
    state = await changing(series)
    await play(state.choose_scope(scope))
    assert state.each == []
    await play(state.adjust("room", str(series[0].b)))
    assert len(state.each) == count
    assert [one.what for one in state.each[0].differences] == ["Room"]
    assert state.difference == f"−${80 * count}.00"


async def test_the_series_changes_whole(series: tuple[World, str]) -> None:
    state = await changing(series)
    await play(state.adjust("time", "15:00"))
    assert "3 sessions changed" in await play(state.change({"reason": "School"}))
    assert [one.time for one in state.series] == ["12:00–2:00 pm", *["3:00–5:00 pm"] * 3]


async def test_one_that_cannot_change_keeps_all_as_they_are(series: tuple[World, str]) -> None:
    here, _ = series
    book(here, 15 + 14 * 24, engineer_id=here.rio)
    state = await changing(series)
    await play(state.adjust("time", "15:00"))
    assert (state.in_the_way, [one.is_bookable for one in state.each]) == (1, [True, False, True])
    await play(state.change({}))
    assert (state.dialog, {one.time for one in state.series}) == ("series", {"12:00–2:00 pm"})


async def test_the_fees_are_seen_before_the_following_are_cancelled(series: tuple[World, str]) -> None:
    here, number = series
    state = await opened(here, "abel", number, BookingSeries)
    await play(state.open_cancel())
    assert (len(state.each), state.difference) == (3, "−$1,260.00")
    assert "3 sessions cancelled" in await play(state.cancel({"reason": "Tour"}))
    assert [one.status for one in state.series] == ["PENDING", *["CANCELLED"] * 3]


async def test_a_session_on_its_own_has_no_series(here: World) -> None:
    assert (await opened(here, "abel", book(here).number)).series == []
