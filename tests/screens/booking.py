"""A booking's page, opened at somebody's desk."""

from typing import Any

from studio_app.state.bookings.booking import BookingState
from tests.screens.desk import at, play
from tests.world import World


async def opened(here: World, who: str, number: str, kind: type = BookingState, query: str = "") -> Any:
    state = await at(kind, here.tokens[who], f"/bookings/{number}{query}", number=number)
    await play((await state.get_state(BookingState)).load())
    return state
