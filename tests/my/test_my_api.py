"""The way to a client's own bookings: asked for, looked at, pressed once."""

from fastapi.testclient import TestClient
from sqlalchemy import text

from services.core import db
from studio_app.caller import CLIENT_COOKIE
from tests.api.asks import booked, problem, session_of
from tests.world import World

NOVA = "nova@lumen.example"


def link_for(visitor: TestClient, email: str = NOVA) -> str:
    assert visitor.post("/api/my/link", json={"email": email}).status_code == 202
    with db.transaction() as session:
        body = session.scalar(text("select body from delivery where type = 'CLIENT_LINK' order by id desc limit 1"))
    return str(body).partition("/my?link=")[2].split()[0]


def test_the_link_is_spent_by_a_post_and_sets_the_cookie(visitor: TestClient, agent: TestClient, here: World) -> None:
    number = booked(agent, session_of(here))["number"]
    assert problem(visitor.get("/api/my/bookings"), 401)["code"] == "not_entered"
    link = link_for(visitor)
    for _ in range(2):
        assert visitor.get("/api/my/session", params={"link": link}).status_code == 405
    answer = visitor.post("/api/my/session", data={"link": link})
    assert answer.status_code == 204, answer.text
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{CLIENT_COOKIE}=")
    assert ("HttpOnly" in cookie, "SameSite=lax" in cookie) == (True, True)
    seen = visitor.get("/api/my/bookings").json()
    assert [one["number"] for one in seen["upcoming"]] == [number]
    assert problem(visitor.post("/api/my/session", data={"link": link}), 422)["code"] == "link_spent"


def test_a_form_is_sent_on_to_the_page(visitor: TestClient, here: World) -> None:
    page = {"Accept": "text/html"}
    link = link_for(visitor)
    for tried, target in ((link, "/my"), (link, "/my?refused=link_spent")):
        answer = visitor.post("/api/my/session", data={"link": tried}, headers=page, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, target)
    left = visitor.post("/api/my/leave", headers=page, follow_redirects=False)
    assert (left.status_code, left.headers["location"]) == (303, "/my")
    assert visitor.get("/api/my/bookings").status_code == 401


def test_known_and_unknown_addresses_are_answered_alike(visitor: TestClient, here: World) -> None:
    known, unknown = (visitor.post("/api/my/link", json={"email": one}) for one in (NOVA, "nobody@example.com"))
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())


def test_the_clients_calendar_is_made_here_and_on_no_bookings_page(
    visitor: TestClient, agent: TestClient, here: World
) -> None:
    made = booked(agent, session_of(here))
    assert visitor.post(f"/api/public/bookings/{made['public_token']}/feed").status_code == 404
    assert visitor.post("/api/my/feeds").status_code == 401
    visitor.post("/api/my/session", data={"link": link_for(visitor)})
    feed = visitor.post("/api/my/feeds").json()
    assert made["number"] in visitor.get(feed["url"]).text
    assert visitor.delete(f"/api/my/feeds/{feed['id']}").status_code == 204
    assert visitor.get(feed["url"]).status_code == 404
