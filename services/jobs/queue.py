"""The queue: which tasks there are, and a connection to it for each process that works on it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import cast

import procrastinate
import structlog
from procrastinate import App, Blueprint
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

from services import bookings, online
from services.core import db, idempotency
from services.jobs.sweeps import SWEEPS, Sweep, run

EVERY_MINUTE = "* * * * *"
DAILY = "20 4 * * *"
NAMESPACE = "studio"
_SCHEMA = "jobs"
_ONE_RESCUER = 0x72657363
"""The number of the lock; any would do that nobody else takes."""
_AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
"""The queue compares with the database's clock, which may be behind ours."""

_log = structlog.get_logger()


@asynccontextmanager
async def opened(connections: int = 4) -> AsyncIterator[App]:
    """This process's own connection to the queue."""
    engine = await asyncio.to_thread(db.engine)  # it may have to start the embedded server
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    options = f"-c search_path={_SCHEMA} -c jit=off"
    connector = procrastinate.PsycopgConnector(
        conninfo=url, min_size=1, max_size=connections, kwargs={"options": options}
    )
    app = App(connector=connector)
    app.add_tasks_from(_tasks(), namespace=NAMESPACE)
    async with app.open_async():
        yield app


def task_name(sweep: Sweep) -> str:
    return f"{NAMESPACE}:{sweep.name}"


def _tasks() -> Blueprint:
    """One task a sweep. Never twice at the same time, and never twice in the queue.

    The library makes up each minute that a sleeping worker missed: what waits already is enough.
    """
    tasks = Blueprint()
    for sweep in SWEEPS:
        task = tasks.task(name=sweep.name, lock=sweep.name, queueing_lock=sweep.name)(_sweeping(sweep))
        tasks.periodic(cron=EVERY_MINUTE)(task)
    # Without `lock`: one that dies under way would keep all others from finding it.
    tasks.periodic(cron=EVERY_MINUTE)(tasks.task(name="rescue", queueing_lock="rescue", pass_context=True)(_rescue))
    tasks.periodic(cron=DAILY)(tasks.task(name="tidy", lock="tidy", queueing_lock="tidy", pass_context=True)(_tidy))
    return tasks


def _sweeping(sweep: Sweep) -> Callable[..., None]:
    def sweeping(**_: int) -> None:
        """The library says for which minute; a sweep looks at the clock."""
        run(sweep)

    return sweeping


async def _rescue(context: procrastinate.JobContext, **_: int) -> None:
    await rescue(context.app)


async def _tidy(context: procrastinate.JobContext, **_: int) -> None:
    """Jobs that succeeded are gone at once; those that failed can be looked at for two weeks."""
    for forget in (idempotency.forget, online.forget_uses, bookings.forget_abandoned, bookings.tidy_files):
        await asyncio.to_thread(db.run_long, forget)
    await context.app.job_manager.delete_old_jobs(nb_hours=14 * 24, include_failed=True)


async def rescue(app: App) -> None:
    """Jobs of workers that died are put back into the queue; a lock they held would stop all that follow.

    One rescuer at a time: a job put back twice would be taken from whoever has begun it meanwhile.
    """
    async with _alone(app) as is_alone:
        if not is_alone:
            return
        for job in await app.job_manager.get_stalled_jobs():
            _log.warning("job_rescued", job=job.task_name, id=job.id)
            try:
                await app.job_manager.retry_job(job, retry_at=_AT_ONCE)
            except UniqueViolation:
                await _drop(app, job)


@asynccontextmanager
async def _alone(app: App) -> AsyncIterator[bool]:
    """Whether nobody else was there first."""
    pool = cast(procrastinate.PsycopgConnector, app.connector).pool
    async with pool.connection() as connection, connection.transaction():
        found = await connection.execute("select pg_try_advisory_xact_lock(%s)", [_ONE_RESCUER])
        yield await found.fetchone() == (True,)


async def _drop(app: App, job: Job) -> None:
    """The same job waits in the queue already and will find what this one left."""
    assert job.id is not None
    await app.job_manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=True)
