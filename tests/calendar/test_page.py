"""Where the calendar's links and clicks lead, and what an open one is told."""

from datetime import timedelta
from typing import Any

from services.core.live import MISSED, Change
from studio_app.state.calendar.page import CalendarState
from tests.screens import desk
from tests.screens.calendars import book
from tests.world import World


async def test_the_links_keep_the_filters(here: World) -> None:
    state = await arrive(here, "dana", f"date={here.day}&room={here.a}")
    assert state.places["week"] == f"/calendar?view=week&date={here.day}&room={here.a}"
    assert state.places["next"] == f"/calendar?view=day&date={here.day + timedelta(days=1)}&room={here.a}"
    assert state.places["all"] == f"/calendar?view=day&date={here.day}"
    assert state.rooms_label == "Rooms · 1 of 3"


async def test_a_click_on_empty_time_begins_the_wizard_there(here: World) -> None:
    state = await arrive(here, "dana", f"date={here.day}")
    sent = await desk.play(state.pick(f"{here.day}T14:30", str(here.b)))
    assert f"/bookings/new?start={here.day}T14%3A30&room={here.b}" in sent
    assert f"start={here.day}T08%3A00" in await desk.play(state.pick(str(here.day), str(here.b)))


async def test_a_click_on_the_past_or_on_nonsense_says_so(here: World) -> None:
    state = await arrive(here, "dana", f"date={here.day}")
    assert "has passed" in await desk.play(state.pick("2020-01-01T12:00", str(here.b)))
    assert "Choose a time" in await desk.play(state.pick("whenever", str(here.b)))


async def test_who_may_not_see_sessions_has_no_calendar(here: World) -> None:
    state = await desk.at(CalendarState, here.tokens["femi"], "/calendar")
    assert "You may not" in await desk.play(state.load())
    assert state.title == ""


async def test_a_page_is_told_what_changed_and_when_to_fetch_all(here: World) -> None:
    made, state = book(here, 12), await arrive(here, "dana", f"date={here.day}")
    page = Page(state)
    await CalendarState._hear(page, (Change("booking", made.id), Change("hold", made.id)))
    first = state.patch
    assert [one["id"] for one in first["changed"]] == [made.number]
    assert first["query"] == {"date": str(here.day)}
    for heard in (Change("lockout", 1), MISSED):
        await CalendarState._hear(page, (Change("booking", made.id), heard))
        assert state.patch["anew"]
    assert state.patch["stamp"] == first["stamp"] + 2
    await CalendarState._hear(page, ())
    assert state.patch["stamp"] == first["stamp"] + 2


class Page:
    """A state in the hands of a background event."""

    def __init__(self, state: CalendarState) -> None:
        object.__setattr__(self, "_state", state)

    async def __aenter__(self) -> None: ...

    async def __aexit__(self, *_: object) -> None: ...

    def __getattr__(self, name: str) -> Any:
        return getattr(self._state, name)


async def arrive(here: World, who: str, query: str) -> Any:
    state = await desk.at(CalendarState, here.tokens[who], f"/calendar?{query}")
    await desk.play(state.load())
    return state
