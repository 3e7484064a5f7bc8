"""Free time over HTTP: what is free, why not, and what would work."""

from datetime import datetime

from fastapi.testclient import TestClient

from services import bookings
from services.bookings import NewBooking, ServiceMode
from services.clients import NewClient
from services.core import db
from services.core.access import SYSTEM
from tests.api.asks import booked, problem, session_of
from tests.world import ZONE, World


def test_an_empty_day_is_free_from_opening_to_closing(visitor: TestClient, here: World) -> None:
    query = {"date": here.day.isoformat(), "minutes": 60, "rooms": f"{here.a},{here.b}"}
    answer = visitor.get("/api/availability", params=query).json()
    assert answer["date"] == here.day.isoformat()
    assert [room["room_id"] for room in answer["rooms"]] == [here.a, here.b]
    span = answer["rooms"][0]["free"][-1]
    assert datetime.fromisoformat(span["start"]) == here.at(8)
    assert datetime.fromisoformat(span["end"]) == here.at(26)
    assert here.at(8) in [datetime.fromisoformat(start) for start in answer["starts"]]


def test_times_are_told_in_the_studios_zone(visitor: TestClient, here: World) -> None:
    answer = visitor.get("/api/availability", params={"date": here.day.isoformat()}).json()
    assert here.at(8).astimezone(ZONE).isoformat() in answer["starts"]


def test_starts_leave_out_what_is_booked_and_its_buffer(visitor: TestClient, agent: TestClient, here: World) -> None:
    booked(agent, session_of(here))
    query = {"date": here.day.isoformat(), "minutes": 60, "rooms": str(here.a), "service": "RECORDING", "engineer": ""}
    starts = {
        datetime.fromisoformat(start) for start in visitor.get("/api/availability", params=query).json()["starts"]
    }
    assert here.at(10, 30) in starts  # over at 11:30, its own buffer at 11:45
    assert not {here.at(11), here.at(12), here.at(15, 30), here.at(16)} & starts
    assert here.at(16, 30) in starts


def test_why_names_what_is_in_the_way_and_what_would_work(visitor: TestClient, agent: TestClient, here: World) -> None:
    booked(agent, session_of(here))
    query = {"start": here.at(13).isoformat(), "minutes": 120, "rooms": str(here.a), "engineer": here.maya}
    answer = visitor.get("/api/availability/why", params=query).json()
    assert not answer["bookable"]
    assert {(reason["code"], reason["resource_id"]) for reason in answer["reasons"]} >= {
        ("booked", here.a),
        ("booked", here.maya),
    }
    assert 1 <= len(answer["alternatives"]) <= 3
    assert set(answer["alternatives"][0]) == {"start", "rooms", "engineer_id", "label"}


def test_why_tells_staff_more_than_a_visitor(visitor: TestClient, agent: TestClient, here: World) -> None:
    number = booked(agent, session_of(here))["number"]
    query = {"start": here.at(13).isoformat(), "minutes": 60, "rooms": str(here.a)}
    assert number in agent.get("/api/availability/why", params=query).text
    seen = visitor.get("/api/availability/why", params=query).text
    assert number not in seen
    assert "Nova" not in seen


def test_a_free_time_is_bookable(visitor: TestClient, here: World) -> None:
    local = here.at(13).astimezone(ZONE).replace(tzinfo=None).isoformat()
    query = {"start": local, "minutes": 60, "rooms": str(here.a), "service": "RECORDING"}
    assert visitor.get("/api/availability/why", params=query).json() == {
        "bookable": True,
        "reasons": [],
        "alternatives": [],
    }


def test_capacity_tells_what_still_fits(visitor: TestClient, here: World) -> None:
    periods = visitor.get("/api/availability/capacity", params={"date": here.day.isoformat()}).json()["periods"]
    assert [period["name"] for period in periods] == ["Morning", "Afternoon", "Evening"]
    morning = periods[0]
    assert (morning["capacity_minutes"], morning["used_minutes"], morning["remaining_minutes"]) == (480, 0, 480)
    assert {(fit["code"], fit["fits"], fit["message"]) for fit in morning["services"]} >= {("ONLINE_MIXING", True, "")}


def test_capacity_counts_the_bookings_and_says_what_no_longer_fits(visitor: TestClient, here: World) -> None:
    first, gone = (_sold_online(here) for _ in range(2))
    query = {"date": here.day.isoformat()}
    before = visitor.get("/api/availability/capacity", params=query).json()["periods"][0]
    db.run(bookings.cancel, SYSTEM, gone, "Sick")
    after = visitor.get("/api/availability/capacity", params=query).json()["periods"][0]
    assert first != gone
    assert (before["bookings"], after["bookings"]) == (2, 1)
    assert before["used_minutes"] == 2 * after["used_minutes"]
    left = before["remaining_minutes"]
    said = {fit["code"]: fit["message"] for fit in before["services"] if not fit["fits"]}
    assert said["ONLINE_MIXING"].startswith("Online Mixing needs ")
    assert said["ONLINE_MIXING"].endswith("and none are left." if not left else f"and {left} are left.")


def _sold_online(here: World) -> str:
    new = NewBooking(
        ServiceMode.ONLINE, "ONLINE_MIXING", here.at(12), client=NewClient("Nora", email=None), period="Morning"
    )
    return db.run(bookings.create, SYSTEM, new).number


def test_what_cannot_be_is_refused_at_its_field(visitor: TestClient, here: World) -> None:
    day = here.day.isoformat()
    for query, field in (
        ({"date": "soon"}, "date"),
        ({"date": "9999-12-31"}, "date"),
        ({"date": day, "minutes": 0}, "minutes"),
        ({"date": day, "minutes": 10**9}, "minutes"),
        ({"date": day, "rooms": "1;drop"}, "rooms"),
        ({"date": day, "engineer": 2**40}, "engineer"),
        ({"date": day, "service": "\0"}, "service"),
        ({"date": day, "service": "KARAOKE"}, "service"),
    ):
        answer = visitor.get("/api/availability", params=query)
        assert answer.status_code in (404, 422), answer.text
        assert answer.json()["error"]["field"] == field
    assert problem(visitor.get("/api/availability"), 422)["field"] == "date"
