"""Who is told when something changes: said at commit, heard by every process that listens."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import psycopg
import structlog
from sqlalchemy import text
from sqlmodel import Session

from services.core import db

_CHANNEL = "studio_changes"
_SAY = text("select pg_notify(:channel, :payload)")
_LONGEST_PAUSE = 5.0
_LISTEN_ANEW = 30.0
"""Seconds of silence after which the connection is tried: one that has died quietly is found out."""

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Change:
    """`topic` is the entity as the audit names it: booking, lockout, room, …"""

    topic: str
    entity_id: int | None


MISSED = Change("*", None)
"""The connection was lost for a while: anything may have changed."""


def announce(session: Session, topic: str, entity_id: int | None) -> None:
    """For what is no event of the audit, which announces by itself."""
    session.connection().execute(_SAY, notice(topic, entity_id))


def notice(topic: str, entity_id: int | None) -> dict[str, str]:
    """What `pg_notify` takes: heard when the transaction is committed, never when it is rolled back."""
    return {"channel": _CHANNEL, "payload": f"{topic}:{entity_id or ''}"}


async def listen() -> AsyncIterator[Change]:
    """Every change from now on, without end. It connects again by itself, and then says MISSED first."""
    pause, is_first = 0.1, True
    while True:
        try:
            async with await _connect() as connection:
                await connection.execute(f"listen {_CHANNEL}")
                if not is_first:
                    yield MISSED
                pause, is_first = 0.1, False
                while True:
                    async for notice in connection.notifies(timeout=_LISTEN_ANEW):
                        yield _change(notice.payload)
                    await connection.execute("select")
        except Exception as error:  # whatever it is: who stops listening shows old things for good
            _log.warning("listening_lost", error=str(error) or type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


async def _connect() -> psycopg.AsyncConnection[tuple[object, ...]]:
    engine = await asyncio.to_thread(db.engine)  # it may have to start the embedded server
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return await psycopg.AsyncConnection.connect(url, autocommit=True)


def _change(payload: str) -> Change:
    topic, _, entity_id = payload.partition(":")
    return Change(topic, int(entity_id) if entity_id else None)
