"""No job runs here: what a clock has ended is over for whoever looks or asks."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from services.core import clock, db
from tests.api.asks import TICKED, booked, own_session_of, problem, session_of
from tests.world import World

SECOND = timedelta(seconds=1)


def run_out(table: str, column: str, number: str) -> None:
    """The moment has come and gone, and nobody but the clock knows."""
    of = {"booking": "id", "hold": "id", "hold_challenge": "challenged_id", "waitlist_offer": "booking_id"}[table]
    with db.transaction() as session:
        moved = f"update {table} set {column} = :past where {of} = (select id from booking where number = :number)"
        session.execute(text(moved), {"past": clock.now() - SECOND, "number": number})


def status_of(agent: TestClient, number: str) -> str:
    return str(agent.get(f"/api/bookings/{number}").json()["booking"]["status"])


def asked_for(visitor: TestClient, here: World) -> dict[str, Any]:
    answer = visitor.post("/api/public/bookings", json=own_session_of(here, authorization=TICKED))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def held(agent: TestClient, here: World) -> dict[str, Any]:
    answer = agent.post("/api/holds", json=session_of(here))
    assert answer.status_code == 201, answer.text
    return dict(answer.json()["hold"])


def starts(visitor: TestClient, here: World) -> list[str]:
    query = {"date": here.day.isoformat(), "minutes": 240, "rooms": str(here.a)}
    return list(visitor.get("/api/availability", params=query).json()["starts"])


def test_a_booking_past_its_deadline_is_over_for_everybody(visitor: TestClient, agent: TestClient, here: World) -> None:
    made = asked_for(visitor, here)
    number, free_before = made["booking"]["number"], starts(visitor, here)
    assert status_of(agent, number) == "PENDING"
    run_out("booking", "deposit_due_at", number)
    assert len(starts(visitor, here)) > len(free_before)
    assert status_of(agent, number) == "EXPIRED"
    listed = agent.get("/api/bookings", params={"status": "EXPIRED"}).json()["data"]
    assert number in [one["number"] for one in listed]
    page = visitor.get(f"/api/public/bookings/{made['public_token']}").json()
    assert page["booking"]["status"] == "EXPIRED"
    assert booked(agent, session_of(here))["number"] != number


@pytest.mark.parametrize(
    ("path", "body"),
    [("confirm", {}), ("payments", {"method": "CASH", "amount_cents": 1000, "purpose": "DEPOSIT"})],
)
def test_what_has_expired_is_neither_confirmed_nor_paid(
    visitor: TestClient, agent: TestClient, here: World, path: str, body: dict[str, Any]
) -> None:
    number = asked_for(visitor, here)["booking"]["number"]
    run_out("booking", "deposit_due_at", number)
    problem(agent.post(f"/api/bookings/{number}/{path}", json=body), 409)


def test_past_the_challenge_the_challenger_confirms_and_the_challenged_cannot(agent: TestClient, here: World) -> None:
    first, second = held(agent, here), held(agent, here)
    assert agent.post(f"/api/holds/{second['id']}/challenge", json={}).status_code == 200
    assert problem(agent.post(f"/api/holds/{second['id']}/confirm", json={}), 409)["code"] == "hold_above"
    run_out("hold_challenge", "due_at", first["number"])
    assert problem(agent.post(f"/api/holds/{first['id']}/confirm", json={}), 409)["code"] == "not_held"
    assert agent.post(f"/api/holds/{second['id']}/confirm", json={}).status_code == 200
    assert [status_of(agent, one["number"]) for one in (first, second)] == ["EXPIRED", "CONFIRMED"]


def test_a_hold_that_ran_out_is_not_listed_and_the_next_is_first(agent: TestClient, here: World) -> None:
    first, second = held(agent, here), held(agent, here)
    run_out("hold", "expires_at", first["number"])
    listed = agent.get("/api/holds").json()["data"]
    assert [(one["number"], one["rank"]) for one in listed] == [(second["number"], 1)]
