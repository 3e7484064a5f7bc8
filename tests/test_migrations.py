"""The schema goes up, down and up again, on a database that is in use."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from services import bookings
from services.core import db, migrations
from tests import cast
from tests.bookings.orders import CASH, ONLINE, ORDER, TICKED
from tests.scheduling.studio import NOW, furnish_database


@pytest.fixture
def url(database: Engine) -> str:
    return database.url.render_as_string(hide_password=False)


def fill(engine: Engine) -> None:
    furnish_database(engine)
    dana = db.run(cast.dana)
    number = db.run(bookings.create, dana, ORDER, now=NOW).number
    db.run(bookings.authorize, dana, number, TICKED, now=NOW)
    db.run(bookings.record_payment, dana, number, CASH, now=NOW)
    db.run(bookings.create, dana, ONLINE, now=NOW)


def tables(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        found = connection.execute(text("select tablename from pg_tables where schemaname = 'public'"))
        return set(found.scalars())


def test_up_down_and_up_again_on_a_filled_database(database: Engine, url: str) -> None:
    fill(database)
    migrations.downgrade(url)
    assert tables(database) == {"alembic_version"}
    migrations.upgrade(url)
    fill(database)


def test_the_tables_are_those_of_the_models(database: Engine) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_second_upgrade_changes_nothing(database: Engine, url: str) -> None:
    fill(database)
    migrations.upgrade(url)
    with db.transaction() as session:
        assert migrations.is_current(session)
        assert session.execute(text("select count(*) from booking")).scalar_one() == 2


def test_what_expired_before_owes_nothing_after_an_upgrade(database: Engine, url: str) -> None:
    fill(database)
    migrations.downgrade(url, "0003")
    with db.transaction() as session:
        session.execute(text("update booking set status = 'EXPIRED' where mode = 'ONLINE'"))
    migrations.upgrade(url)
    totals = (
        "select b.status, sum(l.amount_cents) > 0 from booking b join booking_line l on l.booking_id = b.id group by 1"
    )
    with db.transaction() as session:
        assert set(map(tuple, session.execute(text(totals)))) == {("PENDING", True), ("EXPIRED", False)}
