"""Whatever answers GET answers HEAD, without a body: so ask monitors, proxies and calendars."""

from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.api.asks import booked, session_of
from tests.world import World

_UNDESCRIBED = ("/metrics", "/api/calendar/view", "/api/calendar/holds", "/api/openapi.json", "/api/nothing-here")
_SAME = ("content-type", "cache-control", "etag", "location")


def test_every_get_of_the_api_answers_head_alike(app: FastAPI, agent: TestClient, here: World) -> None:
    number = booked(agent, session_of(here))["number"]
    named = {"{number}": number, "{token}": "never-was", "{id}": "1"}
    described = [path for path, methods in app.openapi()["paths"].items() if "get" in methods]
    assert len(described) > 30
    for path in (*described, *_UNDESCRIBED):
        for name, value in named.items():
            path = path.replace(name, value)
        path = "/".join("1" if part.startswith("{") else part for part in path.split("/"))
        got, asked = agent.get(path, follow_redirects=False), agent.head(path, follow_redirects=False)
        assert (path, asked.status_code, asked.content) == (path, got.status_code, b"")
        assert [asked.headers.get(name) for name in _SAME] == [got.headers.get(name) for name in _SAME], path


def test_head_announces_the_length_of_what_get_sends(agent: TestClient, here: World) -> None:
    asked = agent.head("/api/catalog/rooms")
    assert int(asked.headers["content-length"]) == len(agent.get("/api/catalog/rooms").content) > 0


def test_head_of_what_is_only_posted_to_says_so(agent: TestClient, here: World) -> None:
    assert agent.head("/api/auth/login").status_code == 405


def test_an_empty_calendar_is_asked_for_by_head(agent: TestClient, visitor: TestClient, here: World) -> None:
    url = agent.post("/api/feeds", json={"kind": "ROOM", "id": here.a}).json()["url"]
    asked = visitor.head(url)
    assert (asked.status_code, asked.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert asked.headers["etag"] == visitor.get(url).headers["etag"]
