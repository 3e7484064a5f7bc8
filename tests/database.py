"""Databases for tests: one embedded server per run, one migrated template, clones of it."""

import fcntl
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, TextClause, create_engine, make_url, text
from sqlmodel import Session

from services.core import db, embedded, migrations
from services.core.config import settings

_FOLDER = "STUDIO_TEST_FOLDER"
TEMPLATE = "migrated"


def make_folder() -> None:
    """Called once per run, before workers start: they inherit the environment."""
    os.environ[_FOLDER] = tempfile.mkdtemp(prefix="studio-tests-")


def remove_folder() -> None:
    pid_file = folder() / "postgres" / "postmaster.pid"
    if pid_file.exists():
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGQUIT)  # at once: nothing is worth keeping
    shutil.rmtree(folder(), ignore_errors=True)


def folder() -> Path:
    return Path(os.environ[_FOLDER])


@contextmanager
def run_lock(name: str) -> Iterator[None]:
    """One worker of the run at a time."""
    with (folder() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def next_number(of: str) -> int:
    """0, 1, 2, …: each once in the run, whichever worker asks."""
    with run_lock(of):
        note = folder() / f"{of}.count"
        number = int(note.read_text()) if note.exists() else 0
        note.write_text(str(number + 1))
    return number


def url_of(name: str) -> str:
    return make_url(_server()).set(database=name).render_as_string(hide_password=False)


@cache
def _server() -> str:
    """The run's server. It need not survive the machine, so it waits for no disk."""
    url = embedded.start(folder() / "postgres")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"alter system set {setting} = off"))
        connection.execute(text("select pg_reload_conf()"))
    engine.dispose()
    return url


def _admin(statement: str) -> None:
    engine = create_engine(url_of("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def exists(name: str) -> bool:
    engine = create_engine(url_of("postgres"))
    with engine.connect() as connection:
        found = connection.scalar(text("select exists (select from pg_database where datname = :name)"), {"name": name})
    engine.dispose()
    return bool(found)


def create(name: str) -> str:
    _admin(f'CREATE DATABASE "{name}"')
    return url_of(name)


def drop(name: str) -> None:
    _admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def rename(url: str, name: str) -> None:
    """Only what is whole gets the name others look for."""
    _admin(f'ALTER DATABASE "{make_url(url).database}" RENAME TO "{name}"')


def template() -> str:
    """The name of the migrated, otherwise empty database. Made by whoever asks first."""
    with run_lock("template"):
        if not exists(TEMPLATE):
            url = create("migrating")
            migrations.upgrade(url)
            rename(url, TEMPLATE)
    return TEMPLATE


def clone(of: str = "", prefix: str = "test") -> str:
    """The URL of a fresh copy of a database nobody is connected to; by default the template."""
    name = f"{prefix}_{uuid4().hex[:12]}"
    source = of or template()
    with run_lock("template"):
        _admin(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')
    return url_of(name)


@contextmanager
def engine_on(url: str, connections: int = 20) -> Iterator[Engine]:
    """An engine on a clone, which goes when the engine does."""
    engine = db.engine_on(url, connections)
    try:
        yield engine
    finally:
        engine.dispose()
        drop(make_url(url).database or "")


@contextmanager
def connected(url: str) -> Iterator[Session]:
    """One transaction on a database, which is let go of afterwards."""
    engine = create_engine(url)
    with Session(engine) as session, session.begin():
        yield session
    engine.dispose()


@contextmanager
def undone(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Behind `db.run` for one caller at a time: commits are savepoints of one transaction that is rolled back."""
    rewind = _rewind(engine)
    with engine.connect() as connection, connection.begin() as outer:
        connection.begin_nested()
        monkeypatch.setattr(db, "engine", lambda: connection)
        settings.cache_clear()
        yield
        outer.rollback()
    with engine.begin() as connection:
        connection.execute(rewind)
    settings.cache_clear()


@cache
def _rewind(engine: Engine) -> TextClause:
    """Numbers begin again where they began, as in a fresh clone: a rollback leaves sequences as they are."""
    with engine.connect() as connection:
        return text(connection.execute(text(_SEQUENCES)).scalar_one())


_SEQUENCES = """
select 'select ' || string_agg(
    format('setval(%L, %s, %L)', format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value),
    last_value is not null), ', ')
from pg_sequences
"""
