"""Who was told that the time they held is gone hears when nobody has it any more."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from services.core import db
from tests.api.asks import booked, problem, session_of
from tests.bookings.test_deadlines_api import asked_for, held, run_out, starts
from tests.waitlist.test_freed_time_api import locked, waits
from tests.world import World

GONE, FREE = "The time you held is gone", "The time you held is free again"


def told(hold: dict[str, Any]) -> list[str]:
    """What the holder has read, without the number."""
    query = "select subject from delivery where booking_id = :id and \"to\" like '%@%' and subject like 'The time you%'"
    with db.transaction() as session:
        return [one.rpartition(":")[0] for one in session.scalars(text(f"{query} order by id"), {"id": hold["id"]})]


def body_of_last(hold: dict[str, Any]) -> str:
    query = "select body from delivery where booking_id = :id and subject like 'The time you%' order by id desc limit 1"
    with db.transaction() as session:
        return str(session.scalar(text(query), {"id": hold["id"]}))


def move(agent: TestClient, number: str, here: World, hour: int, minutes: int = 240) -> None:
    body = {"start": here.at(hour).isoformat(), "minutes": minutes}
    assert agent.patch(f"/api/bookings/{number}/time", json=body).status_code == 200


def test_a_cancellation_tells_the_holders(agent: TestClient, here: World) -> None:
    first, second = held(agent, here), held(agent, here)
    number = booked(agent, session_of(here))["number"]
    assert agent.post(f"/api/bookings/{number}/cancel", json={}).status_code == 200
    assert [told(one) for one in (first, second)] == [[GONE, FREE]] * 2
    assert "yours is the first hold. Tell us if you want it confirmed." in body_of_last(first)
    assert "yours is the second hold." in body_of_last(second)
    assert agent.post(f"/api/holds/{first['id']}/confirm", json={}).status_code == 200
    assert told(second)[-1] == GONE


def test_so_does_a_session_that_moves_away_and_none_that_stays(agent: TestClient, here: World) -> None:
    hold = held(agent, here)
    number = booked(agent, session_of(here))["number"]
    move(agent, number, here, 14, 180)
    assert told(hold) == [GONE]
    move(agent, number, here, 18)
    assert told(hold) == [GONE, FREE]


def test_so_does_a_deadline(visitor: TestClient, agent: TestClient, here: World) -> None:
    hold = held(agent, here)
    number = asked_for(visitor, here)["booking"]["number"]
    run_out("booking", "deposit_due_at", number)
    assert starts(visitor, here)
    assert told(hold) == [GONE, FREE]


def test_what_another_session_or_a_lockout_has_is_not_free(agent: TestClient, here: World) -> None:
    hold = held(agent, here)
    numbers = [
        booked(agent, session_of(here, start=here.at(hour).isoformat(), minutes=60))["number"] for hour in (12, 15)
    ]
    assert agent.post(f"/api/bookings/{numbers[0]}/cancel", json={}).status_code == 200
    locked(agent, here, 12, 14)
    assert agent.post(f"/api/bookings/{numbers[1]}/cancel", json={}).status_code == 200
    assert FREE not in told(hold)


@pytest.mark.parametrize("other", ["room", "hour"])
def test_a_hold_elsewhere_hears_nothing(agent: TestClient, here: World, other: str) -> None:
    elsewhere = {"rooms": [here.b]} if other == "room" else {"start": here.at(18).isoformat()}
    hold = agent.post("/api/holds", json=session_of(here, engineer_id=None, **elsewhere)).json()["hold"]
    number = booked(agent, session_of(here))["number"]
    assert agent.post(f"/api/bookings/{number}/cancel", json={}).status_code == 200
    assert told(hold) == []


def test_who_waits_for_the_time_comes_first(agent: TestClient, here: World) -> None:
    hold = held(agent, here)
    number = booked(agent, session_of(here))["number"]
    wish = waits(agent, here)
    assert agent.post(f"/api/bookings/{number}/cancel", json={}).status_code == 200
    assert FREE not in told(hold)
    assert problem(agent.post(f"/api/holds/{hold['id']}/confirm", json={}), 409)["code"] == "slot_taken"
    assert agent.post(f"/api/waitlist/{wish}/decline", json={}).status_code == 200
    assert told(hold)[-1] == FREE
