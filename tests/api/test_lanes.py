"""One slow caller never stops the others: visitors, staff and long work wait each in a lane of their own."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from threading import Event
from typing import Any

import anyio.to_thread
import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from services import identity
from services.core import db
from services.core.config import settings
from services.core.errors import TookTooLong
from studio_app import caller, lanes
from studio_app.api.identity import endpoints as auth
from studio_app.caller import SESSION_COOKIE, Caller
from studio_app.lanes import Lane
from studio_app.recognised import Recognised
from tests.api.fixtures import HOME
from tests.cast import PASSWORD
from tests.world import World

pytestmark = pytest.mark.fire

VISITOR = Caller(None, "192.0.2.1", "test")
STAFF = Caller("somebody's token", "192.0.2.2", "test")
LONG = Caller("somebody's token", "192.0.2.2", "test", is_long=True)
STRANGER = Caller("made up", "192.0.2.3", "test")
MANY = 12


@pytest.fixture(autouse=True)
def recognises(monkeypatch: pytest.MonkeyPatch) -> Recognised:
    """A worker that has seen one person so far."""
    fresh = Recognised(most=2, seconds=3600)
    fresh.note("somebody's token", True)
    for module in (lanes, caller, auth):
        monkeypatch.setattr(module, "recognised", fresh)
    return fresh


def client_of(app: FastAPI, token: str = "") -> httpx.AsyncClient:
    cookies = {SESSION_COOKIE: token} if token else {}
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HOME, cookies=cookies, timeout=60)


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Nobody reads the table meanwhile."""
    with db.engine().connect() as connection:
        connection.execute(text(f"lock table {name} in access exclusive mode"))
        yield


@asynccontextmanager
async def waiting(calls: list[Any]) -> AsyncIterator[list[asyncio.Task[Any]]]:
    tasks = [asyncio.ensure_future(call) for call in calls]
    await asyncio.sleep(0)
    yield tasks
    await asyncio.gather(*tasks)


async def test_a_visitor_sees_free_time_while_exports_and_staff_are_stuck(busy: World, app: FastAPI) -> None:
    anyio.to_thread.current_default_thread_limiter().total_tokens = sum(lane.threads for lane in Lane) + 4
    staff, visitor = client_of(app, busy.tokens["dana"]), client_of(app)
    with locked("client"):
        stuck = [asyncio.ensure_future(staff.get("/api/export/clients.csv")) for _ in range(MANY)]
        stuck += [asyncio.ensure_future(staff.get("/api/bookings")) for _ in range(MANY)]
        query = {"date": busy.day.isoformat(), "minutes": "60"}
        answers = [await visitor.get("/api/availability", params=query) for _ in range(5)]
        assert [one.status_code for one in answers] == [200] * 5
        assert not any(one.done() for one in stuck)
    assert {one.status_code for one in await asyncio.gather(*stuck)} == {200}


async def test_staff_go_on_while_exports_are_stuck(busy: World, app: FastAPI) -> None:
    staff = client_of(app, busy.tokens["dana"])
    with locked("client"):
        stuck = [asyncio.ensure_future(staff.get("/api/export/clients.csv")) for _ in range(MANY)]
        assert (await staff.get("/api/auth/me")).status_code == 200
        assert not any(one.done() for one in stuck)
    assert {one.status_code for one in await asyncio.gather(*stuck)} == {200}


@pytest.mark.parametrize(("blocked", "free"), [(STAFF, VISITOR), (LONG, VISITOR), (LONG, STAFF), (VISITOR, STAFF)])
async def test_a_full_lane_is_nobody_elses(blocked: Caller, free: Caller) -> None:
    go = Event()
    async with waiting([lanes.in_turn(blocked, go.wait) for _ in range(MANY)]) as stuck:
        assert await lanes.in_turn(free, lambda: "served") == "served"
        assert not any(one.done() for one in stuck)
        go.set()


async def test_whose_turn_does_not_come_in_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    go = Event()
    async with waiting([lanes.in_turn(LONG, go.wait)]):
        monkeypatch.setattr(settings(), "call_seconds", 0)
        with pytest.raises(TookTooLong):
            await lanes.in_turn(LONG, lambda: "served")
        go.set()


async def test_who_leaves_keeps_the_place_until_the_work_is_done() -> None:
    """Otherwise a page that asks anew with every key would fill the machine."""
    go, second = Event(), Event()
    left = asyncio.ensure_future(lanes.in_turn(LONG, go.wait))
    await asyncio.sleep(0.01)
    left.cancel()
    with pytest.raises(asyncio.CancelledError):
        await left
    next_one = asyncio.ensure_future(lanes.in_turn(LONG, second.set))
    assert await lanes.in_turn(STAFF, lambda: "served") == "served"
    assert not second.is_set()
    go.set()
    await next_one


async def test_what_takes_too_long_is_answered_so(busy: World, app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "long_call_seconds", 1)
    staff = client_of(app, busy.tokens["dana"])
    with locked("client"):
        answer = await staff.get("/api/export/clients.csv")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "took_too_long")
    assert (await staff.get("/api/export/clients.csv")).status_code == 200


async def test_who_sends_a_sign_in_slowly_holds_no_place(busy: World, app: FastAPI) -> None:
    arrived = asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield b'{"email": '
        await arrived.wait()
        yield b'"nobody@example.com", "password": "x"}'

    visitor = client_of(app)
    slow = [asyncio.ensure_future(visitor.post("/api/auth/login", content=slowly())) for _ in range(MANY)]
    await asyncio.sleep(0)
    assert (await visitor.get("/api/catalog/rooms")).status_code == 200
    assert not any(one.done() for one in slow)
    arrived.set()
    assert {one.status_code for one in await asyncio.gather(*slow)} <= {401, 423}


@pytest.mark.parametrize("is_long", [False, True])
async def test_a_made_up_cookie_waits_among_visitors(busy: World, is_long: bool) -> None:
    assert await lanes.lane_of(replace(STRANGER, is_long=is_long)) is Lane.VISITORS
    assert await lanes.lane_of(replace(VISITOR, is_long=is_long)) is Lane.VISITORS


async def test_strangers_with_cookies_of_their_own_making_keep_nobody_of_staff_waiting(busy: World) -> None:
    go = Event()
    async with waiting([lanes.in_turn(replace(STRANGER, token=f"made up {n}"), go.wait) for n in range(MANY)]) as stuck:
        assert await lanes.in_turn(STAFF, lambda: "served") == "served"
        assert await lanes.in_turn(LONG, lambda: "served") == "served"
        assert not any(one.done() for one in stuck)
        go.set()


async def test_staff_are_recognised_by_their_first_call_and_by_signing_in(busy: World, app: FastAPI) -> None:
    dana = replace(STAFF, token=busy.tokens["dana"])
    assert await lanes.lane_of(replace(dana, is_long=True)) is Lane.LONG
    async with client_of(app) as browser:
        await browser.post("/api/auth/login", json={"email": busy.team["dana"].email, "password": PASSWORD})
        token = browser.cookies[SESSION_COOKIE]
    with locked("user_session"):
        assert await lanes.lane_of(replace(dana, token=token)) is Lane.STAFF


async def test_who_signed_out_is_a_visitor_from_the_next_call(busy: World) -> None:
    dana = replace(STAFF, token=busy.tokens["dana"])
    await lanes.in_turn(dana, dana.run, identity.sign_out)
    await lanes.in_turn(dana, dana.actor)
    assert await lanes.lane_of(dana) is Lane.VISITORS


def test_what_is_recognised_is_bounded_and_forgotten_in_time() -> None:
    two = Recognised(most=2, seconds=3600)
    for token in ("a", "b", "a", "c"):
        two.note(token, True)
    assert [token in two for token in "abc"] == [True, False, True]
    gone = Recognised(most=2, seconds=0)
    gone.note("a", True)
    assert "a" not in gone
