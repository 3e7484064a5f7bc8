"""The same request twice is done once: one after the other, and at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.api.asks import CASH, TICKED, booked, count, own_session_of, problem, session_of, stored
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


def asks(here: World) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Who asks where, for what; a second time without a key would be refused, or do it again."""
    start, end = here.at(0, days=30).isoformat(), here.at(0, days=31).isoformat()
    day = here.day.isoformat()
    wish = {"service": "PODCAST", "first_day": day, "last_day": day, "rooms": [here.a], "minutes": 120}
    kim = {"name": "Kim Duval", "email": "kim@duval.example", "phone": "+1 212 555 0188"}
    lock = {"start": start, "end": end, "kind": "TAKEOVER", "reason": "Series"}
    away = {"start": start, "end": end, "status": "VACATION", "reason": "VACATION"}
    return {
        "lockout": ("abel", f"/api/rooms/{here.a}/lockout", lock),
        "time_off": ("maya", "/api/time-off", away),
        "waitlist_wish": ("abel", "/api/waitlist", wish | {"client_id": here.nova}),
        "waitlist_wish by a client": ("", "/api/public/waitlist", wish | {"client": kim}),
    }


@pytest.mark.parametrize("what", ["lockout", "time_off", "waitlist_wish", "waitlist_wish by a client"])
def test_whatever_is_made_is_made_once_and_answered_the_same(
    as_person: Callable[[str], TestClient], here: World, what: str
) -> None:
    who, path, body = asks(here)[what]
    first, second = (as_person(who).post(path, json=body, headers=KEY) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert count(what.split()[0]) == 1


def test_an_engineer_asks_to_be_replaced_once(as_person: Callable[[str], TestClient], here: World) -> None:
    number = booked(as_person("abel"), session_of(here))["number"]
    path = f"/api/bookings/{number}/swap-request"
    first, second = (as_person("maya").post(path, json={"reason": "Lisbon"}, headers=KEY) for _ in range(2))
    assert first.json() == second.json()
    assert count("swap_request") == 1


def test_a_refusal_leaves_the_key_free(as_person: Callable[[str], TestClient], here: World) -> None:
    number = booked(as_person("abel"), session_of(here))["number"]
    away = {"start": here.at(0).isoformat(), "end": here.at(24).isoformat(), "status": "BLOCKED", "reason": "OTHER"}
    problem(as_person("maya").post("/api/time-off", json=away, headers=KEY), 409)
    as_person("abel").post(f"/api/bookings/{number}/cancel")
    assert as_person("maya").post("/api/time-off", json=away, headers=KEY).status_code == 201


def test_the_same_key_for_something_else_is_another_request(
    as_person: Callable[[str], TestClient], here: World
) -> None:
    _, path, body = asks(here)["lockout"]
    agent = as_person("abel")
    ids = set()
    for day in (40, 50):
        other = body | {"start": here.at(0, days=day).isoformat(), "end": here.at(0, days=day + 1).isoformat()}
        ids.add(agent.post(path, json=other, headers=KEY).json()["lockout"]["id"])
    assert len(ids) == 2


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
def test_the_same_key_at_the_same_moment_locks_once(app: FastAPI, busy: World) -> None:
    _, path, body = asks(busy)["lockout"]
    answers = _at_once(app, busy, path, [body] * 8, KEY)
    assert [answer.status_code for answer in answers] == [201] * 8
    assert len({answer.json()["lockout"]["id"] for answer in answers}) == 1
    assert count("lockout") == 1


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
