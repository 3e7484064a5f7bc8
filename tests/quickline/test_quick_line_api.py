"""Booking by one line, over the API."""

from typing import Any

from fastapi.testclient import TestClient

from tests.api.asks import problem, stored
from tests.world import World


def line(here: World, more: str = "") -> str:
    return f"Studio A {here.day.isoformat()} 8p-2a Maya U87 for Nova {more}".strip()


def receipt_of(client: TestClient, text: str, **answers: str) -> dict[str, Any]:
    answer = client.post("/api/quick-line", json={"text": text, "answers": answers})
    assert answer.status_code == 200, answer.text
    return answer.json()["receipt"]


def test_a_line_is_understood_and_asks_for_what_is_missing(agent: TestClient, here: World) -> None:
    before = stored()
    receipt = receipt_of(agent, line(here))
    understood = {part["kind"]: part["words"] for part in receipt["understood"]}
    assert (understood["room"], understood["engineer"], understood["mic"]) == ("Studio A", "Maya", "U87")
    assert [question["key"] for question in receipt["questions"]] == ["service"]
    assert not receipt["bookable"]
    assert stored() == before


def test_an_answer_brings_the_price_and_then_the_booking(agent: TestClient, here: World) -> None:
    receipt = receipt_of(agent, line(here), service="RECORDING")
    assert receipt["bookable"]
    body = {"text": line(here), "answers": {"service": "RECORDING"}}
    total = receipt["quote"]["total_cents"]
    stale = agent.post("/api/quick-line/book", json=body | {"expected_total_cents": total + 1})
    assert problem(stale, 409)["code"] == "price_changed"
    booked = agent.post("/api/quick-line/book", json=body | {"expected_total_cents": total})
    assert booked.status_code == 201, booked.text
    booking = booked.json()["booking"]
    assert (booking["start"], booking["total_cents"]) == (receipt["start"], total)
    taken = agent.post("/api/quick-line/book", json=body)
    assert problem(taken, 409)["alternatives"]
    again = receipt_of(agent, line(here), service="RECORDING")
    assert again["reasons"]
    assert all(one["label"] and one["text"] for one in again["instead"])


def test_what_is_not_clear_is_not_booked(agent: TestClient, here: World) -> None:
    answer = agent.post("/api/quick-line/book", json={"text": line(here)})
    assert problem(answer, 422)["code"] == "not_understood"


def test_a_visitor_has_no_quick_line(visitor: TestClient, here: World) -> None:
    assert visitor.post("/api/quick-line", json={"text": line(here)}).status_code == 401
    assert visitor.post("/api/quick-line/book", json={"text": line(here)}).status_code == 401
