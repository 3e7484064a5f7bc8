"""Booking over HTTP, as staff: made, read, listed, refused."""

from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from services import scheduling
from services.core import db
from services.core.access import SYSTEM
from services.core.clock import now
from studio_app.api.metrics import SLOTS_REFUSED
from tests.api.asks import CASH, TICKED, booked, problem, session_of, stored
from tests.world import ZONE, World


def test_a_booking_has_everything_the_contract_names(agent: TestClient, here: World) -> None:
    booking = booked(agent, session_of(here, mics=[{"id": here.u87}], notes="Bring the piano in."))
    assert set(booking) >= {
        "number", "status", "start", "end", "client", "artist", "mode", "service", "rooms", "engineer", "lines",
        "total_cents", "paid_cents", "balance_cents", "deposit_cents", "version",
    }  # fmt: skip
    assert booking["status"] == "PENDING"
    assert booking["client"]["name"] == "Nova Reyes"
    assert booking["artist"]["name"] == "Nova"
    assert booking["service"] == {"code": "RECORDING", "name": "Recording"}
    assert [room["name"] for room in booking["rooms"]] == ["Studio A"]
    assert booking["engineer"]["name"] == "Maya Lind"
    assert booking["total_cents"] == sum(line["amount_cents"] for line in booking["lines"])
    assert (booking["paid_cents"], booking["balance_cents"]) == (0, booking["total_cents"])
    assert datetime.fromisoformat(booking["end"]) - datetime.fromisoformat(booking["start"]) == timedelta(hours=4)


def test_it_reads_back_as_it_was_answered(agent: TestClient, here: World) -> None:
    booking = booked(agent, session_of(here))
    assert agent.get(f"/api/bookings/{booking['number']}").json()["booking"] == booking


def test_a_time_without_an_offset_is_the_studios(agent: TestClient, here: World) -> None:
    local = here.at(12).astimezone(ZONE)
    booking = booked(agent, session_of(here, start=local.replace(tzinfo=None).isoformat(timespec="minutes")))
    assert booking["start"] == local.isoformat()


@pytest.mark.parametrize("offset", ["+09:00", "Z", "-03:30"])
def test_a_time_with_an_offset_is_that_instant(agent: TestClient, here: World, offset: str) -> None:
    there = datetime.strptime("+00:00" if offset == "Z" else offset, "%z").tzinfo
    start = here.at(12).astimezone(there).replace(tzinfo=None).isoformat() + offset
    booking = booked(agent, session_of(here, start=start))
    assert datetime.fromisoformat(booking["start"]) == here.at(12)


def test_everything_at_once_signed_and_paid(agent: TestClient, here: World) -> None:
    payments = [CASH, CASH | {"method": "ZELLE", "amount_cents": 5_000, "reference": "Z-1"}]
    booking = booked(agent, session_of(here, authorization=TICKED, payments=payments, status="CONFIRMED"))
    assert booking["status"] == "CONFIRMED"
    assert booking["authorization"]["type"] == "CHECKBOX_ACKNOWLEDGMENT"
    assert [payment["amount_cents"] for payment in booking["payments"]] == [10_000, 5_000]
    assert booking["balance_cents"] == booking["total_cents"] - 15_000


def test_a_new_client_comes_with_the_booking(agent: TestClient, here: World) -> None:
    body = session_of(here, client_id=..., client={"name": "Ada Moss", "phone": "212 555 0123"})
    assert booked(agent, body)["client"]["phone"] == "+12125550123"


def test_a_known_contact_is_offered_instead_of_a_duplicate(agent: TestClient, here: World) -> None:
    body = session_of(here, client_id=..., client={"name": "Nova R.", "email": "NOVA@lumen.example"})
    error = problem(agent.post("/api/bookings", json=body), 409)
    assert (error["code"], error["client"]["id"]) == ("client_exists", here.nova)


def test_online_work_takes_minutes_of_a_period(agent: TestClient, here: World) -> None:
    body = session_of(here, mode="ONLINE", service="ONLINE_MIXING", rooms=..., engineer_id=..., minutes=...)
    booking = booked(agent, body | {"period": "Morning"})
    assert (booking["period"], booking["rooms"]) == ("Morning", [])
    booked(agent, body | {"period": "Morning"})
    error = problem(agent.post("/api/bookings", json=body | {"period": "Morning"}), 409)
    assert error["code"] == "capacity_taken"
    assert error["conflicts"][0]["code"] == "capacity_short"
    assert error["alternatives"]


def test_a_taken_slot_names_who_has_it_offers_others_and_stores_nothing(agent: TestClient, here: World) -> None:
    first = booked(agent, session_of(here))
    before = stored()
    counted = SLOTS_REFUSED.labels("booked")._value.get()
    body = session_of(here, start=here.at(14).isoformat(), artist="Somebody new")
    error = problem(agent.post("/api/bookings", json=body), 409)
    assert error["code"] == "slot_taken"
    assert first["number"] in error["message"]
    in_the_way = next(one for one in error["conflicts"] if one["resource_id"] == here.a)
    assert datetime.fromisoformat(in_the_way["start"]) == here.at(12)
    assert 1 <= len(error["alternatives"]) <= 3
    assert stored() == before
    assert SLOTS_REFUSED.labels("booked")._value.get() == counted + 1
    today = now().astimezone(ZONE).date()
    assert db.run(scheduling.refused_by_reason, SYSTEM, today, today) == {"booked": 1}


def test_an_alternative_that_is_offered_can_be_booked(agent: TestClient, here: World) -> None:
    booked(agent, session_of(here))
    offer = problem(agent.post("/api/bookings", json=session_of(here)), 409)["alternatives"][0]
    again = session_of(here, start=offer["start"], rooms=offer["rooms"], engineer_id=offer["engineer_id"])
    assert booked(agent, again)["start"] == offer["start"]


def test_a_price_that_changed_is_not_booked_silently(agent: TestClient, here: World) -> None:
    error = problem(agent.post("/api/bookings", json=session_of(here, expected_total_cents=1)), 409)
    assert (error["code"], error["field"]) == ("price_changed", "expected_total_cents")
    assert stored()["booking"] == 0


def test_no_payment_without_authorization_at_booking_either(agent: TestClient, here: World) -> None:
    error = problem(agent.post("/api/bookings", json=session_of(here, payments=[CASH])), 409)
    assert error["code"] == "authorization_required"
    assert stored()["booking"] == stored()["allocation"] == 0


def test_a_visitor_cannot_book_as_staff_or_read(visitor: TestClient, agent: TestClient, here: World) -> None:
    number = booked(agent, session_of(here))["number"]
    assert problem(visitor.post("/api/bookings", json=session_of(here)), 401)["code"] == "not_signed_in"
    assert visitor.get(f"/api/bookings/{number}").status_code == 401
    assert visitor.get("/api/bookings").status_code == 401


def test_an_engineer_reads_their_own_sessions_without_money(
    agent: TestClient, engineer: TestClient, here: World
) -> None:
    own = booked(agent, session_of(here, authorization=TICKED, payments=[CASH]))
    other = booked(agent, session_of(here, rooms=[here.b], engineer_id=here.sam))
    seen = engineer.get(f"/api/bookings/{own['number']}").json()["booking"]
    assert (seen["lines"], seen["payments"]) == ([], [])
    assert {seen[f"{kind}_cents"] for kind in ("total", "paid", "balance", "deposit")} == {None}
    assert seen["rooms"][0]["hourly_rate_cents"] is None
    assert (seen["client"]["email"], seen["public_token"]) == (None, None)
    assert engineer.get(f"/api/bookings/{other['number']}").status_code == 404
    listed = engineer.get("/api/bookings").json()
    assert [row["number"] for row in listed["data"]] == [own["number"]]
    assert listed["data"][0]["total_cents"] is None


def test_the_list_pages_sorts_and_filters(agent: TestClient, here: World) -> None:
    early = booked(agent, session_of(here, minutes=60))["number"]
    late = booked(agent, session_of(here, start=here.at(20).isoformat(), minutes=60, status="CONFIRMED"))["number"]
    other = booked(agent, session_of(here, rooms=[here.booth], engineer_id=here.sam, artist="Ember"))["number"]

    def numbers(**query: object) -> list[str]:
        return [row["number"] for row in agent.get("/api/bookings", params=query).json()["data"]]

    assert numbers(sort="number") == [early, late, other]
    assert numbers(sort="-number", page_size=2) == [other, late]
    assert numbers(sort="-number", page_size=2, page=2) == [early]
    assert agent.get("/api/bookings", params={"page_size": 1}).json()["total"] == 3
    assert numbers(status="CONFIRMED") == [late]
    assert set(numbers(status="CONFIRMED,PENDING")) == {early, late, other}
    assert numbers(room=here.booth) == numbers(engineer=here.sam) == numbers(q="ember") == [other]
    assert numbers(first_day=(here.day + timedelta(days=1)).isoformat()) == []
    assert set(numbers(unsigned="true", engineer="", mode="")) == {early, late, other}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"page": 0}, "page"),
        ({"page_size": 1000}, "page_size"),
        ({"sort": "password"}, "sort"),
        ({"status": "MAYBE"}, "status.0"),
        ({"room": "x"}, "room"),
        ({"first_day": "2026-02-30"}, "first_day"),
        ({"q": "\0"}, "q"),
    ],
)
def test_a_list_refuses_at_the_parameter(agent: TestClient, query: dict[str, object], field: str) -> None:
    assert problem(agent.get("/api/bookings", params=query), 422)["field"] == field


@pytest.mark.parametrize("number", ["PS-99999999", "nothing"])
def test_an_unknown_number_is_not_found(agent: TestClient, number: str) -> None:
    assert problem(agent.get(f"/api/bookings/{number}"), 404)["code"] == "booking_not_found"
