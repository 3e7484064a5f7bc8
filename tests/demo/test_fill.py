"""A small demo, made twice: the services have the last word on every row of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from demo import PASSWORD, USERS, Scale, fill
from services import bookings, identity, waitlist
from services.core import db
from services.core.access import Role
from services.core.config import settings
from tests import database as databases

NOW = datetime(2026, 11, 20, 21, 40, tzinfo=UTC)
SMALL = Scale(days_behind=10, days_ahead=10, clients=25)

_COUNTS = """
select (select json_agg(json_build_array(number, status, start, minutes) order by id) from booking),
       (select json_agg(json_build_array(booking_id, amount_cents) order by booking_id, amount_cents) from payment),
       (select json_agg(json_build_array(resource_id, lower(during), upper(during)) order by resource_id, during)
          from allocation),
       (select sum(amount_cents) from booking_line),
       (select count(*) from client), (select count(*) from artist), (select count(*) from room),
       (select count(*) from engineer), (select count(*) from service where is_active),
       (select count(*) from lockout), (select count(*) from time_off)
"""


@pytest.fixture(scope="module")
def demos() -> Iterator[tuple[Engine, Engine]]:
    """Two databases filled at the same moment."""
    with (
        databases.engine_on(databases.clone(prefix="demo")) as one,
        databases.engine_on(databases.clone(prefix="demo")) as other,
        pytest.MonkeyPatch.context() as monkeypatch,
    ):
        for engine in (other, one):
            _point_at(engine, monkeypatch)
            fill(lambda _: None, NOW, SMALL)
        yield one, other
    settings.cache_clear()


def _point_at(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also for the second process, which asks the environment. What people may wait for binds nobody here."""
    monkeypatch.setenv("CALL_SECONDS", "1")
    monkeypatch.setattr(db, "engine", lambda: engine)
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    settings.cache_clear()


def _row(engine: Engine, statement: str) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(text(statement), {"now": NOW}).one())


def _one(engine: Engine, statement: str) -> Any:
    return _row(engine, statement)[0]


def test_the_same_moment_makes_the_same_studio(demos: tuple[Engine, Engine]) -> None:
    assert _row(demos[0], _COUNTS) == _row(demos[1], _COUNTS)


def test_there_are_rooms_people_and_services(demos: tuple[Engine, Engine]) -> None:
    counts = _row(demos[0], _COUNTS)[4:]
    assert counts[0] == 25
    assert counts[2:5] == [8, 12, 7]
    assert counts[5] >= 1


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("sessions in rooms now", "select count(*) from booking where status = 'CHECKED_IN' and mode = 'IN_PERSON'"),
        (
            "arriving, unsigned",
            "select count(*) from booking b where status = 'CONFIRMED' and start <= :now + interval '2 hours'"
            " and not exists (select from booking_authorization a where a.booking_id = b.id)",
        ),
        (
            "open balances of the past",
            "select count(*) from booking b where status in ('COMPLETED', 'NO_SHOW')"
            " and (select sum(amount_cents) from booking_line where booking_id = b.id)"
            " > coalesce((select sum(amount_cents) from payment where booking_id = b.id), 0)",
        ),
        ("public bookings", "select count(*) from booking where source = 'PUBLIC_PAGE'"),
        ("drawn signatures", "select count(*) from booking_authorization where image is not null"),
        ("changed sessions", "select count(*) >= 3 from booking_change"),
        ("a change that was undone", "select count(*) from booking_change where undone_at is not null"),
        ("microphones set aside", "select count(*) from booking_mic where gear_unit_id is not null"),
        ("online minutes sold", "select sum(used_minutes) from capacity_day"),
        ("sessions of the demo engineer", "select count(*) from booking b join engineer e on e.id = b.engineer_id"
         " where e.user_id is not null"),
    ],
)  # fmt: skip
def test_there_is(demos: tuple[Engine, Engine], what: str, statement: str) -> None:
    assert _one(demos[0], statement), what


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        (
            "what holds time has its allocations, and nothing else has",
            "select count(*) from booking b where mode = 'IN_PERSON' and"
            " (select count(*) from allocation a where a.booking_id = b.id) <>"
            " case when status in ('HOLD', 'CANCELLED') then 0 else"
            "   (select count(*) from booking_room r where r.booking_id = b.id)"
            "   + (select count(*) from booking_mic m where m.booking_id = b.id)"
            "   + (engineer_id is not null)::int end",
        ),
        (
            "a cancelled session gives back what was paid above the fee",
            "select count(*) from booking b where status = 'CANCELLED'"
            " and (select sum(amount_cents) from booking_line where booking_id = b.id)"
            " < coalesce((select sum(amount_cents) from payment where booking_id = b.id), 0)",
        ),
        (
            "nothing is overpaid",
            "select count(*) from booking b where (select sum(amount_cents) from booking_line where booking_id = b.id)"
            " < coalesce((select sum(amount_cents) from payment where booking_id = b.id), 0)",
        ),
        ("no payment is of the future", "select count(*) from payment where recorded_at > :now"),
        ("no deposit is overdue", "select count(*) from booking where status = 'PENDING' and deposit_due_at < :now"),
    ],
)
def test_a_rule_holds(demos: tuple[Engine, Engine], rule: str, broken: str) -> None:
    assert _one(demos[0], broken) == 0, rule


@pytest.mark.parametrize("account", [user.email for user in USERS])
def test_everyone_can_sign_in(demos: tuple[Engine, Engine], account: str) -> None:
    signed_in = db.run(identity.sign_in, account, PASSWORD, "203.0.113.7", "Firefox")
    assert signed_in.user.email == account


def test_every_role_of_the_sign_in_page_is_there() -> None:
    roles = [role for user in USERS for role in user.roles]
    assert sorted(roles) == sorted(Role)
    assert {user.email.partition("@")[2] for user in USERS} == {"demo.studio"}


def test_sessions_reach_from_the_first_day_to_the_last(demos: tuple[Engine, Engine]) -> None:
    first, last = _row(demos[0], "select min(start), max(start) from booking")
    assert last - first > timedelta(days=14)


def test_two_wait_for_what_others_have_booked_and_one_is_offered_time(demos: tuple[Engine, Engine]) -> None:
    wishes = "select array_agg(status order by id) from waitlist_wish"
    assert _one(demos[0], wishes) == ["WAITING", "WAITING", "OFFERED"]
    with Session(demos[0]) as session:
        assert waitlist.match(session, NOW) == 0
        assert bookings.release_overdue(session, NOW) == ()
        session.rollback()
