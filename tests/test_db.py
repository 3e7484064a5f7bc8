"""The pool: what it hands out is alive."""

from sqlalchemy import Engine, text

from services import db


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
