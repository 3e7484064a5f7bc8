"""The same session again, over HTTP."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.asks import booked, problem, session_of, stored
from tests.world import ZONE, World


@pytest.fixture
def number(agent: TestClient, here: World) -> str:
    return booked(agent, session_of(here))["number"]


def noon(here: World, days: int) -> str:
    return here.at(12, days=days).astimezone(ZONE).isoformat()


def repeated(client: TestClient, number: str, body: dict[str, Any], **query: Any) -> Any:
    return client.post(f"/api/bookings/{number}/repeat", json=body, params=query)


def test_the_preview_stores_nothing(agent: TestClient, number: str) -> None:
    before = stored()
    answer = repeated(agent, number, {"count": 3}, preview=True)
    assert answer.status_code == 200, answer.text
    seen = answer.json()["occurrences"]
    assert [one["bookable"] for one in seen] == [True, True]
    assert seen[0]["price_cents"] == agent.get(f"/api/bookings/{number}").json()["booking"]["total_cents"]
    assert stored() == before


def test_all_weeks_are_booked(agent: TestClient, number: str, here: World) -> None:
    answer = repeated(agent, number, {"rule": "FREQ=WEEKLY", "count": 3})
    assert answer.status_code == 201, answer.text
    starts = [one["start"] for one in answer.json()["bookings"]]
    assert starts == [noon(here, 7), noon(here, 14)]


def test_what_is_taken_is_listed_and_nothing_is_booked(agent: TestClient, number: str, here: World) -> None:
    booked(agent, session_of(here, start=here.at(13, days=7).isoformat()))
    before = stored()
    refused = problem(repeated(agent, number, {"count": 3}), 409)
    assert (refused["code"], refused["field"]) == ("repeat_taken", "chosen")
    assert [one["start"] for one in refused["conflicts"]] == [noon(here, 7)]
    assert stored() == before
    chosen = {"count": 3, "chosen": [noon(here, 14)]}
    assert len(repeated(agent, number, chosen).json()["bookings"]) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "rule"),
        ({"rule": "nonsense", "count": 3}, "rule"),
        ({"count": 1}, "count"),
        ({"count": "3"}, "count"),
        ({"until": "2026-13-01"}, "until"),
        ({"count": 3, "chosen": ["2026-01-01T10:00"]}, "chosen"),
        ({"count": 3, "chosen": []}, "chosen"),
    ],
)
def test_bad_input_names_the_field(agent: TestClient, number: str, body: dict[str, Any], field: str) -> None:
    assert problem(repeated(agent, number, body), 422)["field"] == field


def test_only_who_books_may_repeat(visitor: TestClient, number: str) -> None:
    assert repeated(visitor, number, {"count": 3}).status_code == 401


@pytest.fixture
def series(agent: TestClient, number: str) -> list[str]:
    return [number, *(one["number"] for one in repeated(agent, number, {"count": 3}).json()["bookings"])]


def test_a_series_says_who_belongs_to_it(agent: TestClient, series: list[str]) -> None:
    found = agent.get(f"/api/bookings/{series[1]}/series").json()["series"]
    assert (found["rule"], [one["number"] for one in found["bookings"]]) == ("FREQ=WEEKLY;COUNT=3", series)


def test_the_following_are_changed_after_a_look(agent: TestClient, series: list[str], here: World) -> None:
    body = {"scope": "FOLLOWING", "minutes": 300}
    path = f"/api/bookings/{series[1]}/series"
    seen = agent.patch(path, json=body, params={"preview": True}).json()["previews"]
    assert [(one["number"], one["bookable"]) for one in seen] == [(series[1], True), (series[2], True)]
    changed = agent.patch(path, json=body)
    assert changed.status_code == 200, changed.text
    assert [one["minutes"] for one in changed.json()["bookings"]] == [300, 300]
    assert agent.get(f"/api/bookings/{series[0]}").json()["booking"]["minutes"] == 240


def test_a_series_is_cancelled_from_here_on(agent: TestClient, series: list[str]) -> None:
    answer = agent.post(f"/api/bookings/{series[1]}/series/cancel", json={"scope": "FOLLOWING", "reason": "Tour"})
    assert [one["status"] for one in answer.json()["bookings"]] == ["CANCELLED", "CANCELLED"]


def test_a_booking_alone_has_no_series(agent: TestClient, number: str) -> None:
    assert problem(agent.get(f"/api/bookings/{number}/series"), 404)["code"] == "not_repeated"
    assert problem(agent.patch(f"/api/bookings/{number}/series", json={"scope": "ALL"}), 404)["code"] == "not_repeated"
    assert problem(agent.patch(f"/api/bookings/{number}/series", json={"scope": "SOME"}), 422)["field"] == "scope"


def test_cancelling_the_rest_is_shown_before_it_is_done(agent: TestClient, series: list[str]) -> None:
    path, body = f"/api/bookings/{series[1]}/series/cancel", {"scope": "FOLLOWING"}
    before = stored()
    seen = agent.post(path, json=body, params={"preview": True}).json()["previews"]
    assert [(one["number"], one["kind"]) for one in seen] == [(number, "CANCELLATION") for number in series[1:]]
    assert stored() == before
    assert problem(agent.post(path, json=body | {"version": 99}), 409)["code"] == "version_conflict"
    gone = agent.post(path, json=body | {"version": seen[0]["version"]}).json()["bookings"]
    assert [one["status"] for one in gone] == ["CANCELLED", "CANCELLED"]


def test_the_same_key_again_is_the_same_series(agent: TestClient, number: str) -> None:
    path, key = f"/api/bookings/{number}/repeat", {"Idempotency-Key": "once"}
    first, again = (agent.post(path, json={"count": 3}, headers=key).json()["bookings"] for _ in range(2))
    assert [one["number"] for one in again] == [one["number"] for one in first]
