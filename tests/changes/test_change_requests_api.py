"""What clients ask of their bookings, answered over HTTP."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.asks import booked, problem, session_of
from tests.world import World


@pytest.fixture
def sold(agent: TestClient, here: World) -> dict[str, Any]:
    return booked(agent, session_of(here, status="CONFIRMED"))


def ask(visitor: TestClient, sold: dict[str, Any], wish: str = "CANCEL") -> int:
    path = f"/api/public/bookings/{sold['public_token']}/request"
    answer = visitor.post(path, json={"wish": wish, "message": "The singer is ill."})
    return int(answer.json()["booking"]["change_request"]["id"])


def test_an_open_wish_is_listed_answered_and_declined(
    agent: TestClient, visitor: TestClient, sold: dict[str, Any]
) -> None:
    wish = ask(visitor, sold)
    [listed] = agent.get("/api/change-requests", params={"number": sold["number"]}).json()["data"]
    assert (listed["id"], listed["number"], listed["wish"]) == (wish, sold["number"], "CANCEL")
    words = {"answer": "Could you come on Monday?"}
    answered = agent.post(f"/api/change-requests/{wish}/answer", json=words).json()["booking"]["change_request"]
    assert (answered["status"], answered["answer"]) == ("OPEN", words["answer"])
    assert problem(agent.post(f"/api/change-requests/{wish}/decline", json={"answer": " "}), 422)["field"] == "answer"
    declined = agent.post(f"/api/change-requests/{wish}/decline", json={"answer": "Too late."}).json()["booking"]
    assert (declined["status"], declined["change_request"]["status"]) == ("CONFIRMED", "DECLINED")
    assert agent.get("/api/change-requests").json()["total"] == 0


def test_accepting_a_wish_to_cancel_cancels(agent: TestClient, visitor: TestClient, sold: dict[str, Any]) -> None:
    wish = ask(visitor, sold)
    late = {"version": sold["version"] + 1}
    assert problem(agent.post(f"/api/change-requests/{wish}/accept", json=late), 409)["code"] == "version_conflict"
    gone = agent.post(f"/api/change-requests/{wish}/accept").json()["booking"]
    assert (gone["status"], gone["change_request"]["status"]) == ("CANCELLED", "ACCEPTED")


def test_accepting_a_wish_to_change_says_that_it_is_done(
    agent: TestClient, visitor: TestClient, sold: dict[str, Any]
) -> None:
    wish = ask(visitor, sold, "CHANGE")
    kept = agent.post(f"/api/change-requests/{wish}/accept", json={"answer": "Maya plays the piano."}).json()["booking"]
    assert (kept["status"], kept["change_request"]["status"]) == ("CONFIRMED", "ACCEPTED")


@pytest.mark.parametrize("what", ["accept", "answer", "decline"])
def test_only_who_books_answers(visitor: TestClient, agent: TestClient, what: str) -> None:
    body = {"answer": "No."}
    problem(visitor.post(f"/api/change-requests/1/{what}", json=body), 401)
    assert problem(agent.post(f"/api/change-requests/999/{what}", json=body), 404)["code"] == "not_found"
