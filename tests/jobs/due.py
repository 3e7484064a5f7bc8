"""A studio with overdue bookings, workers on it, and what they have done."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from threading import Thread

from sqlalchemy import text

from models.bookings import AuthorizationType
from models.catalog import ServiceMode
from services import bookings, jobs
from services.bookings import NewAuthorization, NewBooking
from services.clients import NewClient
from services.core import clock, db
from services.core.access import anonymous
from services.core.config import settings
from tests.world import World

_ROOT = Path(__file__).resolve().parent.parent.parent
_TICKED = NewAuthorization(AuthorizationType.CHECKBOX_ACKNOWLEDGMENT, "Vera Lin", accepted=True)
_PATIENCE = 60


def overdue(here: World, count: int) -> list[str]:
    """Public bookings, one a day, whose deposit did not come."""
    vera = NewClient("Vera Lin", "vera@example.com", "+12125550188")
    order = NewBooking(
        ServiceMode.IN_PERSON, "PODCAST", here.at(12), client=vera, room_ids=(here.b,), authorization=_TICKED
    )
    made = []
    for day in range(count):
        on = NewBooking(**{**_fields(order), "start": here.at(12, days=day)})
        made.append(db.run(bookings.create_public, anonymous(), on, now=clock.now() - timedelta(days=20)).number)
    return made


def _fields(order: NewBooking) -> dict[str, object]:
    return {name: getattr(order, name) for name in order.__dataclass_fields__}


def released() -> dict[str, int]:
    """How often each booking was released, by the audit."""
    query = text(
        "select b.number, count(*) from audit_log a join booking b on b.id = a.entity_id"
        " where a.entity = 'booking' and a.action = 'booking_expired' group by b.number"
    )
    with db.transaction() as session:
        return {row.number: row.count for row in session.execute(query)}


def told() -> int:
    query = text("select count(*) from delivery where subject like 'Your booking has been released%'")
    with db.transaction() as session:
        return int(session.execute(query).scalar_one())


def one(query: str) -> object:
    with db.transaction() as session:
        return session.execute(text(query)).scalar()


def execute(statement: str) -> None:
    with db.transaction() as session:
        session.execute(text("set local search_path to public, jobs"))  # as the queue's triggers want it
        session.execute(text(statement))


async def until(holds: Callable[[], object]) -> None:
    """Asks again until it holds, as long as a slow machine may need."""
    async with asyncio.timeout(_PATIENCE):
        while not await asyncio.to_thread(holds):
            await asyncio.sleep(0.02)


@contextmanager
def process() -> Iterator[subprocess.Popen[bytes]]:
    """A worker as production starts it."""
    environment = {**os.environ, "DATABASE_URL": settings().database_url}
    worker = subprocess.Popen([sys.executable, "-m", "studio_app.cli", "worker"], cwd=_ROOT, env=environment)
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


@contextmanager
def thread() -> Iterator[None]:
    """A worker on a loop of its own, as a web worker has it."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(jobs.work())

    def serve() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.close()

    runner = Thread(target=serve)
    runner.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(task.cancel)
        runner.join(_PATIENCE)
