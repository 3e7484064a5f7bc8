"""Time that becomes free is offered in the transaction that frees it, before anybody else can take it."""

from datetime import timedelta
from typing import Any

from fastapi.testclient import TestClient

from services import clock, db, waitlist
from tests.api.asks import TICKED, booked, own_session_of, problem, session_of
from tests.api.test_deadlines_api import asked_for, run_out
from tests.world import World


def waits(agent: TestClient, here: World, **changes: Any) -> int:
    wish = {
        "client_id": here.nova,
        "service": "RECORDING",
        "rooms": [here.a],
        "first_day": here.day.isoformat(),
        "last_day": here.day.isoformat(),
        "not_before": "12:00",
        "not_after": "16:00",
        "minutes": 240,
    } | changes
    answer = agent.post("/api/waitlist", json={name: value for name, value in wish.items() if value is not ...})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["wish"]["id"])


def wish(agent: TestClient, wish_id: int) -> dict[str, Any]:
    listed = agent.get("/api/waitlist").json()["data"]
    return next(one for one in listed if one["id"] == wish_id)


def locked(agent: TestClient, here: World, start: int, end: int) -> int:
    span = {"start": here.at(start).isoformat(), "end": here.at(end).isoformat()}
    made = agent.post(f"/api/rooms/{here.a}/lockout", json=span | {"reason": "Paint", "kind": "MAINTENANCE"})
    assert made.status_code == 201, made.text
    return int(made.json()["lockout"]["id"])


def take_it(visitor: TestClient, here: World) -> Any:
    return visitor.post("/api/public/bookings", json=own_session_of(here, authorization=TICKED))


def test_who_waits_is_offered_what_a_cancellation_frees_and_a_visitor_is_not(
    visitor: TestClient, agent: TestClient, here: World
) -> None:
    number = booked(agent, session_of(here))["number"]
    asked = waits(agent, here)
    assert agent.post(f"/api/bookings/{number}/cancel", json={}).status_code == 200
    assert wish(agent, asked)["status"] == "OFFERED"
    assert problem(take_it(visitor, here), 409)["code"] == "slot_taken"


def test_who_waits_is_offered_what_a_move_frees(agent: TestClient, here: World) -> None:
    number = booked(agent, session_of(here))["number"]
    asked = waits(agent, here)
    moved = agent.patch(f"/api/bookings/{number}/time", json={"start": here.at(18).isoformat(), "minutes": 240})
    assert moved.status_code == 200, moved.text
    assert wish(agent, asked)["status"] == "OFFERED"


def test_who_waits_is_offered_the_room_that_a_lockout_gives_back(agent: TestClient, here: World) -> None:
    lockout_id = locked(agent, here, 8, 26)
    asked = waits(agent, here)
    assert agent.delete(f"/api/lockouts/{lockout_id}").status_code in (200, 204)
    assert wish(agent, asked)["status"] == "OFFERED"


def test_what_a_deadline_frees_goes_to_who_waits_before_a_visitor(
    visitor: TestClient, agent: TestClient, here: World
) -> None:
    number = asked_for(visitor, here)["booking"]["number"]
    asked = waits(agent, here)
    run_out("booking", "deposit_due_at", number)
    assert problem(take_it(visitor, here), 409)["code"] == "slot_taken"
    assert wish(agent, asked)["status"] == "OFFERED"


def test_an_offer_that_is_turned_down_goes_to_the_next(agent: TestClient, here: World) -> None:
    number = booked(agent, session_of(here))["number"]
    first, second = waits(agent, here), waits(agent, here, minutes=180)
    agent.post(f"/api/bookings/{number}/cancel", json={})
    assert [wish(agent, one)["status"] for one in (first, second)] == ["OFFERED", "WAITING"]
    assert agent.post(f"/api/waitlist/{first}/decline", json={}).status_code == 200
    assert [wish(agent, one)["status"] for one in (first, second)] == ["WAITING", "OFFERED"]


def test_the_early_hours_of_a_day_are_offered_under_the_day_that_sells_them(
    visitor: TestClient, agent: TestClient, here: World
) -> None:
    """They belong to the evening before, and availability shows them under this date."""
    lockout = {
        "start": here.at(2).isoformat(),
        "end": here.at(32).isoformat(),
        "reason": "Paint",
        "kind": "MAINTENANCE",
    }
    assert agent.post(f"/api/rooms/{here.a}/lockout", json=lockout).status_code == 201
    query = {"date": here.day.isoformat(), "minutes": 60, "rooms": str(here.a), "service": "VOICEOVER"}
    sold = visitor.get("/api/availability", params=query).json()["starts"]
    asked = waits(agent, here, not_before=..., not_after=..., minutes=60, service="VOICEOVER")
    assert db.run(waitlist.match, clock.now()) == 1
    assert wish(agent, asked)["offer"]["start"] == sold[0]
    assert sold[0] < (here.at(0) + timedelta(hours=2)).isoformat()
