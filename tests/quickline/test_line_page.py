"""The line on the calendar: seen as it is typed, booked only as it was seen."""

from typing import Any

from services import bookings
from services.bookings import BookingFilters
from services.core import db
from services.core.access import SYSTEM
from services.core.paging import PageRequest
from studio_app.state.quickline.line import FIELD, QuickLineState
from tests.screens.desk import at, play
from tests.world import World


def line(here: World, more: str = "") -> str:
    return f"Studio A {here.day.isoformat()} 8p-10p recording Maya for Nova {more}".strip()


async def desk(here: World, who: str = "abel") -> Any:
    return await at(QuickLineState, here.tokens[who], "/calendar")


def booked() -> int:
    return db.run(bookings.list_bookings, SYSTEM, PageRequest(), BookingFilters()).total


async def test_what_is_typed_becomes_chips_and_a_price(here: World) -> None:
    state = await desk(here)
    await play(state.typed(line(here)))
    assert {chip.kind: chip.label for chip in state.seen.chips}["room"] == "Studio A"
    assert state.seen.total
    assert state.seen.is_bookable
    assert booked() == 0


async def test_enter_books_what_was_seen_once(here: World) -> None:
    state = await desk(here)
    text = line(here)
    await play(state.typed(text))
    said = await play(state.book({FIELD: text}))
    assert "is booked for Nova" in said
    assert state.text == ""
    await play(state.book({FIELD: text}))
    assert booked() == 1


async def test_what_was_booked_is_taken_back_and_its_line_is_there_again(here: World) -> None:
    state = await desk(here)
    text = line(here)
    await play(state.typed(text))
    said = await play(state.book({FIELD: text}))
    assert f"/calendar?view=day&date={here.day}" in said
    (row,) = db.run(bookings.list_bookings, SYSTEM, PageRequest(), BookingFilters()).data
    await play(state.undo(row.number))
    (row,) = db.run(bookings.list_bookings, SYSTEM, PageRequest(), BookingFilters()).data
    assert (row.status, row.balance_cents, state.text) == ("CANCELLED", 0, text)
    await play(state.undo(row.number))


async def test_enter_goes_to_the_open_question(here: World) -> None:
    state = await desk(here)
    text = line(here).replace("recording", "")
    await play(state.typed(text))
    assert ".asked button" in await play(state.book({FIELD: text}))
    assert booked() == 0


async def test_a_line_newer_than_its_receipt_is_shown_before_it_is_booked(here: World) -> None:
    state = await desk(here)
    await play(state.typed(line(here)))
    await play(state.book({FIELD: line(here, "note: tea")}))
    assert booked() == 0
    assert state.text.endswith("note: tea")


async def test_a_question_is_answered_by_a_click(here: World) -> None:
    state = await desk(here)
    text = line(here).replace("recording", "")
    await play(state.typed(text))
    (asked,) = state.seen.asked
    assert not state.seen.is_bookable
    await play(state.answer(asked.key, "RECORDING"))
    assert state.seen.is_bookable


async def test_a_slot_that_went_keeps_the_line_and_offers_others(here: World) -> None:
    mine, theirs = await desk(here), await desk(here, "dana")
    for state in (mine, theirs):
        await play(state.typed(line(here)))
    await play(theirs.book({FIELD: line(here)}))
    said = await play(mine.book({FIELD: line(here)}))
    assert "error" in said
    assert mine.text == line(here)
    assert mine.seen.reasons
    assert not mine.seen.is_bookable
    await play(mine.take(mine.seen.offers[0].text))
    assert mine.seen.is_bookable
    assert booked() == 1


async def test_who_may_not_book_has_no_line(here: World) -> None:
    state = await desk(here, "femi")
    await play(state.typed(line(here)))
    assert state.text == ""
