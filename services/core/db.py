"""The engine and the only commit. One event, one transaction."""

import math
import random
import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlmodel import Session, SQLModel

from services.core.config import settings
from services.core.embedded import database_url
from services.core.errors import TookTooLong

_RETRIED = {"40P01", "40001"}  # deadlock, serialization failure: try again; nothing was stored
_ATTEMPTS = 5
_CANCELLED = "57014"
_MOST = text("select set_config('statement_timeout', :most, true)")
_UNTIL = "until"
_STORED, _BROKEN_OFF = "once stored", "unless stored"
_TOO_LONG = "That took too long and was broken off. Nothing was changed; ask for less, or try again."

_LAST_STEPS: list[Callable[[Session], None]] = []

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
        connect_args={
            "options": f"-c jit=off -c statement_timeout={settings().call_seconds * 1000}",
            "keepalives_idle": 30,
        },
    )
    event.listen(made, "checkout", _check_silent)
    event.listen(made, "before_cursor_execute", _check_time)
    return made


def _check_silent(connection: Any, *_: Any) -> None:
    """An idle connection has nothing to say but that it is lost, which costs no question as a ping would."""
    ready = select.poll()
    ready.register(connection.fileno(), select.POLLIN)
    if ready.poll(0):
        raise DisconnectionError


def _check_time(connection: Connection, *_: Any) -> None:
    """A statement has its own limit; many short ones meet that of their transaction here."""
    if time.monotonic() > connection.info.get(_UNTIL, math.inf):
        raise TookTooLong(_TOO_LONG)


def sqlstate(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def ends_all(error: Exception) -> bool:
    """Whether it is not of one step alone: the whole transaction is tried again, is out of time, or is lost."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or sqlstate(error) in {*_RETRIED, _CANCELLED}
    return isinstance(error, TookTooLong)


def table(model: type[SQLModel]) -> Table:
    """The table itself, for statements that need no objects."""
    return cast(Table, model.__table__)  # type: ignore[attr-defined]


def before_commit(step: Callable[[Session], None]) -> Callable[[Session], None]:
    """Marks what every transaction does last, in order of the areas: it belongs to the same event."""
    _LAST_STEPS.append(step)
    return step


def once_stored(session: Session, step: Callable[[], None]) -> None:
    """What the database cannot take back, such as removing a file: done when the transaction is stored, or never."""
    session.info.setdefault(_STORED, []).append(step)


def unless_stored(session: Session, step: Callable[[], None]) -> None:
    """Takes away what was made beside the database, where the transaction is broken off.

    Not where its commit itself fails: nobody knows then whether it was stored.
    """
    session.info.setdefault(_BROKEN_OFF, []).append(step)


@event.listens_for(Session, "before_commit")
def _committing(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_BROKEN_OFF, None)


@event.listens_for(Session, "after_commit")
def _stored(session: Session) -> None:
    if not session.in_nested_transaction():
        for step in session.info.pop(_STORED, ()):
            step()


@event.listens_for(Session, "after_rollback")
def _broken_off(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_STORED, None)
        for step in session.info.pop(_BROKEN_OFF, ()):
            step()


@contextmanager
def transaction(seconds: int | None = None) -> Iterator[Session]:
    """TookTooLong after so many seconds, by default what a call may take; nothing is stored then."""
    with Session(engine(), expire_on_commit=False) as session, session.begin(), _timed(session, seconds):
        try:
            yield session
            for step in _LAST_STEPS:
                step(session)
        except DBAPIError as error:
            if sqlstate(error) == _CANCELLED:
                raise TookTooLong(_TOO_LONG) from error
            raise


@contextmanager
def _timed(session: Session, seconds: int | None) -> Iterator[None]:
    """Whichever connection the transaction gets, and whenever: it has until then."""
    until = time.monotonic() + (seconds or settings().call_seconds)
    used: list[Connection] = []

    def begun(_: Session, __: object, connection: Connection) -> None:
        connection.info[_UNTIL] = until
        used.append(connection)
        if seconds is not None:
            connection.execute(_MOST, {"most": str(seconds * 1000)})

    event.listen(session, "after_begin", begun)
    try:
        yield
    finally:
        for connection in used:
            if not connection.closed:
                connection.info.pop(_UNTIL, None)


@contextmanager
def apart(session: Session) -> Iterator[Session]:
    """A transaction of its own beside the session's: what it stores outlives a refusal that follows."""
    with Session(session.get_bind()) as own, own.begin():
        yield own


def run(command: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """`command(session, …)` in a transaction of its own, tried again after a deadlock."""
    return _run(lambda session: command(session, *args, **kwargs), None)


def run_long(command: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """As `run`, with the time of what is known to be much: exports, series, jobs."""
    return _run(lambda session: command(session, *args, **kwargs), settings().long_call_seconds)


def _run(command: Callable[[Session], T], seconds: int | None) -> T:
    for attempt in range(_ATTEMPTS - 1):
        try:
            with transaction(seconds) as session:
                return command(session)
        except DBAPIError as error:
            if sqlstate(error) not in _RETRIED:
                raise
            time.sleep(random.uniform(0, 0.02 * 2**attempt))
    with transaction(seconds) as session:
        return command(session)
