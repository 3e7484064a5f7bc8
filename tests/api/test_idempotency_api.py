"""The same request twice is done once: one after the other, and at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.api.asks import CASH, TICKED, booked, own_session_of, problem, session_of, stored
from tests.api.conftest import client_of
from tests.world import World

KEY = {"Idempotency-Key": "b5f0-41"}


def test_the_same_key_books_once(agent: TestClient, here: World) -> None:
    first, second = (agent.post("/api/bookings", json=session_of(here), headers=KEY) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert stored()["booking"] == 1


def test_without_a_key_the_second_is_refused(agent: TestClient, here: World) -> None:
    booked(agent, session_of(here))
    assert agent.post("/api/bookings", json=session_of(here)).status_code == 409


def test_a_key_is_its_senders_own(as_person: Callable[[str], TestClient], here: World) -> None:
    as_person("abel").post("/api/bookings", json=session_of(here), headers=KEY)
    answer = as_person("dana").post("/api/bookings", json=session_of(here), headers=KEY)
    assert problem(answer, 409)["code"] == "slot_taken"


def test_a_visitors_key_books_once_and_opens_nobody_elses(visitor: TestClient, here: World) -> None:
    body = own_session_of(here)
    first, second = (visitor.post("/api/public/bookings", json=body, headers=KEY).json() for _ in range(2))
    assert first == second
    lee = {"name": "Lee", "email": "lee@else.example", "phone": "+1 212 555 0111"}
    assert visitor.post("/api/public/bookings", json=body | {"client": lee}, headers=KEY).status_code == 409


def test_the_same_key_pays_once(agent: TestClient, here: World) -> None:
    number = booked(agent, session_of(here, authorization=TICKED))["number"]
    for _ in range(2):
        answer = agent.post(f"/api/bookings/{number}/payments", json=CASH, headers=KEY)
        assert answer.json()["booking"]["paid_cents"] == CASH["amount_cents"]
    assert stored()["payment"] == 1


def test_a_key_is_short_and_plain(agent: TestClient, here: World) -> None:
    answer = agent.post("/api/bookings", json=session_of(here), headers={"Idempotency-Key": "k" * 201})
    assert problem(answer, 422)["field"] == "Idempotency-Key"
    assert stored()["booking"] == 0


def _at_once(app: FastAPI, here: World, path: str, bodies: list[dict[str, Any]], headers: dict[str, str]) -> list[Any]:
    def send(body: dict[str, Any]) -> Any:
        return client_of(app, here, "abel").post(path, json=body, headers=headers)

    with ThreadPoolExecutor(len(bodies)) as threads:
        return list(threads.map(send, bodies))


@pytest.mark.fire
def test_the_same_key_at_the_same_moment_books_once(app: FastAPI, busy: World) -> None:
    answers = _at_once(app, busy, "/api/bookings", [session_of(busy)] * 8, KEY)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["booking"]["number"] for answer in answers}) == 1
    assert stored()["booking"] == 1


@pytest.mark.fire
def test_the_same_key_at_the_same_moment_pays_once(app: FastAPI, busy: World) -> None:
    number = booked(client_of(app, busy, "abel"), session_of(busy, authorization=TICKED))["number"]
    answers = _at_once(app, busy, f"/api/bookings/{number}/payments", [CASH] * 8, KEY)
    assert {answer.status_code for answer in answers} == {201}
    assert stored()["payment"] == 1


@pytest.mark.fire
def test_one_of_many_gets_the_slot_and_the_others_hear_why(app: FastAPI, busy: World) -> None:
    answers = _at_once(app, busy, "/api/bookings", [session_of(busy, artist=f"Artist {n}") for n in range(12)], {})
    won = [answer for answer in answers if answer.status_code == 201]
    assert len(won) == 1
    for answer in answers:
        if answer is not won[0]:
            error = problem(answer, 409)
            assert error["code"] == "slot_taken"
            assert error["conflicts"]
            assert error["alternatives"]
    assert (stored()["booking"], stored()["artist"]) == (1, 1)
