"""A booking's page: what is shown to whom, and its way through its life."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from services import bookings, changes, scheduling
from services.bookings import BookingStatus
from services.changes import Change
from services.core import clock, db
from services.core.access import SYSTEM
from services.core.studio import studio_info
from services.scheduling import ReasonCode
from studio_app.state.bookings.booking import BookingState
from studio_app.state.bookings.moves import BookingMoves
from studio_app.state.payments.booking import BookingPayments
from tests.screens.desk import at, play
from tests.screens.orders import WEEK, book, ticked
from tests.world import World


async def opened(here: World, who: str, number: str, kind: type = BookingMoves) -> Any:
    state = await at(kind, here.tokens[who], number=number)
    await play((await state.get_state(BookingState)).load())
    return state


async def test_the_page_shows_everything_of_a_booking(here: World) -> None:
    number = book(here, artist="Atlas", notes="Ribbon mics").number
    shown = (await opened(here, "dana", number)).shown
    assert (shown.client, shown.artist, shown.engineer, shown.notes) == (
        "Nova Reyes",
        "Atlas",
        "Maya Lind",
        "Ribbon mics",
    )
    assert [room.name for room in shown.rooms] == ["Studio A"]
    assert shown.phone == "+1 212-555-0171"
    assert (shown.money.total, shown.money.paid, shown.money.balance) == ("$420.00", "$0.00", "$420.00")
    assert shown.money.deposit_status == "UNPAID"
    assert shown.public_link.startswith("http")


async def test_an_engineer_sees_no_money_no_contact_and_no_history(here: World) -> None:
    state = await opened(here, "maya", book(here).number)
    shown = state.shown
    assert (shown.has_money, shown.money.total, shown.money.lines, shown.rooms[0].rate) == (False, "", [], "")
    assert (shown.email, shown.phone, shown.public_link, state.history) == ("", "", "", [])


async def test_another_engineer_s_session_is_not_there(here: World) -> None:
    number = book(here, room_ids=(here.booth,), engineer_id=here.sam).number
    state = await at(BookingState, here.tokens["maya"], number=number)
    state._get_root_state().is_hydrated = False
    assert "/404" in await play(state.load())


async def test_finance_sees_the_money(here: World) -> None:
    assert (await opened(here, "femi", book(here).number)).shown.money.total == "$420.00"


async def test_confirming_says_so_and_is_kept_in_the_history(here: World) -> None:
    state = await opened(here, "abel", book(here).number)
    assert "CONFIRMED" in state.shown.moves
    assert "is confirmed" in await play(state.confirm(state.shown.version))
    assert state.shown.status == "CONFIRMED"
    (change,) = state.history[0].changes
    assert (state.history[0].what, change.what, change.before, change.after) == (
        "Confirmed",
        "Status",
        "Pending",
        "Confirmed",
    )


async def test_a_double_click_confirms_once_and_says_nothing_more(here: World) -> None:
    state = await opened(here, "abel", book(here).number)
    await play(state.confirm(state.shown.version))
    assert await play(state.confirm(state.shown.version)) == ""
    assert [event.what for event in state.history].count("Confirmed") == 1


async def test_the_fee_is_shown_before_a_booking_is_cancelled(here: World) -> None:
    number = book(here).number
    state = await opened(here, "abel", number)
    await state.ask_cancel()
    assert state.dialog == "cancel"
    seen = state.preview
    assert seen.lines == [("Cancelled: the session is not charged", "−$420.00")]
    assert (seen.total, seen.balance, seen.told) == ("$0.00", "$0.00", "Nova Reyes, Maya Lind, the managers")
    assert seen.effects == ["Free again: Studio A, Maya Lind."]
    assert "is cancelled" in await play(state.cancel({"reason": "Singer is ill"}))
    assert (state.shown.status, state.shown.cancel_reason, state.dialog) == ("CANCELLED", "Singer is ill", "")


async def test_who_cancels_what_somebody_changed_meanwhile_is_told_first(here: World) -> None:
    number = book(here).number
    state = await opened(here, "abel", number)
    await state.ask_cancel()
    db.run(changes.apply, here.team["dana"], number, Change(minutes=60))
    await play(state.cancel({"reason": "Singer is ill"}))
    assert (state.shown.status, state.dialog, len(state.news)) == ("PENDING", "cancel", 1)
    assert state.preview.lines != [("Cancelled: the session is not charged", "−$420.00")]
    assert "is cancelled" in await play(state.cancel({"reason": "Singer is ill"}))


async def test_an_engineer_is_not_shown_the_fee(here: World) -> None:
    state = await opened(here, "maya", book(here).number)
    await state.ask_cancel()
    assert (state.dialog, state.preview.lines, state.preview.total) == ("cancel", [], "")


async def test_a_reason_too_long_is_said_at_the_field(here: World) -> None:
    state = await opened(here, "abel", book(here).number)
    await state.ask_cancel()
    await play(state.cancel({"reason": "x" * 501}))
    assert (state.shown.status, state.dialog, state.is_saving) == ("PENDING", "cancel", False)
    assert "reason" in state.errors


async def test_a_move_the_table_does_not_have_is_refused(here: World) -> None:
    state = await opened(here, "abel", book(here).number)
    assert "cannot become" in await play(state.check_out(state.shown.version))
    assert state.shown.status == "PENDING"


async def test_a_session_is_checked_in_and_out(here: World) -> None:
    number = book(here, WEEK + 12).number
    state = await opened(here, "abel", number)
    await play(state.confirm(state.shown.version))
    assert "CHECKED_IN" not in state.shown.moves
    assert state.shown.check_in_opens.endswith("10:00 am")
    with time_machine.travel(here.at(WEEK + 13), tick=False):
        await play(state.check_in(state.shown.version))
        await play(state.check_out(state.shown.version))
    assert (state.shown.status, state.shown.moves) == ("COMPLETED", ["CHECKED_IN"])
    assert "booked" in state.shown.actual.began
    assert "booked" in state.shown.actual.ended
    assert state.shown.actual.freed.endswith("1:15 pm")


async def test_each_change_of_status_veils_what_can_be_pressed_next(here: World) -> None:
    state = await opened(here, "abel", book(here).number)
    assert state.moved == 0
    await play(state.confirm(state.shown.version))
    assert state.moved == 1
    await play((await state.get_state(BookingState)).load())
    assert state.moved == 0


async def test_the_second_of_two_clicks_finds_the_booking_changed_and_does_nothing(here: World) -> None:
    state = await opened(here, "abel", book(here, WEEK + 12, status=BookingStatus.CONFIRMED).number)
    seen = state.shown.version
    with time_machine.travel(here.at(WEEK + 12), tick=False):
        await play(state.check_in(seen))
        assert "has changed in the meantime" in await play(state.check_out(seen))
    assert state.shown.status == "CHECKED_IN"


@pytest.mark.parametrize(
    ("who", "is_signed", "asks"), [("abel", True, True), ("maya", True, False), ("abel", False, False)]
)
async def test_a_check_out_asks_for_what_is_still_owed(here: World, who: str, is_signed: bool, asks: bool) -> None:
    signed = {"authorization": ticked()} if is_signed else {}
    number = book(here, WEEK + 12, status=BookingStatus.CONFIRMED, **signed).number
    db.run(bookings.check_in, SYSTEM, number, now=here.at(WEEK + 12))
    state = await opened(here, who, number, BookingPayments)
    moves = await state.get_state(BookingMoves)
    with time_machine.travel(here.at(WEEK + 14), tick=False):
        assert "open_if_owed" in await play(moves.check_out(state.shown.version))
        await state.open_if_owed()
    assert (state.dialog == "pay") is asks
    if asks:
        assert (state.record["amount"], state.record["purpose"]) == ("420.00", "FINAL")


async def test_what_was_done_by_mistake_is_undone_from_its_toast(here: World) -> None:
    state = await opened(here, "abel", book(here, WEEK + 12, status=BookingStatus.CONFIRMED).number)
    with time_machine.travel(here.at(WEEK + 13), tick=False):
        assert "undo_check_in" in await play(state.check_in(state.shown.version))
        assert "undo_check_out" in await play(state.check_out(state.shown.version))
        await play(state.undo_check_out(state.shown.version))
        await play(state.undo_check_in(state.shown.version))
        assert state.shown.status == "CONFIRMED"
        await state.ask_no_show()
        assert "undo_no_show" in await play(state.no_show())
        await play(state.undo_no_show(state.shown.version))
    assert state.shown.status == "CONFIRMED"


async def test_a_no_show_names_its_fee_before_it_is_done(here: World) -> None:
    signed = book(here, WEEK + 12, status=BookingStatus.CONFIRMED, authorization=ticked())
    state = await opened(here, "abel", signed.number)
    assert "NO_SHOW" not in state.shown.moves
    with time_machine.travel(here.at(WEEK + 13), tick=False):
        await state.ask_no_show()
    assert state.dialog == "no_show"
    assert state.preview.lines[-1] == ("No-show: fee of 100%, nobody came", "$420.00")


async def test_a_no_show_before_the_start_is_refused(here: World) -> None:
    state = await opened(here, "abel", book(here, WEEK + 12, status=BookingStatus.CONFIRMED).number)
    assert "not begun yet" in await play(state.ask_no_show())
    assert state.dialog == ""


async def test_who_may_not_book_moves_nothing(here: World) -> None:
    state = await opened(here, "femi", book(here).number)
    assert "You may not book sessions" in await play(state.confirm(state.shown.version))
    assert state.shown.status == "PENDING"


async def test_what_a_late_cancellation_costs_is_shown(here: World) -> None:
    booked = book(here, authorization=ticked())
    db.run(bookings.confirm, SYSTEM, booked.number)
    db.run(bookings.cancel, SYSTEM, booked.number, now=booked.start - timedelta(hours=1))
    shown = (await opened(here, "dana", booked.number)).shown
    assert (shown.money.total, shown.money.balance) == ("$210.00", "$210.00")


async def test_a_hold_whose_time_went_says_so_and_is_counted(here: World) -> None:
    hold = book(here, status=BookingStatus.HOLD)
    book(here)
    state = await opened(here, "abel", hold.number)
    await play(state.confirm(state.shown.version))
    assert state.shown.status == "HOLD"
    today = clock.business_date(clock.now(), db.run(studio_info).zone)
    assert ReasonCode.BOOKED in db.run(scheduling.refused_by_reason, SYSTEM, today, today)
