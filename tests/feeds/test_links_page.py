"""The panel of calendar links: shown once, listed, revoked; everybody their own."""

from typing import Any

from services import feeds
from services.core import db
from services.core.access import SYSTEM, anonymous
from services.feeds import FeedKind, FeedSubject
from studio_app.state.feeds.links import OWN, CalendarLinks
from tests.screens.desk import at, play
from tests.world import World


async def panel(here: World, who: str, kind: str, subject_id: int) -> Any:
    state = await at(CalendarLinks, here.tokens[who])
    await play(state.open_panel(kind, subject_id))
    return state


def token_in(url: str) -> str:
    return url.rsplit("/", 1)[1].removesuffix(".ics")


async def test_a_link_is_made_shown_once_and_revoked(here: World) -> None:
    state = await panel(here, "abel", "ROOM", here.a)
    await state.begin()
    await play(state.create({"feed_label": "The wall"}))
    url = state.address.url
    assert db.run(feeds.render, anonymous(), token_in(url)).content.startswith(b"BEGIN:VCALENDAR")
    assert [row.label for row in state.rows] == ["The wall"]
    assert token_in(url) not in str(state.rows)
    await play(state.open_panel("ROOM", here.a))
    assert state.address.url == ""
    await play(state.ask_to_revoke(state.rows[0].id))
    assert state.asked_label == "The wall"
    await play(state.revoke())
    assert state.rows == []


async def test_an_engineer_finds_their_own_on_the_profile(here: World) -> None:
    state = await panel(here, "maya", OWN, 0)
    assert state.is_there
    await state.begin()
    await play(state.create({"feed_label": ""}))
    found = db.run(feeds.list_feeds, SYSTEM, FeedSubject(FeedKind.ENGINEER, here.maya))
    assert [feed.label for feed in found] == ["Calendar"]


async def test_who_has_no_sessions_of_their_own_has_no_panel(here: World) -> None:
    assert not (await panel(here, "abel", OWN, 0)).is_there


async def test_an_engineer_opens_no_room_and_no_client(here: World) -> None:
    for kind, subject_id in (("ROOM", here.a), ("CLIENT", here.nova), ("ENGINEER", here.rio)):
        state = await panel(here, "maya", kind, subject_id)
        assert not state.is_there
