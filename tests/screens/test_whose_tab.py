"""Two people, one tab: the second is sent nothing of the first, whatever they send."""

import asyncio
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from reflex.istate.manager import StateManager
from reflex.istate.manager.redis import StateManagerRedis
from reflex.state import OnLoadInternalState, State

from services import clients, identity
from services.core import db
from services.core.access import SYSTEM, Role
from services.identity import UserChange
from studio_app.live import live_hub
from studio_app.state.base import AppState
from studio_app.state.clients.client import ClientState
from studio_app.state.clients.listing import ClientsState
from studio_app.state.identity.login import LoginState
from tests import cast, world
from tests.screens import tab
from tests.screens.tab import Tab
from tests.world import World

CLIENT = "Nova Reyes"

ARRIVALS: dict[str, Any] = {
    "by hydrating": State.event_handlers["hydrate"],
    "by hydrating and loading": State.event_handlers["hydrate_and_load"],
    "by loading a page": OnLoadInternalState.event_handlers["on_load_internal"],
    "by a handler for everyone": LoginState.event_handlers["load"],
    "by a handler for staff": AppState.event_handlers["enter"],
    "by the handler that filled it": ClientsState.event_handlers["load"],
    "by a handler of another page": ClientState.event_handlers["load"],
    "by one that watches": AppState.event_handlers["watch_person"],
}


@pytest.fixture(scope="module")
def here() -> Iterator[World]:
    """With real commits: what watches reads beside what is asked."""
    with pytest.MonkeyPatch.context() as patch, world.standing(patch) as studio:
        yield studio


@pytest.fixture(scope="module")
def redis_socket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("redis")
    path, program = folder / "socket", shutil.which("redis-server")
    assert program, "see tests/system.py"
    options = ("--port", "0", "--save", "", "--dir", str(folder), "--unixsocket", str(path))
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    with Redis(unix_socket_path=str(path)) as asked:
        asked.ping()
    yield path
    process.terminate()
    process.wait()


@asynccontextmanager
async def at_the_clients(here: World, who: str, manager: StateManager | None = None) -> AsyncIterator[Tab]:
    """A tab in which somebody looks at the clients, signed in for this test."""
    async with tab.opened(manager) as opened:
        opened.path = "/clients"
        opened.signed_in_with(db.run(cast.sign_in, here.team[who]).token)
        await opened.hydrate()
        await opened.send(ClientsState.event_handlers["load"])
        assert opened.frames.say(CLIENT)
        yield opened


async def said_to(desk: Tab, arrival: str) -> list[str]:
    """What whoever comes now is sent, and what they find by hydrating afterwards."""
    del desk.frames.sent[:]
    await desk.send(ARRIVALS[arrival])
    await desk.hydrate()
    return desk.frames.sent


def tells_of_before(said: list[str]) -> bool:
    assert said
    return any(CLIENT in frame or "dana" in frame.lower() for frame in said)


@pytest.mark.parametrize("arrival", ARRIVALS)
@pytest.mark.parametrize("next_person", ["maya", "nobody"])
async def test_the_next_person_finds_nothing(here: World, arrival: str, next_person: str) -> None:
    async with at_the_clients(here, "dana") as desk:
        desk.signed_in_with(here.tokens.get(next_person, ""))
        assert not tells_of_before(await said_to(desk, arrival))


@pytest.mark.parametrize("arrival", ARRIVALS)
async def test_the_same_websocket_finds_nothing_after_signing_out(here: World, arrival: str) -> None:
    async with at_the_clients(here, "dana") as desk:
        db.run(sign_out, desk.session_token)
        assert not tells_of_before(await said_to(desk, arrival))


@pytest.mark.parametrize("arrival", ["by hydrating", "by a handler for everyone", "by a handler for staff"])
async def test_a_tree_kept_in_redis_is_emptied_to_its_last_branch(
    here: World, redis_socket: Path, arrival: str
) -> None:
    redis = AsyncRedis(unix_socket_path=str(redis_socket))
    await redis.flushall()
    manager = StateManagerRedis(redis=redis)
    async with at_the_clients(here, "dana", manager) as desk:
        assert any(CLIENT in frame for frame in await desk.hydrate())
        desk.signed_in_with(here.tokens["maya"])
        assert not tells_of_before(await said_to(desk, arrival))
    await manager.close()


async def test_nothing_is_kept_for_somebody_deactivated(here: World) -> None:
    async with at_the_clients(here, "femi") as desk:
        db.run(identity.set_user_active, SYSTEM, here.team["femi"].user_id, False)
        assert not tells_of_before(await said_to(desk, "by hydrating"))


async def test_nothing_is_kept_beyond_the_rights_of_before(here: World) -> None:
    abel = here.team["abel"]
    change = UserChange(name=abel.name, email=abel.email, roles=frozenset({Role.INTERN}))
    async with at_the_clients(here, "abel") as desk:
        db.run(identity.update_user, SYSTEM, abel.user_id, change)
        assert not tells_of_before(await said_to(desk, "by hydrating"))


@pytest.mark.parametrize(("first", "then"), [("a", "b"), ("a", ""), ("", "b")])
async def test_clients_who_came_by_their_links_share_no_tab_either(here: World, first: str, then: str) -> None:
    async with tab.opened() as desk:
        desk.path, desk.client_token = "/login?refused=wrong_sign_in", first
        await desk.send(LoginState.event_handlers["load"])
        assert any("do not belong together" in frame for frame in await desk.hydrate())
        desk.client_token = then
        assert not any("do not belong together" in frame for frame in await desk.hydrate())


async def test_what_was_meant_for_a_page_that_is_gone_does_nothing(here: World) -> None:
    """An open dialog's record is forgotten with the page: saving would make a new one of it."""
    async with at_the_clients(here, "ivo") as desk:
        await desk.send(State.event_handlers["set_is_hydrated"], value=True)
        await desk.send(ClientsState.event_handlers["add"])
        desk.signed_in_with(here.tokens["dana"])
        await desk.send(ClientsState.event_handlers["create"], sent={"name": "Ghost", "source": "STAFF"})
        assert desk.frames.say("location.reload")
        assert db.run(clients.all_clients, SYSTEM, "Ghost") == ()


async def test_the_same_person_finds_what_was_there(here: World) -> None:
    async with at_the_clients(here, "dana") as desk:
        assert any(CLIENT in frame for frame in await desk.hydrate())


def sign_out(session: Any, token: str) -> None:
    identity.sign_out(session, identity.actor_for(session, token, "", ""))


@pytest.mark.parametrize("end", ["signed out", "ended elsewhere", "deactivated", "another role"])
async def test_open_pages_are_left_at_once(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with world.standing(monkeypatch) as here:
        hub = asyncio.create_task(live_hub.run())
        async with tab.opened() as desk:
            desk.signed_in_with(here.tokens["abel"])
            await desk.send(AppState.event_handlers["watch_person"])
            await until(lambda: bool(live_hub._subscriptions))
            abel = db.run(identity.actor_for, here.tokens["abel"], "", "")
            ways: dict[str, tuple[Any, ...]] = {
                "signed out": (identity.sign_out, abel),
                "ended elsewhere": (identity.end_session, abel, abel.session_id),
                "deactivated": (identity.set_user_active, SYSTEM, abel.user_id, False),
                "another role": (
                    identity.update_user, SYSTEM, abel.user_id,
                    UserChange(name=abel.name, email=abel.email, roles=frozenset({Role.INTERN})),
                ),
            }  # fmt: skip
            db.run(*ways[end])
            await until(lambda: desk.frames.say("location.reload"))
        hub.cancel()


async def until(happens: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not happens():
            await asyncio.sleep(0.02)
