"""Fixtures for everyone. `session` rolls back; `database` is a fresh clone for threads."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from services import db
from services.config import settings
from tests import database as databases


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        databases.make_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        databases.remove_folder()


@pytest.fixture(scope="session")
def worker_engine() -> Iterator[Engine]:
    """This worker's clone. Nothing is ever committed to it."""
    with databases.engine_on(databases.clone(prefix="worker")) as engine:
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
def database(monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A clone of its own with real commits, behind `db.run` and `db.transaction`."""
    with databases.engine_on(databases.clone()) as engine:
        monkeypatch.setattr(db, "engine", lambda: engine)
        monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
        settings.cache_clear()
        yield engine
    settings.cache_clear()
