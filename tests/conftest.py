"""Fixtures for everyone. `session` and `undone` roll back; `database` is a fresh clone for threads."""

import shutil
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as effort
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine
from sqlmodel import Session

from services import db
from services.config import settings
from studio_app.lifespan import configure_logs
from tests import database as databases
from tests import studio, world

effort.register_profile(
    "long", max_examples=1000, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)
"""`--hypothesis-profile=long`: hours of random commands instead of seconds."""


def pytest_configure(config: pytest.Config) -> None:
    configure_logs()  # as in production: the default would draw a minute's worth of frames and locals
    if not hasattr(config, "workerinput"):
        databases.make_folder()


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


@pytest.fixture(scope="session")
def studio_url() -> str:
    """A built and running studio with demo data."""
    return studio.running()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Per module: Playwright's event loop would be in the way of async tests elsewhere."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, studio_url: str) -> Iterator[Page]:
    """A page of a visitor; `studio.sign_in(page, email)` makes it somebody's."""
    context = browser.new_context(base_url=studio_url, viewport={"width": 1440, "height": 900}, locale="en-US")
    yield context.new_page()
    context.close()
