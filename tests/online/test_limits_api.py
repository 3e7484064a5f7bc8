"""What a stranger may do costs something, over the API as on the pages: one set of limits, in the services."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from services import bookings
from services.core import db
from services.core.access import anonymous
from studio_app.state.bookings.public import PublicBookingState
from studio_app.state.bookings.wizard.public import BookState
from studio_app.state.identity.reset import ResetState
from studio_app.state.my.bookings import MyState
from tests.api.asks import TICKED, own_session_of, problem
from tests.api.fixtures import client_of
from tests.limits import limit
from tests.screens.desk import at, play
from tests.world import World

TOKEN = "never-was"
LINK = f"/api/public/bookings/{TOKEN}"
WISH = f"/api/public/waitlist/{TOKEN}"


def sends(here: World) -> list[tuple[str, str, dict[str, Any]]]:
    """All that a visitor sends, with whatever gets it past its shape."""
    day = here.day.isoformat()
    kim = {"name": "Kim Duval", "email": "kim@duval.example", "phone": "+1 212 555 0188"}
    wish = {"service": "PODCAST", "first_day": day, "last_day": day, "client": kim}
    file = {"files": {"file": ("a.pdf", b"%PDF-1.4 x")}}
    return [
        ("POST", "/api/public/bookings", {"json": own_session_of(here)}),
        ("POST", f"{LINK}/authorization", {"json": TICKED}),
        ("POST", f"{LINK}/request", {"json": {"wish": "CANCEL"}}),
        ("POST", f"{LINK}/request/withdraw", {}),
        ("POST", f"{LINK}/uploads", file),
        ("POST", "/api/uploads", {**file, "data": {"draft": TOKEN}}),
        ("POST", "/api/public/waitlist", {"json": wish}),
        ("POST", f"{WISH}/accept", {}),
        ("POST", f"{WISH}/decline", {}),
        ("DELETE", WISH, {}),
        ("POST", "/api/my/link", {"json": {"email": "kim@duval.example"}}),
        ("POST", "/api/my/session", {"data": {"link": TOKEN}}),
        ("POST", "/api/my/feeds", {}),
        ("DELETE", "/api/my/feeds/1", {}),
    ]


def asks(here: World) -> list[tuple[str, str, dict[str, Any]]]:
    day, noon = here.day.isoformat(), here.at(12).isoformat()
    return [
        ("POST", "/api/quotes", {"json": own_session_of(here)}),
        ("GET", "/api/availability", {"params": {"date": day}}),
        ("GET", "/api/availability/why", {"params": {"start": noon, "minutes": 60, "rooms": str(here.a)}}),
        ("GET", "/api/availability/capacity", {"params": {"date": day}}),
        ("GET", "/api/feeds/never-was.ics", {}),
    ]


def test_everything_a_visitor_sends_counts_and_is_stopped(app: FastAPI, busy: World) -> None:
    """With real commits: what is refused must count."""
    visitor = client_of(app, busy)
    db.run(limit, requests_a_minute=1)
    assert visitor.post("/api/my/session", data={"link": TOKEN}).status_code == 422
    for method, path, more in sends(busy):
        refused = problem(visitor.request(method, path, **more), 429)
        assert refused["code"] == "too_many_requests", (method, path)


def test_everything_a_visitor_asks_counts_and_is_stopped(app: FastAPI, busy: World) -> None:
    visitor, agent = client_of(app, busy), client_of(app, busy, "abel")
    db.run(limit, questions_a_minute=1)
    assert visitor.get("/api/feeds/never-was.ics").status_code == 404
    for method, path, more in asks(busy):
        assert visitor.request(method, path, **more).status_code == 429, (method, path)
        if "feeds" not in path:
            assert agent.request(method, path, **more).status_code == 200, (method, path)


def test_every_public_way_in_is_in_a_table(app: FastAPI, visitor: TestClient, here: World) -> None:
    """Whatever takes something from a visitor without asking who they are."""
    open_to_all = {"/api/auth/login", "/api/auth/logout", "/api/my/leave"}
    known = {path.replace(TOKEN, "1") for _, path, _ in (*sends(here), *asks(here))} | open_to_all
    missing = []
    for path, item in app.openapi()["paths"].items():
        for method in set(item) & {"post", "put", "patch", "delete"}:
            filled = "".join("1" if part.startswith("{") else part for part in _parts(path))
            refused = visitor.request(method, filled, json={})
            if refused.status_code not in (401, 405) and filled not in known and not _is_staffs(app, path, method):
                missing.append((method, path))
    assert missing == []


def _parts(path: str) -> list[str]:
    return [part for piece in path.replace("{", "|{").replace("}", "}|").split("|") if (part := piece)]


def _is_staffs(app: FastAPI, path: str, method: str) -> bool:
    """Its description says that it asks for a sign-in; a body of the wrong shape is refused before."""
    return "401" in app.openapi()["paths"][path][method]["responses"]


def test_a_stranger_fills_no_disk(app: FastAPI, busy: World) -> None:
    """Neither by one draft nor by many; staff do as they need."""
    visitor, agent = client_of(app, busy), client_of(app, busy, "abel")
    db.run(limit, bookings_a_day=1)
    drafts = [db.run(bookings.save_draft, anonymous(), None, {}) for _ in range(2)]
    file = {"file": ("a.pdf", b"%PDF-1.4 x")}
    sent = [visitor.post("/api/uploads", files=file, data={"draft": drafts[n % 2]}) for n in range(4)]
    assert [one.status_code for one in sent] == [201, 201, 201, 429]
    assert problem(sent[-1], 429)["field"] == "file"
    made = visitor.post("/api/public/bookings", json=own_session_of(busy)).json()["booking"]
    assert visitor.post(f"/api/public/bookings/{made['public_token']}/uploads", files=file).status_code == 429
    assert agent.post("/api/uploads", files=file, data={"booking": made["number"]}).status_code == 201


async def test_the_pages_stop_at_the_same_limits(busy: World) -> None:
    db.run(limit, requests_a_minute=3, links_an_hour=2)
    reset = await at(ResetState)
    await play(reset.ask({"email": "abel.okoro@platinum.studio"}))
    await play(reset.ask({"email": "abel.okoro@platinum.studio"}))
    await play(reset.ask({"email": "abel.okoro@platinum.studio"}))
    assert "already" in reset.errors["email"]
    with db.transaction() as session:
        assert session.scalar(text("select count(*) from delivery where type = 'PASSWORD_RESET'")) == 2
    mine = await at(MyState)
    assert "Too many requests" in await play(mine.ask({"email": "nova@lumen.example"}))
    own = await at(PublicBookingState, path=f"/booking/{TOKEN}")
    assert "Too many requests" in await play(own.ask({"wish": "CANCEL", "message": ""}))


async def test_the_wizard_stops_at_the_same_limit(busy: World) -> None:
    wizard = await at(BookState, path="/book")
    await play(wizard.load())
    db.run(limit, questions_a_minute=1)
    assert "may ask" in await play(wizard.go_on({"name": "Kim", "email": "kim@duval.example", "phone": "2125550188"}))


@pytest.mark.parametrize("many", [2, 3])
def test_one_booking_is_asked_about_a_few_times_a_day(visitor: TestClient, here: World, many: int) -> None:
    db.run(limit, change_requests_a_day=many)
    token = visitor.post("/api/public/bookings", json=own_session_of(here)).json()["public_token"]
    asked = []
    for _ in range(many + 1):
        asked.append(visitor.post(f"/api/public/bookings/{token}/request", json={"wish": "CANCEL"}))
        visitor.post(f"/api/public/bookings/{token}/request/withdraw")
    assert [one.status_code for one in asked] == [200] * many + [429]
    assert problem(asked[-1], 429)["message"].startswith("We have your messages")
