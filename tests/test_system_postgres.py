"""The same promises on a PostgreSQL server from the system's packages, and when that server dies."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from services.core import db, migrations
from services.core.config import settings
from studio_app.api.app import make_api
from studio_app.api.watch import Watch
from tests import cast, server, world
from tests.api.asks import CASH, TICKED, booked, problem, session_of
from tests.bookings.test_races import INCOMPLETE
from tests.scheduling.studio import OVERLAPS
from tests.server import Server
from tests.world import World

pytestmark = [pytest.mark.system_postgres, pytest.mark.fire]

Client = Callable[[], TestClient]


@pytest.fixture
def postgres(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A migrated server, behind `db.run`."""
    with server.running() as running:
        monkeypatch.setenv("DATABASE_URL", running.url)
        settings.cache_clear()
        migrations.upgrade(running.url)
        engine = db.engine_on(running.url, 20)
        monkeypatch.setattr(db, "engine", lambda: engine)
        yield running
        engine.dispose()
    settings.cache_clear()


@pytest.fixture
def here(postgres: Server) -> World:
    return db.run(world.build)


@pytest.fixture
def agent(here: World) -> Client:
    """The booking agent's own client, one for each who asks."""
    api = Watch(make_api())

    def client() -> TestClient:
        person = TestClient(api, base_url="http://localhost:3000", raise_server_exceptions=False)
        answer = person.post("/api/auth/login", json={"email": here.team["abel"].email, "password": cast.PASSWORD})
        assert answer.status_code == 200, answer.text
        return person

    return client


def test_the_migrations_go_up_down_and_up(postgres: Server) -> None:
    migrations.downgrade(postgres.url)
    migrations.upgrade(postgres.url)
    with db.transaction() as session:
        assert migrations.is_current(session)


def test_the_database_itself_forbids_a_double_booking(agent: Client, here: World) -> None:
    booked(agent(), session_of(here))
    again = text(
        "insert into allocation (resource_id, during, reason, booking_id)"
        " select resource_id, during, reason, booking_id from allocation"
    )
    with pytest.raises(DBAPIError, match="ex_allocation_no_overlap"), db.transaction() as session:
        session.execute(again)


def test_from_sign_in_to_a_paid_booking(agent: Client, here: World) -> None:
    client = agent()
    booking = booked(client, session_of(here))
    taken = problem(client.post("/api/bookings", json=session_of(here)), 409)
    assert (taken["code"], bool(taken["conflicts"]), bool(taken["alternatives"])) == ("slot_taken", True, True)
    path = f"/api/bookings/{booking['number']}"
    assert problem(client.post(f"{path}/payments", json=CASH), 409)["code"] == "authorization_required"
    assert client.post(f"{path}/authorization", json=TICKED).is_success
    assert client.post(f"{path}/payments", json=CASH).is_success
    assert client.post(f"{path}/confirm").is_success
    after = client.get(path).json()["booking"]
    assert (after["status"], after["paid_cents"]) == ("CONFIRMED", CASH["amount_cents"])
    assert after["balance_cents"] == booking["total_cents"] - CASH["amount_cents"]


def test_what_was_answered_survives_a_kill_and_nothing_else_is_half_there(
    postgres: Server, agent: Client, here: World
) -> None:
    answered: list[str] = []
    guard, enough = Lock(), Event()

    def work(worker: int) -> None:
        client = agent()
        for days in range(400):
            body = session_of(here, rooms=[(here.a, here.b, here.booth)[worker]], engineer_id=None)
            answer = client.post("/api/bookings", json=body | {"start": here.at(12, days=days).isoformat()})
            if answer.status_code != 201:
                return
            with guard:
                answered.append(answer.json()["booking"]["number"])
                if len(answered) == 30:
                    enough.set()

    with ThreadPoolExecutor(3) as pool:
        done = [pool.submit(work, worker) for worker in range(3)]
        assert enough.wait(timeout=60)
        postgres.kill()
        for each in done:
            each.result()
    postgres.start()
    with db.transaction() as session:
        assert _missing(session, answered) == set()
        assert session.execute(INCOMPLETE).first() is None
        assert session.execute(OVERLAPS).scalar_one() == 0
        assert session.execute(_UNTOLD).scalar_one() == 0


_UNTOLD = text(
    """
    select count(*) from booking b
     where not exists (select from booking_line where booking_id = b.id)
        or not exists (select from audit_log where entity = 'booking' and entity_id = b.id)
        or not exists (select from delivery where booking_id = b.id)
    """
)


def _missing(session: Session, numbers: list[str]) -> set[str]:
    return set(numbers) - set(session.execute(text("select number from booking")).scalars())
