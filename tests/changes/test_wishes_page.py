"""A client's wish on the booking's page and on Today."""

from typing import Any

import pytest

from services import bookings
from services.bookings import BookingStatus, BookingView, ChangeWish
from services.core import db
from services.core.access import anonymous
from studio_app.state.bookings.booking import BookingState
from studio_app.state.bookings.moves import BookingMoves
from studio_app.state.changes.wishes import BookingAsked
from studio_app.state.today.overview import look
from tests.screens.booking import opened
from tests.screens.desk import play
from tests.screens.orders import book
from tests.world import World

VISITOR = anonymous(ip="203.0.113.9")


def asked(here: World, wish: ChangeWish = ChangeWish.CHANGE) -> BookingView:
    sold = book(here, status=BookingStatus.CONFIRMED)
    db.run(bookings.request_change, VISITOR, sold.public_token, wish, "An hour later, please.")
    return sold


async def page(here: World, sold: BookingView, who: str = "abel") -> Any:
    return await opened(here, who, sold.number, BookingAsked)


async def test_the_wish_stands_on_the_booking(here: World) -> None:
    state = await page(here, asked(here))
    wish = state.shown.asked
    assert (wish.is_to_cancel, wish.message, wish.answer) == (False, "An hour later, please.", "")


async def test_the_wish_is_on_today_before_everything_else(here: World) -> None:
    sold = asked(here, ChangeWish.CANCEL)
    hands = db.run(look, here.team["abel"], here.at(12)).hands
    assert [(hand.number, hand.status) for hand in hands[:2]] == [(sold.number, "ASKED"), (sold.number, "UNSIGNED")]
    assert hands[0].what.startswith("asks to cancel Recording")
    assert [hand.status for hand in db.run(look, here.team["femi"], here.at(12)).hands] == ["UNPAID"]


@pytest.mark.parametrize(("how", "stays"), [("answer", True), ("decline", False), ("accept", False)])
async def test_it_is_answered(here: World, how: str, stays: bool) -> None:
    state = await page(here, asked(here))
    await state.begin(how)
    assert (state.dialog, state.how) == ("asked", how)
    await play(state.send({"answer": "Would Monday suit you?"}))
    assert (state.dialog, state.shown.asked.id > 0) == ("", stays)
    assert state.shown.asked.answer == ("Would Monday suit you?" if stays else "")


async def test_a_decline_without_words_is_said_at_the_field(here: World) -> None:
    state = await page(here, asked(here))
    await state.begin("decline")
    await play(state.send({"answer": " "}))
    assert (list(state.errors), state.dialog) == (["answer"], "asked")


async def test_a_wish_to_cancel_is_granted_by_cancelling(here: World) -> None:
    sold = asked(here, ChangeWish.CANCEL)
    state = await opened(here, "abel", sold.number, BookingMoves)
    await state.ask_cancel()
    await play(state.cancel({"reason": "As you wished."}))
    shown = (await opened(here, "abel", sold.number, BookingState)).shown
    assert (shown.status, shown.asked.id) == ("CANCELLED", 0)


async def test_nothing_else_can_be_sent(here: World) -> None:
    state = await page(here, asked(here))
    await state.begin("refund")
    assert state.dialog == ""
    await play(state.send({"answer": "x"}))
    assert state.shown.asked.id
