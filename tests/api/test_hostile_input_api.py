"""What nobody should send: refused with a clear answer, and nothing is stored."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.asks import CASH, TICKED, own_session_of, problem, session_of, stored
from tests.world import World

JSON = {"content-type": "application/json"}

WRONG: list[tuple[dict[str, Any], str | None]] = [
    ({"client_id": 0}, "client_id"),
    ({"client_id": 2**31}, "client_id"),
    ({"client_id": 2**70}, "client_id"),
    ({"client_id": "1"}, "client_id"),
    ({"client_id": True}, "client_id"),
    ({"client_id": 1.5}, "client_id"),
    ({"client_id": ...}, "client"),
    ({"client_id": [1]}, "client_id"),
    ({"mode": "in person"}, "mode"),
    ({"mode": ...}, "mode"),
    ({"service": ...}, "service"),
    ({"service": "KARAOKE"}, "service"),
    ({"service": "ONLINE_MIXING"}, "mode"),
    ({"rooms": []}, "rooms"),
    ({"rooms": "1"}, "rooms"),
    ({"rooms": [-1]}, "rooms.0"),
    ({"rooms": [2_000_000]}, "rooms"),
    ({"rooms": list(range(1, 60))}, "rooms"),
    ({"engineer_id": 2_000_000}, "engineer_id"),
    ({"engineer_id": "maya"}, "engineer_id"),
    ({"start": ...}, "start"),
    ({"start": "tonight"}, "start"),
    ({"start": 1_800_000_000}, "start"),
    ({"start": "1800000000"}, "start"),
    ({"start": "2027-02-30T10:00"}, "start"),
    ({"start": "9999-12-31T23:59"}, "start"),
    ({"start": "0001-01-01T00:00+14:00"}, "start"),
    ({"start": "2199-01-01T10:00"}, "start"),
    ({"start": "2027-03-14T02:30"}, "start"),
    ({"start": "2020-01-01T12:00"}, "start"),
    ({"minutes": 0}, "minutes"),
    ({"minutes": -60}, "minutes"),
    ({"minutes": 1441}, "minutes"),
    ({"minutes": 2**40}, "minutes"),
    ({"minutes": "60"}, "minutes"),
    ({"minutes": 60.5}, "minutes"),
    ({"mics": [{"id": 2_000_000}]}, "mics"),
    ({"mics": [{"id": 1, "quantity": 0}]}, "mics.0.quantity"),
    ({"mics": [{"id": 1, "quantity": -3}]}, "mics.0.quantity"),
    ({"mics": {"id": 1}}, "mics"),
    ({"artist": "x" * 201}, "artist"),
    ({"artist": "a\0b"}, "artist"),
    ({"artist": "\ud800"}, "artist"),
    ({"artist": {"name": "Nova"}}, "artist"),
    ({"notes": "x" * 4001}, "notes"),
    ({"notes": "\0"}, "notes"),
    ({"referral": {"type": "SPY", "name": "Q"}}, "referral.type"),
    ({"referral": {"type": "EXTERNAL", "name": " "}}, "referral.name"),
    ({"discount": {"percent": -5, "reason": "x"}}, "discount.percent"),
    ({"discount": {"percent": 101, "reason": "x"}}, "discount.percent"),
    ({"discount": {"amount_cents": -5, "reason": "x"}}, "discount.amount_cents"),
    ({"discount": {"percent": 5, "amount_cents": 5, "reason": "x"}}, "discount"),
    ({"discount": {"percent": 5}}, "discount.reason"),
    ({"payments": [CASH | {"amount_cents": -1}], "authorization": TICKED}, "payments.0.amount_cents"),
    ({"payments": CASH}, "payments"),
    ({"rate_overrides": [{"resource_id": 2_000_000, "hourly_cents": 1, "reason": "x"}]}, "rate_overrides"),
    ({"status": "COMPLETED"}, "status"),
    ({"status": "pending"}, "status"),
    ({"expected_total_cents": -1}, "expected_total_cents"),
    ({"client": {"name": "Ada", "email": "not an address"}, "client_id": ...}, "email"),
    ({"client": {"name": "Ada", "phone": "call me"}, "client_id": ...}, "phone"),
    ({"client": {"name": "", "email": "ada@moss.example"}, "client_id": ...}, "name"),
    ({"client": {"name": "Ada", "admin": True}, "client_id": ...}, "client.admin"),
    ({"total_cents": 1}, "total_cents"),
    ({"__proto__": {}}, "__proto__"),
    ({"\ud800": 1}, None),
    ({"\0": 1}, "\0"),
]


@pytest.mark.parametrize(("changes", "field"), WRONG, ids=lambda value: str(value)[:40])
def test_a_wrong_booking_is_refused_at_its_field(
    agent: TestClient, here: World, changes: dict[str, Any], field: str | None
) -> None:
    before = stored()
    answer = agent.post("/api/bookings", content=json.dumps(session_of(here, **changes)), headers=JSON)
    assert answer.status_code in (404, 422), answer.text
    assert answer.json()["error"]["field"] == field
    assert answer.json()["error"]["message"]
    assert stored() == before


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[]", b'"x"', b"{", b"\xff\xfe", b"[" * 100_000, b'{"\\ud800": 1}', b"1" * 5000, b"NaN"],
    ids=lambda content: repr(content[:12]),
)
@pytest.mark.parametrize("path", ["/api/bookings", "/api/public/bookings", "/api/quotes"])
def test_what_is_no_booking_at_all_is_refused(agent: TestClient, here: World, path: str, content: bytes) -> None:
    answer = agent.post(path, content=content, headers=JSON)
    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["error"]["message"]
    assert stored()["booking"] == 0


def test_a_body_is_read_no_further_than_it_may_be_long(visitor: TestClient, here: World) -> None:
    body = own_session_of(here, notes="x" * 2_000_000)
    assert problem(visitor.post("/api/public/bookings", json=body), 413)["code"] == "too_large"
    pieces = (b" " * 100_000 for _ in range(20))
    assert visitor.post("/api/public/bookings", content=pieces).status_code == 413


@pytest.mark.parametrize("number", ["%00", "..%2f..%2fetc", "a" * 500, "%ff", "'; drop table booking; --"])
@pytest.mark.parametrize("what", ["", "/confirm", "/payments"])
def test_a_number_that_cannot_be_is_refused(agent: TestClient, here: World, number: str, what: str) -> None:
    method = "POST" if what else "GET"
    answer = agent.request(method, f"/api/bookings/{number}{what}", json=CASH if what == "/payments" else None)
    assert answer.status_code in (404, 422), answer.text
    assert answer.json()["error"]["code"]


def test_another_site_cannot_post(agent: TestClient, here: World) -> None:
    answer = agent.post("/api/bookings", json=session_of(here), headers={"Origin": "https://elsewhere.example"})
    assert problem(answer, 403)["code"] == "foreign_origin"
    assert stored()["booking"] == 0
