"""The pool: what it hands out is alive. And a transaction: what it may take."""

import time

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from services.core import db
from services.core.config import settings
from services.core.errors import TookTooLong


def test_a_connection_the_server_has_closed_is_replaced_before_anybody_gets_it(database: Engine) -> None:
    pool = db.engine_on(database.url.render_as_string(hide_password=False), 1)
    try:
        with pool.connect() as connection:
            lost = connection.scalar(text("select pg_backend_pid()"))
        with database.connect() as other:
            other.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": lost})
        with pool.connect() as connection:
            assert connection.scalar(text("select pg_backend_pid()")) != lost
    finally:
        pool.dispose()


def test_a_quiet_connection_is_used_again(database: Engine) -> None:
    pool = db.engine_on(database.url.render_as_string(hide_password=False), 1)
    try:
        pids = set()
        for _ in range(3):
            with pool.connect() as connection:
                pids.add(connection.scalar(text("select pg_backend_pid()")))
        assert len(pids) == 1
    finally:
        pool.dispose()


def test_a_statement_ends_with_the_time_of_its_transaction(database: Engine) -> None:
    with pytest.raises(TookTooLong), db.transaction(1) as session:
        session.execute(text("select pg_sleep(600)"))
    with db.transaction() as session:
        assert session.execute(text("show statement_timeout")).scalar_one() == f"{settings().call_seconds}s"


def test_many_short_statements_end_with_it_too(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    began = time.monotonic()

    def much(session: Session) -> None:
        session.execute(text("create table made (id int)"))
        with monkeypatch.context() as later:
            later.setattr(db.time, "monotonic", lambda: began + settings().call_seconds + 60)
            session.execute(text("select 1"))

    with pytest.raises(TookTooLong):
        db.run(much)
    with database.connect() as connection:
        assert connection.scalar(text("select to_regclass('made')")) is None


def test_jobs_exports_and_series_have_more_time(database: Engine) -> None:
    limit = db.run_long(lambda session: session.execute(text("show statement_timeout")).scalar_one())
    assert limit == f"{settings().long_call_seconds // 60}min"
