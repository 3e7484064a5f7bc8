"""The waitlist over HTTP: staff, clients with their link, and everybody else."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from services import waitlist
from services.core import clock, db
from tests.api.asks import booked, problem, session_of
from tests.world import World

KIM = {"name": "Kim Duval", "email": "kim@duval.example", "phone": "+1 212 555 0188"}


def wish_of(here: World, **changes: Any) -> dict[str, Any]:
    day = here.day.isoformat()
    body = {"client_id": here.nova, "service": "PODCAST", "first_day": day, "last_day": day, "rooms": [here.a]}
    return {name: value for name, value in (body | {"minutes": 120} | changes).items() if value is not ...}


def own_wish_of(here: World, **changes: Any) -> dict[str, Any]:
    return wish_of(here, **{"client_id": ..., "client": KIM} | changes)


def left(client: TestClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post("/api/waitlist", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["wish"]


def offered(visitor: TestClient, here: World, **changes: Any) -> str:
    """A client's wish that has an offer: its token."""
    answer = visitor.post("/api/public/waitlist", json=own_wish_of(here, **changes))
    assert answer.status_code == 201, answer.text
    assert db.run(waitlist.match, clock.now()) == 1
    return str(answer.json()["token"])


def test_staff_leave_a_wish_find_it_and_withdraw_it(agent: TestClient, here: World) -> None:
    wish = left(agent, wish_of(here, not_before="18:00", not_after="02:00", artist="Nova"))
    assert (wish["status"], wish["service"]["code"], wish["not_after"]) == ("WAITING", "PODCAST", "02:00")
    listed = agent.get("/api/waitlist", params={"status": "WAITING,OFFERED", "q": "nova"}).json()
    assert (listed["total"], listed["data"]) == (1, [wish])
    gone = agent.delete(f"/api/waitlist/{wish['id']}").json()["wish"]
    assert gone["status"] == "WITHDRAWN"
    assert problem(agent.delete(f"/api/waitlist/{wish['id']}"), 409)["code"] == "wish_over"


def test_a_client_takes_what_is_offered_and_gets_to_the_booking(visitor: TestClient, here: World) -> None:
    token = offered(visitor, here)
    wish = visitor.get(f"/api/public/waitlist/{token}").json()["wish"]
    assert (wish["status"], wish["offer"]["status"], wish["offer"]["booking_token"]) == ("OFFERED", "OPEN", "")
    taken = visitor.post(f"/api/public/waitlist/{token}/accept").json()["wish"]
    assert taken["status"] == "BOOKED"
    booking = visitor.get(f"/api/public/bookings/{taken['offer']['booking_token']}").json()["booking"]
    assert (booking["number"], booking["start"]) == (taken["offer"]["number"], taken["offer"]["start"])
    assert problem(visitor.post(f"/api/public/waitlist/{token}/decline"), 409)["code"] == "no_open_offer"


def test_a_client_declines_and_withdraws(visitor: TestClient, here: World) -> None:
    token = offered(visitor, here, not_before="12:00", not_after="14:00")
    assert visitor.post(f"/api/public/waitlist/{token}/decline").json()["wish"]["status"] == "WAITING"
    assert visitor.delete(f"/api/public/waitlist/{token}").json()["wish"]["status"] == "WITHDRAWN"


def test_an_answer_names_the_offer_it_means(visitor: TestClient, here: World) -> None:
    token = offered(visitor, here)
    wish = f"/api/public/waitlist/{token}"
    first = visitor.get(wish).json()["wish"]["offer"]
    second = visitor.post(f"{wish}/decline", params={"offer_id": first["id"]}).json()["wish"]["offer"]
    assert second["start"] != first["start"]
    refused = visitor.post(f"{wish}/accept", params={"offer_id": first["id"]})
    assert problem(refused, 409)["code"] == "no_open_offer"
    assert visitor.post(f"{wish}/accept", params={"offer_id": second["id"]}).json()["wish"]["status"] == "BOOKED"


def test_kept_time_is_taken_for_everybody_else(visitor: TestClient, agent: TestClient, here: World) -> None:
    token = offered(visitor, here)
    start = visitor.get(f"/api/public/waitlist/{token}").json()["wish"]["offer"]["start"]
    again = session_of(here, start=start, minutes=60, engineer_id=here.rio)
    assert problem(agent.post("/api/bookings", json=again), 409)["code"] == "slot_taken"
    visitor.delete(f"/api/public/waitlist/{token}")
    booked(agent, again)


def test_staff_answer_for_a_client(agent: TestClient, here: World) -> None:
    wish = left(agent, wish_of(here))
    assert problem(agent.post(f"/api/waitlist/{wish['id']}/accept"), 409)["code"] == "no_open_offer"
    db.run(waitlist.match, clock.now())
    assert agent.post(f"/api/waitlist/{wish['id']}/accept").json()["wish"]["status"] == "BOOKED"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_day": "tomorrow"}, "first_day"),
        ({"last_day": "2020-01-01"}, "last_day"),
        ({"not_before": "25:00"}, "not_before"),
        ({"not_before": "20:00"}, "not_after"),
        ({"rooms": [2_000_000]}, "rooms"),
        ({"rooms": [0]}, "rooms.0"),
        ({"minutes": 0}, "minutes"),
        ({"service": "ONLINE_MIXING"}, "service"),
        ({"client": {"name": "Kim"}}, "client"),
        ({"client_id": 1}, "client_id"),
        ({"notes": "x" * 1001}, "notes"),
    ],
)
def test_a_wrong_wish_is_refused_at_its_field(
    visitor: TestClient, here: World, changes: dict[str, Any], field: str
) -> None:
    refused = problem(visitor.post("/api/public/waitlist", json=own_wish_of(here, **changes)), 422)
    assert refused["field"] == field


def test_engineers_and_visitors_see_no_list(engineer: TestClient, visitor: TestClient, here: World) -> None:
    assert problem(engineer.get("/api/waitlist"), 403)["code"] == "not_allowed"
    assert problem(visitor.get("/api/waitlist"), 401)["code"] == "not_signed_in"
    assert problem(visitor.get("/api/public/waitlist/guess"), 404)["code"] == "wish_not_found"


def test_all_that_is_wrong_with_a_new_client_is_said_at_once(agent: TestClient, here: World) -> None:
    client = KIM | {"name": " ", "email": "kim at duval", "phone": "12"}
    answer = agent.post("/api/waitlist", json=own_wish_of(here, client=client))
    said = answer.json()
    assert [one["field"] for one in said["errors"]] == ["name", "email", "phone"]
    assert (answer.status_code, said["errors"][0]) == (422, said["error"])


def test_one_thing_that_is_wrong_is_the_error(agent: TestClient, here: World) -> None:
    answer = agent.post("/api/waitlist", json=own_wish_of(here, client=KIM | {"email": "kim at duval"}))
    assert (answer.json()["error"]["field"], "errors" in answer.json()) == ("email", False)
