"""Time off, lockouts and who is free, as programs ask for them."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from services import catalog
from services.catalog import PerformerDetails, WeekStretch
from services.core import db
from services.core.access import SYSTEM
from tests.api.asks import booked, problem, session_of
from tests.world import ZONE, World


def wall(here: World, hour: int, *, days: int = 0) -> str:
    """The studio's wall clock, without an offset."""
    return here.at(hour, days=days).astimezone(ZONE).replace(tzinfo=None).isoformat(timespec="minutes")


def away(here: World, **changes: Any) -> dict[str, Any]:
    body = {"start": wall(here, 0), "end": wall(here, 24), "status": "VACATION", "reason": "VACATION", "note": "Lisbon"}
    return body | changes


def lockout(here: World, **changes: Any) -> dict[str, Any]:
    return {"start": wall(here, 0), "end": wall(here, 0, days=30), "kind": "TAKEOVER", "reason": "Series"} | changes


def test_time_off_is_taken_listed_and_cancelled(engineer: TestClient, here: World) -> None:
    made = engineer.post("/api/time-off", json=away(here)).json()["time_off"]
    assert made == {
        "id": made["id"],
        "start": here.at(0).astimezone(ZONE).isoformat(),
        "end": here.at(24).astimezone(ZONE).isoformat(),
        "status": "VACATION",
        "reason": "VACATION",
        "note": "Lisbon",
    }
    assert engineer.get("/api/time-off").json() == {"data": [made], "total": 1, "page": 1, "page_size": 1}
    assert engineer.delete(f"/api/time-off/{made['id']}").json() == {"time_off": made}
    assert engineer.get("/api/time-off").json()["data"] == []
    problem(engineer.delete(f"/api/time-off/{made['id']}"), 404)


def test_time_off_on_a_session_is_refused_with_the_session(
    engineer: TestClient, agent: TestClient, here: World
) -> None:
    booking = booked(agent, session_of(here))
    refused = problem(engineer.post("/api/time-off", json=away(here)), 409)
    assert (refused["code"], refused["field"]) == ("sessions_in_the_way", "start")
    (session,) = refused["sessions"]
    assert (session["number"], session["client"], session["rooms"]) == (booking["number"], "Nova Reyes", ["Studio A"])
    agent.post(f"/api/bookings/{booking['number']}/cancel")
    assert engineer.post("/api/time-off", json=away(here)).status_code == 201
    assert problem(engineer.post("/api/time-off", json=away(here)), 409)["code"] == "already_blocked"


@pytest.mark.parametrize(("who", "status"), [("", 401), ("abel", 403), ("femi", 403)])
def test_time_off_is_for_engineers_and_performers(
    as_person: Callable[[str], TestClient], here: World, who: str, status: int
) -> None:
    person = as_person(who)
    assert person.get("/api/time-off").status_code == status
    assert person.post("/api/time-off", json=away(here)).status_code == status


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"end": "2020-01-01T00:00"}, "end"),
        ({"status": "GONE"}, "status"),
        ({"start": "soon"}, "start"),
        ({"x": 1}, "x"),
    ],
)
def test_time_off_that_cannot_be_meant_names_the_field(
    engineer: TestClient, here: World, change: dict[str, Any], field: str
) -> None:
    assert problem(engineer.post("/api/time-off", json=away(here, **change)), 422)["field"] == field


def test_rooms_are_locked_together_and_unlocked(agent: TestClient, here: World) -> None:
    made = agent.post(f"/api/rooms/{here.a}/lockout", json=lockout(here, rooms=[here.b, here.a])).json()["lockout"]
    assert (made["rooms"], made["kind"], made["holds"]) == (sorted([here.a, here.b]), "TAKEOVER", [])
    taken = problem(agent.post("/api/bookings", json=session_of(here)), 409)
    assert taken["code"] == "slot_taken"
    assert agent.delete(f"/api/lockouts/{made['id']}").json() == {"lockout": made}
    booked(agent, session_of(here))
    problem(agent.delete(f"/api/lockouts/{made['id']}"), 404)


def test_a_lockout_lists_sessions_as_refusal_and_holds_as_warning(agent: TestClient, here: World) -> None:
    hold = booked(agent, session_of(here, status="HOLD"))
    booking = booked(agent, session_of(here, rooms=[here.b]))
    refused = problem(agent.post(f"/api/rooms/{here.a}/lockout", json=lockout(here, rooms=[here.b])), 409)
    assert [one["number"] for one in refused["sessions"]] == [booking["number"]]
    made = agent.post(f"/api/rooms/{here.a}/lockout", json=lockout(here)).json()["lockout"]
    assert [(one["number"], one["status"]) for one in made["holds"]] == [(hold["number"], "HOLD")]


@pytest.mark.parametrize(("who", "status"), [("", 401), ("maya", 403), ("femi", 403)])
def test_who_may_not_lock_rooms(as_person: Callable[[str], TestClient], here: World, who: str, status: int) -> None:
    person = as_person(who)
    assert person.post(f"/api/rooms/{here.a}/lockout", json=lockout(here)).status_code == status
    assert person.delete("/api/lockouts/1").status_code == status


def test_what_is_no_room_is_not_locked(agent: TestClient, here: World) -> None:
    problem(agent.post(f"/api/rooms/{here.maya}/lockout", json=lockout(here)), 404)
    problem(agent.post(f"/api/rooms/{here.a}/lockout", json=lockout(here, rooms=[10**8])), 404)


def test_who_books_learns_when_performers_are_free(agent: TestClient, visitor: TestClient, here: World) -> None:
    pia = db.run(catalog.create_performer, SYSTEM, PerformerDetails(name="Pia")).id
    week = [WeekStretch(weekday=day, start=time(10), end=time(18)) for day in range(7)]
    db.run(catalog.set_working_hours, SYSTEM, pia, week)

    asked = {"date": here.day.isoformat()}
    found = agent.get("/api/performers/availability", params=asked).json()

    free = {"start": here.at(10).astimezone(ZONE).isoformat(), "end": here.at(18).astimezone(ZONE).isoformat()}
    assert found == {"date": asked["date"], "performers": [{"performer_id": pia, "name": "Pia", "free": [free]}]}
    assert visitor.get("/api/performers/availability", params=asked).status_code == 401
    assert agent.get("/api/performers/availability?date=soon").status_code == 422


def test_lockouts_are_listed(agent: TestClient, engineer: TestClient, here: World) -> None:
    made = agent.post(f"/api/rooms/{here.a}/lockout", json=lockout(here)).json()["lockout"]
    listed = agent.get("/api/lockouts").json()
    assert (listed["total"], [one["id"] for one in listed["data"]]) == (1, [made["id"]])
    problem(engineer.get("/api/lockouts"), 403)


def test_an_engineer_asks_to_be_replaced_and_the_desk_answers(
    engineer: TestClient, agent: TestClient, here: World
) -> None:
    number = booked(agent, session_of(here))["number"]
    path = f"/api/bookings/{number}/swap-request"
    made = engineer.post(path, json={"reason": "Lisbon"}).json()["swap_request"]
    assert (made["engineer"]["name"], made["reason"], made["status"]) == ("Maya Lind", "Lisbon", "OPEN")
    assert problem(engineer.post(path, json={"reason": "Lisbon"}), 409)["code"] == "already_asked"
    assert agent.get("/api/swap-requests").json()["data"] == [made]
    problem(engineer.post(f"/api/swap-requests/{made['id']}/decline"), 403)
    declined = agent.post(f"/api/swap-requests/{made['id']}/decline", json={"note": "Nobody else is free"})
    assert declined.json()["swap_request"]["status"] == "DECLINED"
    assert agent.get(f"/api/swap-requests?number={number}").json()["total"] == 0
    again = engineer.post(path, json={"reason": "Still Lisbon"}).json()["swap_request"]
    assert engineer.post(f"/api/swap-requests/{again['id']}/withdraw").json()["swap_request"]["status"] == "WITHDRAWN"
    assert problem(agent.post(path, json={"reason": "Me too"}), 403)["code"] == "not_allowed"


def test_days_of_a_lockout_and_of_time_off_include_the_last(
    agent: TestClient, engineer: TestClient, here: World
) -> None:
    days = {"start": str(here.day), "end": str(here.day + timedelta(days=1))}
    bounds = [here.at(0).astimezone(ZONE).isoformat(), here.at(0, days=2).astimezone(ZONE).isoformat()]
    locked = agent.post(f"/api/rooms/{here.a}/lockout", json=lockout(here) | days).json()["lockout"]
    off = engineer.post("/api/time-off", json=away(here) | days).json()["time_off"]
    assert [[one["start"], one["end"]] for one in (locked, off)] == [bounds, bounds]


def test_a_refused_lockout_names_the_room_the_days_and_the_reason(agent: TestClient, here: World) -> None:
    days = {"start": str(here.day), "end": str(here.day)}
    assert agent.post(f"/api/rooms/{here.a}/lockout", json=lockout(here) | days).status_code == 201
    refused = problem(agent.post(f"/api/rooms/{here.a}/lockout", json=lockout(here) | days), 409)
    assert refused["code"] == "already_blocked"
    assert refused["message"].startswith("Studio A is locked already, ")
    assert ": Series." in refused["message"]
