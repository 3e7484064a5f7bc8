"""One sweep: each thing for itself."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from prometheus_client import REGISTRY
from sqlmodel import Session

from models.outbox import Delivery, DeliveryType
from services import jobs
from services.core import clock, db
from services.jobs import Sweep
from tests import world
from tests.jobs.due import one, overdue, released
from tests.world import World


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world.standing(monkeypatch) as here:
        yield here


def mails_of(trouble: int) -> Sweep:
    """Three things to do, each a mail; one of them goes wrong after its mail is written."""

    def due(session: Session, now: datetime) -> tuple[int, ...]:
        return (1, 2, 3)

    def settle(session: Session, id_: int, now: datetime) -> bool:
        session.add(Delivery(type=DeliveryType.BOOKING_CHANGED, to=f"{id_}@example.com", subject="", body=""))
        session.flush()
        if id_ == trouble:
            raise OSError("the printer is on fire")
        return True

    return Sweep("mails", due, settle)


def counted(name: str) -> float:
    return REGISTRY.get_sample_value(name, {"job": "mails"}) or 0


def test_one_that_fails_stores_nothing_and_stops_nobody(here: World) -> None:
    done, failed = counted("studio_jobs_done_total"), counted("studio_jobs_failed_total")
    assert jobs.run(mails_of(2)) == 2
    assert one("select string_agg(\"to\", ' ' order by id) from delivery") == "1@example.com 3@example.com"
    assert counted("studio_jobs_done_total") == done + 2
    assert counted("studio_jobs_failed_total") == failed + 1


def test_overdue_bookings_are_released_by_a_sweep(here: World) -> None:
    numbers = overdue(here, 3)
    sweep = next(sweep for sweep in jobs.SWEEPS if sweep.name == "release_overdue")
    assert jobs.run(sweep) == 3
    assert jobs.run(sweep) == 0
    assert set(released()) == set(numbers)


@pytest.mark.parametrize("sweep", jobs.SWEEPS, ids=lambda sweep: sweep.name)
def test_a_studio_where_nothing_is_due_is_left_alone(here: World, sweep: Sweep) -> None:
    assert jobs.run(sweep) == 0
    with db.transaction() as session:
        assert sweep.due(session, clock.now()) == ()
