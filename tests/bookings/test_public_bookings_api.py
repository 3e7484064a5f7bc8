"""The client's own booking: made on the public page, kept by its link."""

from datetime import UTC

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from services import clients
from services.core import clock, db
from services.core.access import SYSTEM
from tests.api.asks import CASH, TICKED, booked, own_session_of, problem, session_of, stored
from tests.world import World


@pytest.fixture
def token(visitor: TestClient, here: World) -> str:
    return visitor.post("/api/public/bookings", json=own_session_of(here)).json()["public_token"]


def test_a_stranger_books_and_keeps_the_link(visitor: TestClient, here: World) -> None:
    answer = visitor.post("/api/public/bookings", json=own_session_of(here, authorization=TICKED))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["booking"]["status"], made["booking"]["source"]) == ("PENDING", "PUBLIC_PAGE")
    assert made["booking"]["authorization"]["name"] == "Nova Reyes"
    read = visitor.get(f"/api/public/bookings/{made['public_token']}").json()["booking"]
    assert read == made["booking"]
    assert read["total_cents"] == sum(line["amount_cents"] for line in read["lines"])


def test_what_the_studio_may_do_next_is_no_part_of_the_clients_view(visitor: TestClient, token: str) -> None:
    of_it = f"/api/public/bookings/{token}"
    asked = {"wish": "CANCEL", "message": ""}
    answers = [
        visitor.get(of_it),
        visitor.post(f"{of_it}/request", json=asked),
        visitor.post(f"{of_it}/request/withdraw", json={}),
    ]
    assert ["next_statuses" in one.json()["booking"] for one in answers] == [False] * 3


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"discount": {"percent": 50, "reason": "Please"}}, "discount"),
        ({"status": "CONFIRMED"}, "status"),
        ({"payments": [CASH]}, "payments"),
        ({"client_id": 1}, "client_id"),
        ({"rate_overrides": [{"resource_id": 1, "hourly_cents": 1, "reason": "Please"}]}, "rate_overrides"),
    ],
)
def test_what_is_the_studios_is_not_the_clients(
    visitor: TestClient, here: World, changes: dict[str, object], field: str
) -> None:
    answer = visitor.post("/api/public/bookings", json=own_session_of(here) | changes)
    assert problem(answer, 422)["field"] == field
    assert stored()["booking"] == 0


@pytest.mark.parametrize("left_out", ["email", "phone", "name"])
def test_a_client_leaves_name_email_and_phone(visitor: TestClient, here: World, left_out: str) -> None:
    body = own_session_of(here)
    del body["client"][left_out]
    assert problem(visitor.post("/api/public/bookings", json=body), 422)["field"].startswith("client")
    assert stored()["booking"] == 0


def test_a_known_contact_gives_nothing_of_it_away(visitor: TestClient, agent: TestClient, here: World) -> None:
    nova = {"name": "Whoever", "email": "nova@lumen.example", "phone": "+1 212 555 0199"}
    signed = TICKED | {"name": "Whoever"}
    answer = visitor.post("/api/public/bookings", json=own_session_of(here, client=nova, authorization=signed))
    assert answer.status_code == 201, answer.text
    assert "5550171" not in answer.text
    booking, token = answer.json()["booking"], answer.json()["public_token"]
    again = visitor.get(f"/api/public/bookings/{token}").json()["booking"]
    for shown in (booking, again):
        assert (shown["client"]["name"], shown["client"]["email"], shown["client"]["phone"]) == ("Whoever", None, None)
    assert "Nova" not in answer.text
    assert agent.get(f"/api/bookings/{booking['number']}").json()["booking"]["client"]["name"] == "Nova Reyes"


def test_a_visitor_is_not_told_whose_session_is_in_the_way(visitor: TestClient, agent: TestClient, here: World) -> None:
    number = booked(agent, session_of(here))["number"]
    answer = visitor.post("/api/public/bookings", json=own_session_of(here))
    assert problem(answer, 409)["alternatives"]
    assert number not in answer.text
    assert "Nova" not in answer.text


def test_the_client_signs_what_the_studio_booked_by_its_link(
    visitor: TestClient, agent: TestClient, here: World
) -> None:
    token = booked(agent, session_of(here))["public_token"]
    answer = visitor.post(f"/api/public/bookings/{token}/authorization", json=TICKED)
    assert answer.status_code == 201
    assert answer.json()["booking"]["authorization"]["type"] == "CHECKBOX_ACKNOWLEDGMENT"


def test_the_client_asks_for_a_change_and_nothing_changes_yet(visitor: TestClient, token: str) -> None:
    wish = {"wish": "CHANGE", "message": "An hour later, if that is possible."}
    silent = visitor.post(f"/api/public/bookings/{token}/request", json={"wish": "CHANGE"})
    assert problem(silent, 422)["field"] == "message"
    answer = visitor.post(f"/api/public/bookings/{token}/request", json=wish)
    assert answer.json()["booking"]["status"] == "PENDING"


def test_a_wish_stands_until_it_is_withdrawn(visitor: TestClient, token: str) -> None:
    path = f"/api/public/bookings/{token}/request"
    wish = {"wish": "CHANGE", "message": "An hour later, if that is possible."}
    asked = visitor.post(path, json=wish).json()["booking"]["change_request"]
    assert (asked["wish"], asked["status"], asked["message"]) == ("CHANGE", "OPEN", wish["message"])
    assert problem(visitor.post(path, json={"wish": "CANCEL"}), 409)["code"] == "already_asked"
    assert visitor.post(f"{path}/withdraw").json()["booking"]["change_request"]["status"] == "WITHDRAWN"
    assert problem(visitor.post(f"{path}/withdraw"), 409)["code"] == "already_settled"
    assert visitor.post(path, json={"wish": "CANCEL"}).status_code == 200


def test_the_session_goes_into_a_calendar(visitor: TestClient, token: str, here: World) -> None:
    answer = visitor.get(f"/api/public/bookings/{token}/calendar.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "attachment" in answer.headers["content-disposition"]
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart").astimezone(UTC) == here.at(12)
    assert event.decoded("dtend").astimezone(UTC) == here.at(16)
    assert event.decoded("dtstamp") <= clock.now()
    assert "Studio A" in event["location"]


@pytest.mark.parametrize("path", ["", "/calendar.ics", "/uploads", "/uploads/1"])
def test_a_wrong_token_finds_nothing(visitor: TestClient, here: World, path: str) -> None:
    assert visitor.get(f"/api/public/bookings/no-such-token{path}").status_code == 404
    assert visitor.get(f"/api/public/bookings/%00{path}").status_code == 422


def test_the_links_of_a_client_who_is_forgotten_are_unknown(
    visitor: TestClient, admin: TestClient, here: World, token: str
) -> None:
    days = {"first_day": here.at(12).date().isoformat(), "last_day": here.at(12).date().isoformat()}
    kim = own_session_of(here)["client"]
    asked = visitor.post("/api/public/waitlist", json={"service": "RECORDING", "client": kim, **days}).json()
    booking = visitor.get(f"/api/public/bookings/{token}").json()["booking"]
    db.run(clients.anonymise_client, SYSTEM, booking["client"]["id"])
    at, wish = f"/api/public/bookings/{token}", f"/api/public/waitlist/{asked['token']}"
    unknown = visitor.get("/api/public/bookings/unknown").json(), visitor.get("/api/public/waitlist/unknown").json()
    for path in (at, f"{at}/calendar.ics", f"{at}/uploads", wish):
        answer = visitor.get(path)
        assert (answer.status_code, answer.json() in unknown) == (404, True), path
    for path, body in ((f"{at}/authorization", TICKED), (f"{at}/request", {"wish": "CANCEL"}), (f"{wish}/accept", {})):
        assert visitor.post(path, json=body).status_code == 404, path
    assert visitor.post(f"{at}/uploads", files={"file": ("a.txt", b"words")}).status_code == 404
    assert admin.get(f"/api/bookings/{booking['number']}").json()["booking"]["public_token"] != token
