"""What is typed into a list's filter while its page loads stays: a field is drawn anew only to show something else."""

from typing import Any

import pytest

from studio_app.state.bookings.listing import BookingsState
from studio_app.state.clients.listing import ClientsState
from studio_app.state.holds.listing import HoldsState
from studio_app.state.identity.people import PeopleState
from studio_app.state.mail.outbox import MailState
from studio_app.state.waitlist.listing import WaitlistState
from tests.screens.desk import at, play
from tests.world import World

LISTS = {
    BookingsState: "/bookings",
    ClientsState: "/clients",
    HoldsState: "/holds",
    PeopleState: "/settings/people",
    MailState: "/settings/mail",
    WaitlistState: "/waitlist",
}


def drawn(state: Any) -> int:
    return int(state.opened if hasattr(state, "opened") else state.visit)


@pytest.mark.parametrize("screen", LISTS, ids=LISTS.values())
async def test_a_field_that_shows_what_the_address_says_is_not_drawn_anew(here: World, screen: type) -> None:
    state: Any = await at(screen, here.tokens["ivo"], LISTS[screen])
    await play(state.load())
    assert drawn(state) == 0
    state = await at(screen, here.tokens["ivo"], f"{LISTS[screen]}?q=nova")
    await play(state.load())
    assert drawn(state) == 1
    await play(state.load())
    assert drawn(state) == 1
