"""A booking that was sold changes over HTTP: looked at, made, taken back."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services import bookings
from services.core import db
from tests.api.asks import TICKED, booked, problem, session_of, stored
from tests.world import World


@pytest.fixture
def sold(agent: TestClient, here: World) -> dict[str, Any]:
    return booked(agent, session_of(here, status="CONFIRMED"))


def ways(here: World) -> dict[str, tuple[str, str, dict[str, Any]]]:
    return {
        "extend": ("POST", "extend", {"minutes": 60}),
        "time": ("PATCH", "time", {"start": here.at(14).isoformat(), "minutes": 180}),
        "room": ("PATCH", "room", {"from": here.a, "to": here.b}),
        "rooms": ("PATCH", "rooms", {"rooms": [here.a, here.b]}),
        "engineer": ("PATCH", "engineer", {"to": here.rio}),
        "nobody": ("PATCH", "engineer", {"to": None}),
    }


def ask(client: TestClient, number: str, method: str, path: str, body: dict[str, Any] | None, **query: Any) -> Any:
    return client.request(method, f"/api/bookings/{number}/{path}", json=body, params=query)


@pytest.mark.parametrize("name", ["extend", "time", "room", "rooms", "engineer", "nobody"])
def test_looked_at_made_and_taken_back(agent: TestClient, here: World, sold: dict[str, Any], name: str) -> None:
    way = ways(here)[name]
    before = stored()
    seen = ask(agent, sold["number"], *way, preview="true")
    assert seen.status_code == 200, seen.text
    preview = seen.json()["preview"]
    assert preview["bookable"] is True
    assert stored() == before
    changed = ask(agent, sold["number"], *way)
    assert changed.status_code == 200, changed.text
    booking = changed.json()["booking"]
    assert booking["total_cents"] == preview["total_cents"] == sum(line["amount_cents"] for line in booking["lines"])
    assert (booking["start"], booking["end"]) == (preview["after"]["start"], preview["after"]["end"])
    undone = agent.post(f"/api/bookings/{sold['number']}/undo", json={"version": booking["version"]}).json()["booking"]
    assert {**undone, "version": 0} == {**sold, "version": 0}
    assert stored() == before


def test_minutes_of_an_extension_are_put_on(agent: TestClient, sold: dict[str, Any]) -> None:
    longer = ask(agent, sold["number"], "POST", "extend", {"minutes": 30}).json()["booking"]
    assert longer["minutes"] == sold["minutes"] + 30
    assert longer["total_cents"] == sold["total_cents"] + 15000 // 2 + 6000 // 2


def test_the_room_it_was_booked_in_is_remembered(agent: TestClient, here: World, sold: dict[str, Any]) -> None:
    rooms = ask(agent, sold["number"], "PATCH", "room", {"from": here.a, "to": here.b}).json()["booking"]["rooms"]
    assert [(room["id"], room["original_room_id"]) for room in rooms] == [(here.b, here.a)]


def test_a_taken_slot_answers_409_and_its_preview_says_so(agent: TestClient, here: World, sold: dict[str, Any]) -> None:
    booked(agent, session_of(here, rooms=[here.b], engineer_id=here.sam))
    way = ("PATCH", "room", {"from": here.a, "to": here.b})
    taken = problem(ask(agent, sold["number"], *way), 409)
    assert taken["code"] == "slot_taken"
    assert taken["conflicts"]
    assert taken["alternatives"]
    preview = ask(agent, sold["number"], *way, preview="true").json()["preview"]
    assert preview["bookable"] is False
    assert [reason["code"] for reason in preview["reasons"]] == ["booked"]


def test_the_second_of_two_is_told_what_changed(agent: TestClient, here: World, sold: dict[str, Any]) -> None:
    version = sold["version"]
    assert ask(agent, sold["number"], "POST", "extend", {"minutes": 30, "version": version}).status_code == 200
    late = problem(ask(agent, sold["number"], "PATCH", "engineer", {"to": here.rio, "version": version}), 409)
    assert (late["code"], late["version"]) == ("version_conflict", version + 1)
    assert [change["what"] for change in late["changes"]] == ["booking changed"]


def test_details(agent: TestClient, sold: dict[str, Any]) -> None:
    path = f"/api/bookings/{sold['number']}"
    changed = agent.patch(path, json={"notes": "Bring the piano", "version": sold["version"]}).json()["booking"]
    assert (changed["notes"], changed["artist"]["name"]) == ("Bring the piano", "Nova")
    assert problem(agent.patch(path, json={"notes": "No", "version": sold["version"]}), 409)["code"] == (
        "version_conflict"
    )


def test_the_history_of_changes(agent: TestClient, here: World, sold: dict[str, Any]) -> None:
    ask(agent, sold["number"], "PATCH", "room", {"from": here.a, "to": here.b, "reason": "The piano"})
    [change] = agent.get(f"/api/bookings/{sold['number']}/changes").json()["data"]
    assert (change["kind"], change["reason"], change["who"]) == ("ROOM_SWAP", "The piano", "Abel Okoro")
    assert change["price_difference_cents"] == -4 * 4000


def test_a_cancellation_is_looked_at_first(agent: TestClient, sold: dict[str, Any]) -> None:
    path = f"/api/bookings/{sold['number']}/cancel"
    preview = agent.post(path, params={"preview": "true"}).json()["preview"]
    assert (preview["kind"], preview["total_cents"]) == ("CANCELLATION", 0)
    assert agent.get(f"/api/bookings/{sold['number']}").json()["booking"]["status"] == "CONFIRMED"


def test_overtime_is_looked_at_and_charged(agent: TestClient, here: World) -> None:
    sold = booked(agent, session_of(here, status="CONFIRMED", authorization=TICKED))
    path = f"/api/bookings/{sold['number']}"
    db.run(bookings.check_in, here.team["abel"], sold["number"], now=here.at(12))
    assert agent.get(f"{path}/overtime").json() == {"preview": None}
    late = here.at(16) + timedelta(minutes=30)
    db.run(bookings.check_out, here.team["abel"], sold["number"], now=late)
    assert agent.get(f"{path}/overtime").json()["preview"]["price_difference_cents"] == 10500
    assert agent.post(f"{path}/overtime").json()["booking"]["total_cents"] == sold["total_cents"] + 10500
    assert problem(agent.post(f"{path}/overtime"), 409)["code"] == "no_overtime"


def test_engineers_move_time_and_swap_nothing_and_see_no_money(
    engineer: TestClient, here: World, sold: dict[str, Any]
) -> None:
    preview = ask(engineer, sold["number"], "POST", "extend", {"minutes": 30}, preview="true").json()["preview"]
    assert (preview["lines"], preview["price_difference_cents"], preview["total_cents"]) == ([], None, None)
    refused = ask(engineer, sold["number"], "PATCH", "room", {"from": here.a, "to": here.b})
    assert problem(refused, 403)["code"] == "not_allowed"


def test_visitors_change_nothing(visitor: TestClient, here: World, sold: dict[str, Any]) -> None:
    for method, path, body in ways(here).values():
        problem(ask(visitor, sold["number"], method, path, body), 401)
    problem(visitor.post(f"/api/bookings/{sold['number']}/undo"), 401)


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("POST", "extend", {}, "minutes"),
        ("POST", "extend", {"minutes": 0}, "minutes"),
        ("PATCH", "room", {"to": 1}, "from"),
        ("PATCH", "rooms", {"rooms": []}, "rooms"),
        ("PATCH", "engineer", {}, "to"),
        ("PATCH", "time", {"start": "tomorrow"}, "start"),
        ("PATCH", "time", {"price": 1}, "price"),
    ],
)
def test_what_cannot_be_read_is_named(
    agent: TestClient, sold: dict[str, Any], method: str, path: str, body: dict[str, Any], field: str
) -> None:
    assert problem(ask(agent, sold["number"], method, path, body), 422)["field"] == field


def test_two_sessions_exchange_their_rooms(agent: TestClient, here: World, sold: dict[str, Any]) -> None:
    other = booked(agent, session_of(here, rooms=[here.b], engineer_id=None))
    seen = ask(agent, sold["number"], "PATCH", "room", {"from": here.a, "to": here.b}, preview="true").json()["preview"]
    assert (seen["bookable"], seen["exchange"]) == (False, other["number"])
    body = {"with": other["number"], "version": sold["version"], "with_version": other["version"]}
    previews = ask(agent, sold["number"], "POST", "exchange", body, preview="true").json()["previews"]
    assert [(one["number"], one["bookable"]) for one in previews] == [(sold["number"], True), (other["number"], True)]
    made = ask(agent, sold["number"], "POST", "exchange", body).json()["bookings"]
    assert [[room["id"] for room in one["rooms"]] for one in made] == [[here.b], [here.a]]
    late = ask(agent, sold["number"], "POST", "exchange", body)
    assert problem(late, 409)["code"] == "version_conflict"
    ask(agent, other["number"], "POST", "undo", {})
    rooms = agent.get(f"/api/bookings/{sold['number']}").json()["booking"]["rooms"]
    assert [room["id"] for room in rooms] == [here.a]


def test_an_exchange_with_nobody_is_refused_at_its_field(agent: TestClient, here: World, sold: dict[str, Any]) -> None:
    assert problem(ask(agent, sold["number"], "POST", "exchange", {}), 422)["field"] == "with"
    own = {"with": sold["number"]}
    assert problem(ask(agent, sold["number"], "POST", "exchange", own), 422)["field"] == "with"
    assert ask(agent, sold["number"], "POST", "exchange", {"with": "PS-1"}).status_code == 404
