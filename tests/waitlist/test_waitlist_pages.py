"""The waitlist on its screens: staff's list, the client's answer, today, and the public wizard."""

from datetime import time, timedelta
from typing import Any

import pytest

from services import waitlist
from services.clients import NewClient
from services.core import clock, db
from services.core.access import SYSTEM, anonymous
from services.waitlist import NewWish, PublicWish, WishView
from studio_app.state.waitlist.answer import WaitlistAnswerState
from studio_app.state.waitlist.form import WishForm
from studio_app.state.waitlist.listing import WaitlistState
from studio_app.state.waitlist.presenter import hours_of_day
from studio_app.state.waitlist.today import WaitlistToday
from tests.screens.desk import at, play
from tests.world import STUDIO, World

KIM = NewClient("Kim Duval", "kim@duval.example", "+12125550188")
NOON = {"not_before": time(12), "not_after": time(14)}
"""Two hours: there is no other time to offer."""


def wish(here: World, **changes: Any) -> WishView:
    days = {"first_day": here.day, "last_day": here.day}
    return db.run(waitlist.wish, SYSTEM, NewWish(**{"service": "PODCAST", "client_id": here.nova, **days, **changes}))


def own(here: World, ago: timedelta = timedelta(), **hours: time) -> PublicWish:
    """Offered time so long ago."""
    new = NewWish(service="PODCAST", client=KIM, first_day=here.day, last_day=here.day, room_ids=(here.a,), **hours)
    made = db.run(waitlist.public_wish, anonymous(), new)
    db.run(waitlist.match, clock.now() - ago)
    return made


async def listed(here: World, query: str = "") -> Any:
    state = await at(WaitlistState, here.tokens["abel"], f"/waitlist?{query}")
    await play(state.load())
    return state


async def answered(token: str) -> Any:
    state = await at(WaitlistAnswerState, path=f"/waitlist/{token}")
    await state.load()
    return state


async def test_the_list_shows_who_waits_for_what(here: World) -> None:
    wish(here, room_ids=(here.a, here.b), minutes=90, notes="Grand piano")
    (row,) = (await listed(here)).rows
    assert (row.client, row.status, row.place, row.what) == (
        "Nova Reyes", "WAITING", "Studio A and Studio B", "Podcast, 1.5 h",
    )  # fmt: skip
    assert (row.hours, row.notes, row.by) == ("Any time", "Grand piano", "the client")


@pytest.mark.parametrize(("query", "count"), [("", 1), ("status=WITHDRAWN", 1), ("status=ALL", 2), ("q=nobody", 0)])
async def test_open_wishes_show_unless_others_are_asked_for(here: World, query: str, count: int) -> None:
    gone = wish(here)
    db.run(waitlist.withdraw, SYSTEM, gone.id)
    wish(here)
    assert (await listed(here, query)).total == count


async def test_a_wish_is_noted_for_a_client_who_is_found(here: World) -> None:
    form = await at(WishForm, here.tokens["abel"], "/waitlist")
    await play(form.add())
    assert [name for _, name in form.engineers] == ["Maya Lind", "Rio Tanaka", "Sam Ode"]
    await form.search("nobody any more")  # came in between
    await form.take(here.nova)
    sent = {"service": "PODCAST", "first_day": here.day.isoformat(), f"wish-room-{here.b}": "on", "minutes": "60"}
    assert "Nova Reyes is on the waitlist" in await play(form.save(sent))
    (made,) = (await listed(here)).rows
    assert (made.place, made.by) == ("Studio B", "Abel Okoro")


@pytest.mark.parametrize(
    ("sent", "field"),
    [({}, "first_day"), ({"first_day": "2020-01-01"}, "last_day"), ({"first_day": "soon"}, "first_day")],
)
async def test_what_is_missing_is_said_at_its_field(here: World, sent: dict[str, str], field: str) -> None:
    form = await at(WishForm, here.tokens["abel"], "/waitlist")
    await play(form.add())
    await form.take(here.nova)
    await play(form.save({"service": "PODCAST", **sent}))
    assert list(form.errors) == [field]


async def test_without_a_client_nothing_is_noted(here: World) -> None:
    form = await at(WishForm, here.tokens["abel"], "/waitlist")
    await play(form.add())
    await play(form.save({"service": "PODCAST", "first_day": here.day.isoformat()}))
    assert form.errors == {"client": "Choose a client."}
    wrong = {"service": "PODCAST", "first_day": "soon", "minutes": "0", "not_before": "10:00", "not_after": ""}
    await play(form.save(wrong | {"notes": "x" * 1001}))
    assert form.errors.keys() == {"client", "first_day", "minutes", "not_after", "notes"}


async def test_staff_answer_an_offer_and_withdraw(here: World) -> None:
    wish(here, **NOON)
    db.run(waitlist.match, clock.now())
    state = await listed(here)
    (row,) = state.rows
    assert row.offer.due.startswith("until ")
    assert "stays on the list" in await play(state.decline(row.id, row.offer.id))
    assert state.rows[0].status == "WAITING"
    await state.ask_to_withdraw(row.id)
    assert "off the waitlist" in await play(state.withdraw())
    assert state.rows == []


async def test_accepting_leads_to_the_booking(here: World) -> None:
    wish(here)
    db.run(waitlist.match, clock.now())
    state = await listed(here)
    (row,) = state.rows
    assert f"/bookings/{row.offer.number}" in await play(state.accept(row.id, row.offer.id))


async def test_the_client_sees_the_offer_and_takes_it(here: World) -> None:
    made = own(here)
    page = await answered(made.token)
    assert page.wish.is_offered
    assert (page.wish.offer.place, page.wish.what) == ("Studio A", "Podcast, 2 h")
    said = await play(page.take())
    assert page.wish.booking.startswith("/booking/")
    assert f"{page.wish.booking}?new=1" in said


async def test_the_hours_wished_for_and_those_offered_are_written_alike(here: World) -> None:
    page = await answered(own(here, **NOON).token)
    assert page.wish.hours == "12:00–2:00 pm"
    assert page.wish.offer.when.endswith(", 12:00–2:00 pm")


@pytest.mark.parametrize(
    ("not_before", "not_after", "hours"),
    [
        (time(9), time(14), "9:00 am–2:00 pm"),
        (time(20), time(23), "8:00–11:00 pm"),
        (time(20), time(2), "8:00 pm–2:00 am, into the next day"),
        (time(8), time(8), "8:00 am–8:00 am, into the next day"),
    ],
)
def test_hours_of_a_wish_are_written_as_those_of_a_session(not_before: time, not_after: time, hours: str) -> None:
    assert hours_of_day(not_before, not_after, STUDIO) == hours


async def test_the_client_declines_and_leaves(here: World) -> None:
    page = await answered(own(here, **NOON).token)
    await play(page.decline())
    assert (page.wish.status, page.wish.is_offered) == ("WAITING", False)
    await page.ask_to_leave(True)
    await play(page.leave())
    assert page.wish.status == "WITHDRAWN"


async def test_an_offer_that_ran_out_says_so_before_a_job_has_seen_it(here: World) -> None:
    page = await answered(own(here, ago=timedelta(days=3), **NOON).token)
    assert (page.wish.status, page.wish.is_offered) == ("WAITING", False)
    assert "has run out" in page.wish.status_text


async def test_an_answer_given_elsewhere_meanwhile_shows_with_the_refusal(here: World) -> None:
    made = own(here, **NOON)
    page = await answered(made.token)
    db.run(waitlist.decline_public, anonymous(), made.token)
    assert "offer is not open" in await play(page.take())
    assert not page.wish.is_offered


async def test_who_declines_sees_at_once_what_else_is_free(here: World) -> None:
    page = await answered(own(here).token)
    first = page.wish.offer
    await play(page.decline())
    assert page.wish.is_offered
    assert page.wish.offer.when != first.when


@pytest.mark.parametrize("answer", ["take", "decline"])
async def test_a_client_answers_the_time_they_have_seen_and_no_other(here: World, answer: str) -> None:
    made = own(here)
    page = await answered(made.token)
    seen = page.wish.offer
    db.run(waitlist.decline_public, anonymous(), made.token)  # another is offered now
    assert "offer is not open" in await play(getattr(page, answer)())
    assert page.wish.is_offered
    assert page.wish.offer.when != seen.when


@pytest.mark.parametrize("answer", ["accept", "decline"])
async def test_staff_answer_the_time_they_have_seen_and_no_other(here: World, answer: str) -> None:
    asked = wish(here)
    db.run(waitlist.match, clock.now())
    state = await listed(here)
    (seen,) = state.rows
    db.run(waitlist.decline, SYSTEM, asked.id)
    assert "offer is not open" in await play(getattr(state, answer)(seen.id, seen.offer.id))


async def test_today_shows_offers_and_new_wishes_to_the_front_desk_alone(here: World) -> None:
    own(here)
    wish(here, minutes=1440)
    for who, shown in (("abel", (1, 1)), ("maya", (0, 0))):
        card = await at(WaitlistToday, here.tokens[who], "/today")
        await card.load_waitlist()
        assert (len(card.offered), len(card.newest)) == shown
