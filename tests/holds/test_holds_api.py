"""Holds over HTTP: placed, challenged, confirmed, released."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.asks import booked, problem, session_of, stored
from tests.world import World


def held(client: TestClient, body: dict[str, Any], **headers: str) -> dict[str, Any]:
    answer = client.post("/api/holds", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["hold"]


@pytest.fixture
def line(agent: TestClient, here: World) -> list[dict[str, Any]]:
    """First and second hold of the same time."""
    return [held(agent, session_of(here)) for _ in range(2)]


def _do(client: TestClient, hold: dict[str, Any], what: str, body: object = None) -> Any:
    return client.post(f"/api/holds/{hold['id']}/{what}", json=body)


def test_a_hold_is_placed_and_blocks_nobody(agent: TestClient, here: World) -> None:
    hold = held(agent, session_of(here, status="CONFIRMED"))
    assert (hold["status"], hold["rank"], hold["can_confirm"]) == ("HOLD", 1, True)
    assert hold["rooms"] == [{"id": here.a, "name": "Studio A"}]
    assert stored()["allocation"] == 0
    booked(agent, session_of(here))


def test_the_same_key_places_one_hold(agent: TestClient, here: World) -> None:
    first, again = (held(agent, session_of(here), **{"Idempotency-Key": "pencil-1"}) for _ in range(2))
    assert first["id"] == again["id"]
    assert stored()["booking"] == 1


def test_the_list_tells_rank_and_who_is_above(agent: TestClient, here: World, line: list[dict[str, Any]]) -> None:
    listed = agent.get("/api/holds").json()
    assert (listed["total"], [one["rank"] for one in listed["data"]]) == (2, [1, 2])
    assert [one["number"] for one in listed["data"][1]["above"]] == [line[0]["number"]]
    span = {"start": here.at(12).isoformat(), "end": here.at(13).isoformat(), "room": here.b}
    assert agent.get("/api/holds", params=span).json()["data"] == []
    assert len(agent.get("/api/holds", params={"page": 2, "page_size": 1}).json()["data"]) == 1


def test_challenged_released_promoted_confirmed(agent: TestClient, line: list[dict[str, Any]]) -> None:
    first, second = line
    error = problem(_do(agent, second, "confirm"), 409)
    assert (error["code"], error["above"][0]["number"]) == ("hold_above", first["number"])
    challenged = _do(agent, second, "challenge").json()["hold"]
    assert challenged["challenges"][0]["number"] == first["number"]
    assert problem(_do(agent, second, "challenge"), 409)["code"] == "already_challenged"
    released = _do(agent, first, "release", {"reason": "They found another day"}).json()["hold"]
    assert (released["status"], released["rank"]) == ("CANCELLED", 0)
    assert _do(agent, second, "confirm").json()["booking"]["status"] == "CONFIRMED"
    assert problem(_do(agent, second, "release"), 409)["code"] == "not_held"


def test_a_taken_hold_is_refused_with_what_is_free_instead(
    agent: TestClient, here: World, line: list[dict[str, Any]]
) -> None:
    booked(agent, session_of(here))
    error = problem(_do(agent, line[0], "confirm"), 409)
    assert error["code"] == "slot_taken"
    assert error["conflicts"]
    assert error["alternatives"]


@pytest.mark.parametrize("what", ["challenge", "confirm", "release"])
@pytest.mark.parametrize(("who", "status"), [("", 401), ("femi", 403)])
def test_only_those_who_book_settle_holds(
    as_person: Callable[[str], TestClient], line: list[dict[str, Any]], what: str, who: str, status: int
) -> None:
    assert _do(as_person(who), line[0], what).status_code == status


def test_what_is_no_hold_is_not_found(agent: TestClient, here: World) -> None:
    booked(agent, session_of(here))
    for hold_id in (1, 2**31 - 1):
        assert problem(agent.post(f"/api/holds/{hold_id}/confirm"), 404)["code"] == "hold_not_found"
    assert agent.post("/api/holds/0/confirm").status_code == 422
