"""An upgrade of a studio in full swing: the demo's two years go down and up each step, and are all there."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from services import bookings
from services.core import db, migrations
from services.core.access import SYSTEM
from services.core.config import settings
from tests import database as databases
from tests import studio

pytestmark = pytest.mark.long

_KEPT = ("client", "booking", "booking_line", "payment", "allocation", "audit_log")
"""Since the first revision. Mails of a later kind than a revision knows do go on the way down to it."""


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    with databases.engine_on(databases.clone(of=studio.demo_template())) as engine:
        monkeypatch.setattr(db, "engine", lambda: engine)
        monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
        settings.cache_clear()
        yield engine
    settings.cache_clear()


def steps() -> list[tuple[str, str]]:
    """(from, to) downwards, the newest first."""
    found = ScriptDirectory.from_config(Config("alembic.ini")).walk_revisions()
    return list(pairwise(one.revision for one in found))


def kept(engine: Engine) -> dict[str, tuple[object, ...]]:
    with engine.connect() as connection:
        return {
            table: tuple(connection.execute(text(f'select count(*), max(id), min(id) from "{table}"')).one())
            for table in _KEPT
        }


def test_the_demo_goes_down_and_up_each_step(demo: Engine) -> None:
    before = kept(demo)
    url = demo.url.render_as_string(hide_password=False)
    for _, older in steps():
        migrations.downgrade(url, older)
        assert kept(demo) == before, f"down to {older}"
        migrations.upgrade(url)
        assert kept(demo) == before, f"up from {older}"
    with demo.connect() as connection:
        numbers = connection.execute(text("select number from booking order by id desc limit 300")).scalars().all()
    for number in numbers:
        assert db.run(bookings.get_booking, SYSTEM, number).number == number
