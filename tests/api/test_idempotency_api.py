"""The same request twice is done once: one after the other, and at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.api.asks import CASH, TICKED, booked, count, own_session_of, problem, session_of, stored
from tests.api.fixtures import client_of
from tests.world import World

KEY = {"Idempotency-Key": "b5f0-41"}
OTHER = TICKED | {"name": "Somebody Else"}


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
    other = visitor.post("/api/public/bookings", json=body | {"client": lee}, headers=KEY)
    assert problem(other, 422)["code"] == "idempotency_key_reused"
    assert first["public_token"] not in other.text


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


def _posts(here: World, number: str) -> dict[str, tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Of every POST that takes a key: who asks where, for what, and what else the key may not ask for."""
    evening = {"rooms": [here.b], "start": here.at(18).isoformat()}
    line = "Studio B {} 2p-4p recording for Nova Reyes"
    kim = {"name": "Kim Duval", "email": "kim@duval.example", "phone": "+1 212 555 0188"}
    told = asks(here)
    return {
        "booking": ("abel", "/api/bookings", session_of(here, **evening), {"notes": "More"}),
        "public booking": ("", "/api/public/bookings", own_session_of(here, **evening), {"notes": "More"}),
        "signature": ("", "/api/public/bookings", own_session_of(here, **evening), {"authorization": OTHER}),
        "payment": ("abel", f"/api/bookings/{number}/payments", CASH, {"amount_cents": 5_000}),
        "hold": ("abel", "/api/holds", session_of(here, **evening), {"minutes": 120}),
        "repeat": (
            "abel",
            f"/api/bookings/{number}/repeat",
            {"rule": "FREQ=WEEKLY", "count": 2},
            {"count": 3},
        ),
        "quick line": (
            "abel",
            "/api/quick-line/book",
            {"text": line.format(f"{here.day:%b %-d}")},
            {"answers": {"x": "y"}},
        ),
        "lockout": (*told["lockout"], {"reason": "Another"}),
        "time off": (*told["time_off"], {"note": "More"}),
        "swap request": ("maya", f"/api/bookings/{number}/swap-request", {"reason": "Lisbon"}, {"reason": "Porto"}),
        "wish": (*told["waitlist_wish"], {"minutes": 180}),
        "public wish": (*told["waitlist_wish by a client"], {"client": kim | {"name": "Kim"}}),
    }


POSTS = (
    "booking", "public booking", "signature", "payment", "hold", "repeat", "quick line", "lockout", "time off",
    "swap request", "wish", "public wish",
)  # fmt: skip


@pytest.mark.parametrize("what", POSTS)
def test_a_key_is_good_for_one_request(as_person: Callable[[str], TestClient], here: World, what: str) -> None:
    number = booked(as_person("abel"), session_of(here, authorization=TICKED))["number"]
    who, path, body, more = _posts(here, number)[what]
    made = as_person(who).post(path, json=body, headers=KEY)
    assert made.status_code == 201, made.text
    before = stored()
    refused = problem(as_person(who).post(path, json=body | more, headers=KEY), 422)
    assert (refused["code"], refused["field"]) == ("idempotency_key_reused", "Idempotency-Key")
    assert as_person(who).post(path, json=body, headers=KEY).json() == made.json()
    assert stored() == before


def test_every_post_that_takes_a_key_is_in_the_table(app: FastAPI, here: World) -> None:
    takes = {
        path
        for path, item in app.openapi()["paths"].items()
        for given in item.get("post", {}).get("parameters", ())
        if given["name"] == "Idempotency-Key"
    }
    tried = {path for _, path, _, _ in _posts(here, "{number}").values()}
    assert takes == {path.replace(f"/rooms/{here.a}/", "/rooms/{room_id}/") for path in tried}


def test_a_key_is_good_for_one_path(agent: TestClient, here: World) -> None:
    booked_first = agent.post("/api/bookings", json=session_of(here), headers=KEY)
    assert booked_first.status_code == 201
    hold = agent.post("/api/holds", json=session_of(here), headers=KEY)
    assert problem(hold, 422)["code"] == "idempotency_key_reused"


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


@pytest.mark.fire
def test_a_key_with_many_bodies_at_the_same_moment_books_one_of_them(app: FastAPI, busy: World) -> None:
    bodies = [session_of(busy, notes=f"Take {n % 4}") for n in range(12)]
    answers = _at_once(app, busy, "/api/bookings", bodies, KEY)
    made = [n % 4 for n, answer in enumerate(answers) if answer.status_code == 201]
    assert len(set(made)) == 1
    assert len(made) == 3
    assert {problem(answer, 422)["code"] for answer in answers if answer.status_code != 201} == {
        "idempotency_key_reused"
    }
    assert stored()["booking"] == 1
