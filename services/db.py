"""The engine and the only commit. One event, one transaction."""

import random
import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import Engine, Table, create_engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlmodel import Session, SQLModel

from services.config import settings
from services.embedded import database_url

_RETRIED = {"40P01", "40001"}  # deadlock, serialization failure: try again; nothing was stored
_ATTEMPTS = 5

P = ParamSpec("P")
T = TypeVar("T")


@cache
def engine() -> Engine:
    """Made on first use, so that a forked web worker never inherits a pooled connection."""
    return engine_on(database_url(), settings().db_pool_size)


def engine_on(url: str, connections: int) -> Engine:
    """Without just-in-time compilation: for our short statements it costs seconds and saves nothing."""
    made = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=30,
        connect_args={"options": "-c jit=off", "keepalives_idle": 30},
    )
    event.listen(made, "checkout", _check_silent)
    return made


def _check_silent(connection: Any, *_: Any) -> None:
    """An idle connection has nothing to say but that it is lost, which costs no question as a ping would."""
    ready = select.poll()
    ready.register(connection.fileno(), select.POLLIN)
    if ready.poll(0):
        raise DisconnectionError


def sqlstate(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def table(model: type[SQLModel]) -> Table:
    """The table itself, for statements that need no objects."""
    return cast(Table, model.__table__)  # type: ignore[attr-defined]


@contextmanager
def transaction() -> Iterator[Session]:
    with Session(engine(), expire_on_commit=False) as session, session.begin():
        yield session


def run(command: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """`command(session, …)` in a transaction of its own, tried again after a deadlock."""
    for attempt in range(_ATTEMPTS - 1):
        try:
            with transaction() as session:
                return command(session, *args, **kwargs)
        except DBAPIError as error:
            if sqlstate(error) not in _RETRIED:
                raise
            time.sleep(random.uniform(0, 0.02 * 2**attempt))
    with transaction() as session:
        return command(session, *args, **kwargs)
