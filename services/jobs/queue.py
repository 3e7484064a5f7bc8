"""The queue: which tasks there are, and a connection to it for each process that works on it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import procrastinate
import structlog
from procrastinate import App, Blueprint
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

from services import db, idempotency
from services.jobs.sweeps import SWEEPS, Sweep, run

EVERY_MINUTE = "* * * * *"
DAILY = "20 4 * * *"
NAMESPACE = "studio"
_SCHEMA = "jobs"

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
    """One task a sweep. Never twice at the same time, and never twice in the queue."""
    tasks = Blueprint()
    for sweep in SWEEPS:
        task = tasks.task(name=sweep.name, lock=sweep.name, queueing_lock=sweep.name)(_sweeping(sweep))
        tasks.periodic(cron=EVERY_MINUTE)(task)
    tasks.periodic(cron=EVERY_MINUTE)(tasks.task(name="rescue", pass_context=True)(_rescue))
    tasks.periodic(cron=DAILY)(tasks.task(name="tidy", pass_context=True)(_tidy))
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
    await asyncio.to_thread(db.run, idempotency.forget)
    await context.app.job_manager.delete_old_jobs(nb_hours=14 * 24, include_failed=True)


async def rescue(app: App) -> None:
    """Jobs of workers that died are put back into the queue; a lock they held would stop all that follow."""
    for job in await app.job_manager.get_stalled_jobs():
        _log.warning("job_rescued", job=job.task_name, id=job.id)
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await _drop(app, job)


async def _drop(app: App, job: Job) -> None:
    """The same job waits in the queue already and will find what this one left."""
    assert job.id is not None
    await app.job_manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=True)
