"""What was changed of a session, and the last of it taken back."""

from typing import Any

from services import bookings, changes
from services.changes import Change
from services.core import db
from services.core.access import SYSTEM
from studio_app.state.changes.booking import BookingChanges
from tests.screens.booking import opened
from tests.screens.desk import play
from tests.screens.orders import book
from tests.world import World


def change(here: World, number: str, who: str = "abel", **what: Any) -> None:
    db.run(changes.apply, here.team[who], number, Change(**what))


async def test_the_card_names_what_it_was_who_changed_it_and_why(here: World) -> None:
    number = book(here).number
    change(here, number, room_ids=(here.b,), reason="Grand piano")
    state = await opened(here, "dana", number)
    (shown,) = state.changed
    assert (shown.what, shown.why, shown.price) == ("Room swapped", "Grand piano", "−$80.00")
    assert shown.by.startswith("Abel Okoro, ")
    (fact,) = shown.differences
    assert (fact.what, fact.before, fact.after) == ("Room", "Studio A", "Studio B")


async def test_the_session_says_what_it_was_at_first(here: World) -> None:
    number = book(here, engineer_id=here.maya).number
    change(here, number, room_ids=(here.b,))
    change(here, number, engineer_id=here.sam)
    first = (await opened(here, "dana", number)).shown.originals
    assert (first.rooms, first.engineer, first.time) == ("Studio A", "Maya Lind", "")


async def test_what_came_back_by_itself_was_never_other(here: World) -> None:
    number = book(here).number
    change(here, number, room_ids=(here.b,))
    change(here, number, room_ids=(here.a,))
    assert (await opened(here, "dana", number)).shown.originals.rooms == ""


async def test_undo_names_the_change_and_takes_it_back(here: World) -> None:
    number = book(here).number
    change(here, number, room_ids=(here.b,))
    state = await opened(here, "dana", number, BookingChanges)
    assert [one.can_undo for one in state.changed] == [True]
    await play(state.ask_undo())
    assert "room back to Studio A" in state.undoing
    assert "Taken back" in await play(state.undo())
    assert [room.name for room in state.shown.rooms] == ["Studio A"]
    (shown,) = state.changed
    assert (shown.undone.startswith("Dana Reyes"), shown.can_undo) == (True, False)


async def test_undo_asks_anew_when_somebody_changed_it_meanwhile(here: World) -> None:
    number = book(here).number
    change(here, number, room_ids=(here.b,))
    state = await opened(here, "dana", number, BookingChanges)
    await play(state.ask_undo())
    change(here, number, engineer_id=here.sam)
    await play(state.undo())
    assert (state.dialog, [room.name for room in state.shown.rooms]) == ("undo", ["Studio B"])
    assert "Meanwhile: Abel Okoro" in state.undoing
    assert "engineer back to Maya Lind" in state.undoing
    assert "Taken back" in await play(state.undo())
    assert (state.shown.engineer, [room.name for room in state.shown.rooms]) == ("Maya Lind", ["Studio B"])


async def test_undo_takes_back_what_the_dialog_says_also_when_the_page_has_been_refreshed(here: World) -> None:
    number = book(here).number
    change(here, number, room_ids=(here.b,))
    state = await opened(here, "dana", number, BookingChanges)
    await play(state.ask_undo())
    change(here, number, engineer_id=here.sam)
    await state._fetch()
    await play(state.undo())
    assert state.dialog == "undo"
    assert "engineer back to Maya Lind" in state.undoing


async def test_an_engineer_sees_the_changes_without_money(here: World) -> None:
    number = book(here).number
    change(here, number, room_ids=(here.b,))
    (shown,) = (await opened(here, "maya", number)).changed
    assert (shown.price, shown.differences[0].after) == ("", "Studio B")


async def test_nothing_is_undone_of_what_is_cancelled(here: World) -> None:
    number = book(here).number
    change(here, number, room_ids=(here.b,))
    db.run(bookings.cancel, SYSTEM, number)
    assert [one.can_undo for one in (await opened(here, "dana", number)).changed] == [False]


async def test_a_link_opens_the_change_for_those_who_may(here: World) -> None:
    number = book(here).number
    state = await opened(here, "abel", number, BookingChanges, "?change=engineer")
    asked = str(await state.change_if_asked())
    assert "CalendarChange.ask" in asked
    assert await (await opened(here, "maya", number, BookingChanges, "?change=engineer")).change_if_asked() is None
    assert await (await opened(here, "abel", number, BookingChanges)).change_if_asked() is None
