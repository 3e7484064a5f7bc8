"""One thing that cannot be settled stops neither the others nor who comes by, and is not logged at every call."""

from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from structlog.testing import capture_logs

from services import jobs
from services.core import clock, db, stuck
from tests.api.asks import TICKED, booked, own_session_of, problem, session_of
from tests.bookings.test_deadlines_api import held, run_out, status_of
from tests.waitlist.test_freed_time_api import waits
from tests.waitlist.test_freed_time_api import wish as wish_of
from tests.world import World


@pytest.fixture(autouse=True)
def remembering_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stuck, "_failed", {})


def spoil(table: str, id_: int) -> None:
    """Whatever is done with this row of the table fails."""
    with db.transaction() as session:
        session.execute(
            text(
                f"""
create function fails_{table}() returns trigger language plpgsql as $$ begin raise 'spoilt'; end $$;
create trigger fails before update on {table} for each row when (old.id = {id_}) execute function fails_{table}();
"""
            )
        )


def id_of(number: str) -> int:
    with db.transaction() as session:
        return int(session.scalar(text("select id from booking where number = :number"), {"number": number}) or 0)


def spoilt_booking(visitor: TestClient, here: World) -> str:
    """Its deposit is overdue, and it cannot be released."""
    number = asked_at(visitor, here, 12)
    run_out("booking", "deposit_due_at", number)
    spoil("booking", id_of(number))
    return number


def asked_at(visitor: TestClient, here: World, hour: int) -> str:
    body = own_session_of(here, authorization=TICKED, start=here.at(hour).isoformat())
    answer = visitor.post("/api/public/bookings", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["booking"]["number"])


def failures(logs: list[MutableMapping[str, Any]]) -> int:
    return sum(one["event"] == "job_failed" for one in logs)


def test_it_stops_neither_the_others_nor_any_call(visitor: TestClient, agent: TestClient, here: World) -> None:
    other = asked_at(visitor, here, 18)
    spoilt_booking(visitor, here)
    run_out("booking", "deposit_due_at", other)
    assert status_of(agent, other) == "EXPIRED"


def test_it_is_logged_once_and_then_by_the_worker_alone(visitor: TestClient, agent: TestClient, here: World) -> None:
    number = spoilt_booking(visitor, here)
    with capture_logs() as logs:
        assert [status_of(agent, number) for _ in range(3)] == ["PENDING"] * 3
    assert failures(logs) == 1
    with capture_logs() as logs:
        for sweep in jobs.SWEEPS:
            jobs.run(sweep)
    assert failures(logs) == 1


def test_after_a_minute_it_is_tried_again(visitor: TestClient, here: World) -> None:
    spoilt_booking(visitor, here)
    now = clock.now()
    with capture_logs() as logs:
        for seconds in (0, 59, 60):
            jobs.settle_due(now + timedelta(seconds=seconds))
    assert failures(logs) == 2


@pytest.mark.parametrize("by", ["public", "staff"])
def test_who_books_its_time_is_told_that_it_is_taken(
    visitor: TestClient, agent: TestClient, here: World, by: str
) -> None:
    spoilt_booking(visitor, here)
    if by == "public":
        answer = visitor.post("/api/public/bookings", json=own_session_of(here, authorization=TICKED))
    else:
        answer = agent.post("/api/bookings", json=session_of(here))
    assert problem(answer, 409)["code"] == "slot_taken"


def test_who_moves_onto_its_time_is_told_that_it_is_taken(visitor: TestClient, agent: TestClient, here: World) -> None:
    spoilt_booking(visitor, here)
    mine = booked(agent, session_of(here, start=here.at(18).isoformat()))["number"]
    answer = agent.patch(f"/api/bookings/{mine}/time", json={"start": here.at(12).isoformat(), "minutes": 240})
    assert problem(answer, 409)["code"] == "slot_taken"


def test_a_hold_that_cannot_be_let_go_stands_above_as_before(agent: TestClient, here: World) -> None:
    first, second = held(agent, here), held(agent, here)
    run_out("hold", "expires_at", first["number"])
    spoil("booking", first["id"])
    assert problem(agent.post(f"/api/holds/{second['id']}/confirm", json={}), 409)["code"] == "hold_above"


def test_a_wish_that_cannot_be_offered_anything_stops_no_cancellation(agent: TestClient, here: World) -> None:
    number = booked(agent, session_of(here))["number"]
    first, second = waits(agent, here), waits(agent, here, minutes=180)
    spoil("waitlist_wish", first)
    assert agent.post(f"/api/bookings/{number}/cancel", json={}).status_code == 200
    assert [wish_of(agent, one)["status"] for one in (first, second)] == ["WAITING", "OFFERED"]
