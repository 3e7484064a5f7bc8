"""Fixtures for everyone. `session` and `undone` roll back; `database` is a fresh clone for threads."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from services.core import db
from services.core.config import settings
from studio_app.lifespan import configure_logs
from tests import database as databases
from tests import effort, studio, world

pytest_plugins = ["tests.scheduling.fixtures", "tests.api.fixtures", "tests.screens.fixtures", "tests.browser.fixtures"]


def pytest_configure(config: pytest.Config) -> None:
    effort.register()
    configure_logs()  # as in production: the default would draw a minute's worth of frames and locals
    if not hasattr(config, "workerinput"):
        databases.make_folder()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those in the browser come last: until then the studio is made beside the others."""
    items.sort(key=_needs_the_studio)


def pytest_collection_finish(session: pytest.Session) -> None:
    if any(_needs_the_studio(item) for item in session.items) and not session.config.option.collectonly:
        studio.begin()


def _needs_the_studio(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        studio.stop()
        databases.remove_folder()


@pytest.fixture(scope="session")
def worker_engine() -> Iterator[Engine]:
    """This worker's clone. Nothing is ever committed to it."""
    with databases.engine_on(databases.clone(prefix="worker")) as engine:
        yield engine


@pytest.fixture(scope="session")
def world_engine() -> Iterator[Engine]:
    """This worker's clone of the small studio. Nothing is ever committed to it."""
    with databases.engine_on(databases.clone(world.template(), prefix="worker")) as engine:
        yield engine


@pytest.fixture
def session(worker_engine: Engine) -> Iterator[Session]:
    """A session whose work is rolled back at the end; savepoints inside it work as commits."""
    with worker_engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield session
        outer.rollback()


@pytest.fixture
def undone(worker_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The empty database behind `db.run` and `db.transaction` for one caller at a time; rolled back."""
    with databases.undone(worker_engine, monkeypatch):
        yield


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A clone of its own with real commits, behind `db.run` and `db.transaction`."""
    with databases.engine_on(databases.clone()) as engine:
        monkeypatch.setattr(db, "engine", lambda: engine)
        monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
        settings.cache_clear()
        yield engine
    settings.cache_clear()
