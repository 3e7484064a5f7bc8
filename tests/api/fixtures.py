from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from studio_app.api.app import make_api
from studio_app.api.watch import Watch
from studio_app.caller import SESSION_COOKIE
from tests import world
from tests.world import World

HOME = "http://localhost:3000"


def client_of(app: FastAPI, here: World, name: str = "") -> TestClient:
    cookies = {SESSION_COOKIE: here.tokens[name]} if name else {}
    return TestClient(Watch(app), base_url=HOME, raise_server_exceptions=False, cookies=cookies)


@pytest.fixture
def api(undone: None) -> Iterator[TestClient]:
    """The whole API on an empty database, as a browser on our own pages sees it."""
    with TestClient(Watch(make_api()), base_url=HOME, raise_server_exceptions=False) as client:
        client.headers["Origin"] = HOME
        yield client


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of its own for files."""
    monkeypatch.setenv("STUDIO_DATA", str(tmp_path))


@pytest.fixture
def here(world_engine: Engine, unhurried: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The small studio, for one request or handler after the other; rolled back."""
    with world.visited(world_engine, monkeypatch) as visited:
        yield visited


@pytest.fixture
def busy(unhurried: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The small studio with real commits, for requests at the same time."""
    with world.standing(monkeypatch) as standing:
        yield standing


@pytest.fixture(scope="session")
def app() -> FastAPI:
    return make_api()


@pytest.fixture
def as_person(here: World, app: FastAPI) -> Callable[[str], TestClient]:
    """`as_person("abel")`: a program that is signed in; without a name, a visitor."""
    return lambda name="": client_of(app, here, name)


@pytest.fixture
def visitor(as_person: Callable[..., TestClient]) -> TestClient:
    return as_person()


@pytest.fixture
def admin(as_person: Callable[..., TestClient]) -> TestClient:
    return as_person("ivo")


@pytest.fixture
def agent(as_person: Callable[..., TestClient]) -> TestClient:
    return as_person("abel")


@pytest.fixture
def engineer(as_person: Callable[..., TestClient]) -> TestClient:
    return as_person("maya")
