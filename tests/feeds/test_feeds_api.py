"""Calendar addresses over the API, and the calendars behind them."""

import vobject
from fastapi import FastAPI
from fastapi.testclient import TestClient

from services.core import db
from tests.api.asks import booked, session_of
from tests.api.fixtures import client_of
from tests.limits import limit
from tests.world import World


def made(client: TestClient, kind: str, id_: int, label: str = "") -> tuple[int, str]:
    answer = client.post("/api/feeds", json={"kind": kind, "id": id_, "label": label})
    assert answer.status_code == 201, answer.text
    return answer.json()["feed"]["id"], answer.json()["url"]


def test_an_address_is_made_read_listed_and_revoked(agent: TestClient, visitor: TestClient, here: World) -> None:
    booking = booked(agent, session_of(here))
    id_, url = made(agent, "ROOM", here.a, "Wall")
    answer = visitor.get(url)
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["cache-control"].startswith("private")
    assert answer.headers["last-modified"].endswith("GMT")
    assert booking["number"] in vobject.readOne(answer.text).vevent.uid.value
    listed = agent.get("/api/feeds", params={"kind": "ROOM", "id": here.a}).json()
    assert [(row["id"], row["label"], bool(row["last_read_at"])) for row in listed["data"]] == [(id_, "Wall", True)]
    assert url.rsplit("/", 1)[1] not in str(listed)
    assert agent.delete(f"/api/feeds/{id_}").status_code == 204
    gone, wrong = visitor.get(url), visitor.get("/api/feeds/never-was.ics")
    assert (gone.status_code, gone.text) == (wrong.status_code, wrong.text) == (404, gone.text)
    assert agent.delete(f"/api/feeds/{id_}").status_code == 404


def test_what_has_not_changed_is_not_sent_again(agent: TestClient, visitor: TestClient, here: World) -> None:
    number = booked(agent, session_of(here))["number"]
    _, url = made(agent, "CLIENT", here.nova)
    etag = visitor.get(url).headers["etag"]
    assert visitor.get(url, headers={"If-None-Match": etag}).status_code == 304
    agent.post(f"/api/bookings/{number}/confirm")
    assert visitor.get(url, headers={"If-None-Match": etag}).status_code == 200


def test_engineers_have_only_their_own(engineer: TestClient, here: World) -> None:
    made(engineer, "ENGINEER", here.maya)
    for body in ({"kind": "ROOM", "id": here.a}, {"kind": "ENGINEER", "id": here.rio}, {"kind": "CLIENT", "id": 1}):
        assert engineer.post("/api/feeds", json=body).status_code == 403


def test_a_visitor_makes_and_lists_none(visitor: TestClient, here: World) -> None:
    assert visitor.post("/api/feeds", json={"kind": "ROOM", "id": here.a}).status_code == 401
    assert visitor.get("/api/feeds", params={"kind": "ROOM", "id": here.a}).status_code == 401
    assert visitor.delete("/api/feeds/1").status_code == 401


def test_nobody_tries_addresses_by_the_thousand(app: FastAPI, busy: World) -> None:
    visitor = client_of(app, busy)
    db.run(limit, questions_a_minute=2)
    tried = [visitor.get(f"/api/feeds/guess-{n}.ics").status_code for n in range(3)]
    assert tried == [404, 404, 429]
