"""Many bookings at once: the calendar's stretch and the list as CSV."""

import csv
import io
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from tests.api.asks import TICKED, booked, problem, session_of
from tests.world import World


def _week(here: World) -> dict[str, str]:
    return {"start": f"{here.day}T00:00", "end": f"{here.day + timedelta(days=7)}T00:00"}


def test_the_calendar_shows_what_meets_the_stretch(agent: TestClient, here: World) -> None:
    inside = booked(agent, session_of(here))["number"]
    booked(agent, session_of(here, start=here.at(12, days=9).isoformat()))
    night = booked(agent, session_of(here, start=here.at(22, days=-1).isoformat()))["number"]
    answer = agent.get("/api/calendar/master", params=_week(here)).json()
    assert {row["number"] for row in answer["bookings"]} == {inside, night}
    assert answer["blocks"] == []


@pytest.mark.parametrize(
    ("first", "last", "is_there"), [(0, 0, True), (0, 1, True), (-1, 0, True), (1, 2, False), (-2, -1, False)]
)
def test_the_calendar_takes_days_and_the_last_is_included(
    agent: TestClient, here: World, first: int, last: int, is_there: bool
) -> None:
    number = booked(agent, session_of(here))["number"]
    days = {"start": here.day + timedelta(days=first), "end": here.day + timedelta(days=last)}
    answer = agent.get("/api/calendar/master", params=days)
    assert answer.status_code == 200, answer.text
    assert [row["number"] for row in answer.json()["bookings"]] == [number] * is_there


def test_the_calendar_takes_a_day_and_a_time(agent: TestClient, here: World) -> None:
    number = booked(agent, session_of(here))["number"]
    query = {"start": here.day, "end": here.at(13).isoformat()}
    assert [row["number"] for row in agent.get("/api/calendar/master", params=query).json()["bookings"]] == [number]
    assert problem(agent.get("/api/calendar/master", params={"start": here.day, "end": "soon"}), 422)["field"] == "end"
    backwards = {"start": here.day, "end": here.day - timedelta(days=1)}
    assert problem(agent.get("/api/calendar/master", params=backwards), 422)["field"] == "end"


def test_the_calendar_filters(agent: TestClient, here: World) -> None:
    first = booked(agent, session_of(here, status="CONFIRMED"))["number"]
    second = booked(agent, session_of(here, rooms=[here.booth], engineer_id=here.sam, service="PODCAST"))["number"]
    for query, number in (
        ({"room": here.a}, first),
        ({"engineer": here.sam}, second),
        ({"status": "CONFIRMED"}, first),
        ({"service": "PODCAST"}, second),
        ({"status": "PENDING", "room": ""}, second),
    ):
        rows = agent.get("/api/calendar/master", params=_week(here) | query).json()["bookings"]
        assert [row["number"] for row in rows] == [number]


def test_the_calendar_narrows_what_else_takes_time(agent: TestClient, engineer: TestClient, here: World) -> None:
    day = {"start": f"{here.day}T00:00", "end": f"{here.day}T23:00"}
    locked = day | {"kind": "TAKEOVER", "reason": "Series"}
    assert agent.post(f"/api/rooms/{here.b}/lockout", json=locked).status_code == 201
    assert engineer.post("/api/time-off", json=day).status_code == 201
    for query, kinds in (
        ({}, ["lockout", "time_off"]),
        ({"room": here.a}, ["time_off"]),
        ({"room": here.b, "engineer": here.rio}, ["lockout"]),
        ({"engineer": here.maya}, ["lockout", "time_off"]),
    ):
        blocks = agent.get("/api/calendar/master", params=_week(here) | query).json()["blocks"]
        assert sorted(block["kind"] for block in blocks) == kinds


def test_an_engineer_sees_their_own_sessions_and_no_money(
    agent: TestClient, engineer: TestClient, visitor: TestClient, here: World
) -> None:
    own = booked(agent, session_of(here))["number"]
    booked(agent, session_of(here, rooms=[here.booth], engineer_id=here.sam))
    (row,) = engineer.get("/api/calendar/master", params=_week(here)).json()["bookings"]
    assert (row["number"], row["total_cents"]) == (own, None)
    assert visitor.get("/api/calendar/master", params=_week(here)).status_code == 401


def test_a_stretch_is_at_most_two_months_and_the_right_way_round(agent: TestClient, here: World) -> None:
    for days in (-1, 0, 100):
        query = {"start": f"{here.day}T00:00", "end": f"{here.day + timedelta(days=days)}T00:00"}
        assert problem(agent.get("/api/calendar/master", params=query), 422)["field"] == "end"


def test_the_csv_holds_what_is_filtered(agent: TestClient, here: World) -> None:
    booked(agent, session_of(here, authorization=TICKED, artist="=cmd|' /C calc'!A0"))
    booked(agent, session_of(here, rooms=[here.booth], engineer_id=here.sam))
    answer = agent.get("/api/export/bookings.csv", params={"room": here.a})
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["client"], row["rooms"], row["signed"]) == ("Nova Reyes", "Studio A", "yes")
    assert row["artist"].startswith("'=")
    assert row["start (America/New_York)"] == f"{here.day} 12:00"
    assert float(row["total"]) > 0


@pytest.mark.parametrize(("who", "status"), [("visitor", 401), ("engineer", 200)])
def test_the_csv_is_as_open_as_the_list(
    request: pytest.FixtureRequest, agent: TestClient, here: World, who: str, status: int
) -> None:
    booked(agent, session_of(here))
    answer = request.getfixturevalue(who).get("/api/export/bookings.csv")
    assert answer.status_code == status
    if status == 200:
        (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert (row["total"], row["paid"]) == ("", "")


def test_holds_and_the_waitlist_come_as_csv_of_what_is_filtered(
    agent: TestClient, visitor: TestClient, here: World
) -> None:
    number = agent.post("/api/holds", json=session_of(here)).json()["hold"]["number"]
    agent.post("/api/holds", json=session_of(here, rooms=[here.b]))
    wish = {"service": "RECORDING", "first_day": str(here.day), "last_day": str(here.day), "client_id": here.nova}
    assert agent.post("/api/waitlist", json=wish | {"notes": "=nights"}).status_code == 201
    day = {"start": f"{here.day}T00:00", "end": f"{here.day + timedelta(days=1)}T00:00"}
    (hold,) = rows_of(agent, "/api/export/holds.csv", day | {"room": here.a})
    assert (hold["number"], hold["rank"], hold["rooms"]) == (number, "1", "Studio A")
    (wished,) = rows_of(agent, "/api/export/waitlist.csv", {"status": "WAITING,OFFERED"})
    assert (wished["client"], wished["service"], wished["notes"]) == ("Nova Reyes", "Recording", "'=nights")
    assert rows_of(agent, "/api/export/waitlist.csv", {"status": "BOOKED"}) == []
    for path in ("holds", "waitlist"):
        assert visitor.get(f"/api/export/{path}.csv").status_code == 401


def rows_of(client: TestClient, path: str, query: dict[str, object]) -> list[dict[str, str]]:
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
