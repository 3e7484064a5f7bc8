"""Workers on one queue: each thing is done once, whoever does it and whoever dies."""

import asyncio
import signal
from collections.abc import Iterator

import pytest
from procrastinate import App
from procrastinate.periodic import PeriodicDeferrer
from sqlalchemy import text

from services import jobs
from services.core import db
from services.jobs.queue import EVERY_MINUTE, opened, rescue, task_name
from services.jobs.sweeps import SWEEPS
from tests import world
from tests.jobs.due import execute, one, overdue, process, released, thread, told, until
from tests.world import World

pytestmark = pytest.mark.fire

RELEASE = task_name(SWEEPS[0])
RESCUE = "studio:rescue"
MINUTE = 1_800_000_000 - 1_800_000_000 % 60
_WAITS = """
select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())
"""
"""Somebody here for a lock: `pg_locks` tells of other tests' databases, too."""


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world.standing(monkeypatch) as here:
        yield here


async def defer(*names: str) -> None:
    async with opened() as app:
        for name in names:
            await app.tasks[name].defer_async()


async def minute_comes(app: App) -> None:
    """What each worker does when a minute begins."""
    tasks = [(one, MINUTE) for one in app.periodic_registry.periodic_tasks.values() if one.cron == EVERY_MINUTE]
    await PeriodicDeferrer(registry=app.periodic_registry).defer_jobs(tasks)


async def test_two_workers_in_two_processes_do_each_thing_once(here: World) -> None:
    numbers = overdue(here, 12)
    with process(), process(), thread():
        await until(lambda: one("select count(*) >= 3 from jobs.procrastinate_workers"))
        await defer(RELEASE)
        await until(lambda: len(released()) == len(numbers))
        await until(lambda: not one("select count(*) from jobs.procrastinate_jobs"))
    assert released() == dict.fromkeys(numbers, 1)
    assert told() == len(numbers)


async def test_a_killed_worker_loses_nothing_and_its_job_is_done_by_another(here: World) -> None:
    numbers = overdue(here, 6)
    await defer(RELEASE)
    with db.engine().connect() as connection, connection.begin():
        connection.execute(text("select from booking where number = :number for update"), {"number": numbers[3]})
        with process() as worker:
            await until(lambda: one(_WAITS) and len(released()) == 3)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    assert one("select status::text from jobs.procrastinate_jobs") == "doing"
    execute("update jobs.procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
    with thread():
        await until(lambda: len(released()) == len(numbers))
    assert released() == dict.fromkeys(numbers, 1)


async def test_a_worker_that_is_told_to_stop_ends_its_job_first(here: World) -> None:
    numbers = overdue(here, 2)
    await defer(RELEASE)
    with process() as worker:
        with db.engine().connect() as connection, connection.begin():
            connection.execute(text("select from booking where number = :number for update"), {"number": numbers[0]})
            await until(lambda: one(_WAITS))
            worker.send_signal(signal.SIGTERM)
        await asyncio.to_thread(worker.wait, 60)
        assert worker.returncode == 0
    assert released() == dict.fromkeys(numbers, 1)
    assert one("select count(*) from jobs.procrastinate_workers") == 0


async def test_a_minute_begins_once_for_all_workers(here: World) -> None:
    async with opened() as first, opened() as second:
        await asyncio.gather(minute_comes(first), minute_comes(second))
        names = await first.connector.execute_query_all_async("select task_name as name from procrastinate_jobs")
    expected = [*(task_name(sweep) for sweep in SWEEPS), RESCUE]
    assert sorted(row["name"] for row in names) == sorted(expected)


async def test_of_the_times_that_a_worker_slept_each_job_waits_once(here: World) -> None:
    async with opened() as app:
        registry = app.periodic_registry.periodic_tasks
        sleeper = PeriodicDeferrer(registry=app.periodic_registry)
        missed = {key: 5 * 60 if one.cron == EVERY_MINUTE else 5 * 24 * 3600 for key, one in registry.items()}
        sleeper.last_defers = {key: MINUTE - seconds for key, seconds in missed.items()}
        await sleeper.defer_jobs(sleeper.get_previous_tasks(at=MINUTE))
        waiting = await app.connector.execute_query_all_async("select task_name as name from procrastinate_jobs")
    assert sorted(row["name"] for row in waiting) == sorted(one.task.name for one in registry.values())


async def test_two_rescuers_put_a_dead_workers_job_back_once(here: World) -> None:
    await defer(RELEASE, RESCUE)
    execute("update jobs.procrastinate_jobs set status = 'doing'")
    await defer(RESCUE)
    execute("update jobs.procrastinate_jobs set status = 'doing'")
    async with opened() as first, opened() as second:
        await asyncio.gather(rescue(first), rescue(second), rescue(first), rescue(second))
    waiting = one("select array_agg(task_name || ' ' || status order by id) from jobs.procrastinate_jobs")
    assert waiting == [f"{RELEASE} todo", f"{RESCUE} todo"]


async def test_a_dead_workers_job_that_waits_again_already_is_dropped(here: World) -> None:
    await defer(RELEASE)
    execute("update jobs.procrastinate_jobs set status = 'doing'")
    await defer(RELEASE)
    async with opened() as app:
        await rescue(app)
    assert one("select array_agg(status::text) from jobs.procrastinate_jobs") == ["todo"]


async def test_the_queue_is_what_the_installed_library_expects(here: World) -> None:
    """It fails when an upgrade of the library brings another schema: write a migration for it."""
    execute("create schema fresh")
    async with opened() as app, app.connector.pool.connection() as connection:  # type: ignore[attr-defined]
        await connection.execute("set search_path to fresh")
        await connection.execute(app.schema_manager.get_schema())
        await connection.execute("reset search_path")
    assert described("jobs") == described("fresh")


def described(schema: str) -> object:
    """Columns, indexes, functions and triggers of a schema, without its name."""
    query = """
    select coalesce(string_agg(what, E'\\n' order by what), '') from (
        select concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default)
          from information_schema.columns where table_schema = :schema
        union all select indexdef from pg_indexes where schemaname = :schema
        union all select pg_get_functiondef(p.oid) from pg_proc p where pronamespace = to_regnamespace(:schema)
        union all select pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid
                   where c.relnamespace = to_regnamespace(:schema) and not t.tgisinternal
    ) as found(what)
    """
    with db.transaction() as session:
        found = session.execute(text(query), {"schema": schema}).scalar_one()
    return str(found).replace(f"{schema}.procrastinate", "procrastinate")


async def test_somebody_works_or_the_state_says_so(here: World) -> None:
    assert not db.run(jobs.state).is_well
    with thread():
        await until(lambda: db.run(jobs.state).is_well)
    await until(lambda: not db.run(jobs.state).is_well)  # one that was cut off counts for half a minute
