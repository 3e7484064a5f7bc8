"""Reference files over HTTP: type by content, size while reading, saved and never shown."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from services import bookings
from services.core import db
from services.core.access import anonymous
from services.core.config import settings
from tests.api.asks import booked, own_session_of, problem, session_of, stored
from tests.world import World

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def number(agent: TestClient, here: World) -> str:
    return booked(agent, session_of(here))["number"]


def _sent(
    client: TestClient, where: dict[str, str], content: bytes = PDF, name: str = "chords.pdf"
) -> dict[str, object]:
    answer = client.post("/api/uploads", data=where, files={"file": (name, content)})
    assert answer.status_code == 201, answer.text
    return answer.json()["upload"]


def test_a_file_comes_back_as_an_attachment(agent: TestClient, number: str) -> None:
    sent = _sent(agent, {"booking": number})
    assert (sent["name"], sent["type"], sent["size"]) == ("chords.pdf", "application/pdf", len(PDF))
    answer = agent.get(f"/api/uploads/{sent['id']}")
    assert answer.content == PDF
    assert answer.headers["content-disposition"] == 'attachment; filename="chords.pdf"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert agent.get("/api/uploads", params={"booking": number}).json()["data"] == [sent]


def test_the_type_is_what_the_content_says(agent: TestClient, number: str) -> None:
    page = b"<!doctype html><script>alert(1)</script>"
    answer = agent.post("/api/uploads", data={"booking": number}, files={"file": ("song.mp3", page, "audio/mpeg")})
    assert problem(answer, 422)["field"] == "file"
    assert stored()["upload"] == 0


def test_a_name_that_leads_elsewhere_is_only_a_name(agent: TestClient, number: str) -> None:
    assert _sent(agent, {"booking": number}, name="../../etc/passwd.pdf")["name"] == "passwd.pdf"


def test_a_file_is_no_larger_than_the_setting(agent: TestClient, number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPLOAD_LIMIT_MB", "1")
    settings.cache_clear()
    for size, status in ((1_050_000, 422), (1_200_000, 413)):
        big = PDF + b"x" * size
        assert agent.post("/api/uploads", data={"booking": number}, files={"file": big}).status_code == status
    assert stored()["upload"] == 0


async def test_an_endless_body_is_not_read_to_its_end(app: FastAPI, here: World) -> None:
    read = 0
    answered = []

    async def receive() -> dict[str, object]:
        nonlocal read
        read += 1
        start = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' if read == 1 else b""
        return {"type": "http.request", "body": start + b"x" * 1_000_000, "more_body": True}

    async def send(message: dict[str, object]) -> None:
        answered.append(message)

    headers = [(b"content-type", b"multipart/form-data; boundary=x")]
    scope = {"type": "http", "method": "POST", "path": "/api/uploads", "headers": headers, "query_string": b""}
    await app(scope, receive, send)
    assert answered[0]["status"] == 413
    assert 25 <= read <= 28


def test_a_draft_takes_files_along_into_the_booking(visitor: TestClient, agent: TestClient, here: World) -> None:
    draft = db.run(bookings.save_draft, anonymous(), None, {"step": 8})
    kept, dropped = _sent(visitor, {"draft": draft}), _sent(visitor, {"draft": draft}, name="wrong.pdf")
    assert visitor.delete(f"/api/uploads/{dropped['id']}", params={"draft": draft}).status_code == 204
    made = visitor.post("/api/public/bookings", json=own_session_of(here, draft=draft)).json()
    listed = visitor.get(f"/api/public/bookings/{made['public_token']}/uploads").json()["data"]
    assert listed == [kept]
    assert agent.get("/api/uploads", params={"booking": made["booking"]["number"]}).json()["data"] == [kept]


def test_a_client_adds_and_reads_files_by_their_link(visitor: TestClient, here: World) -> None:
    token = visitor.post("/api/public/bookings", json=own_session_of(here)).json()["public_token"]
    sent = visitor.post(f"/api/public/bookings/{token}/uploads", files={"file": ("lyrics.pdf", PDF)}).json()["upload"]
    answer = visitor.get(f"/api/public/bookings/{token}/uploads/{sent['id']}")
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("attachment")


def test_files_are_for_those_who_see_the_booking(
    as_person: Callable[[str], TestClient], agent: TestClient, number: str, here: World
) -> None:
    file_id = _sent(agent, {"booking": number})["id"]
    other = booked(agent, session_of(here, rooms=[here.b], engineer_id=here.sam))["number"]
    hidden = _sent(agent, {"booking": other})["id"]
    assert as_person("").get(f"/api/uploads/{file_id}").status_code == 401
    assert as_person("").post("/api/uploads", data={"booking": number}, files={"file": PDF}).status_code == 401
    assert as_person("maya").get(f"/api/uploads/{file_id}").status_code == 200
    assert as_person("maya").get(f"/api/uploads/{hidden}").status_code == 404


def test_where_a_file_belongs_is_said_once(agent: TestClient, number: str) -> None:
    for where in ({}, {"booking": number, "draft": "x"}):
        assert problem(agent.post("/api/uploads", data=where, files={"file": PDF}), 422)["field"] == "draft"
    assert problem(agent.post("/api/uploads", data={"booking": number}), 422)["field"] == "file"
    assert problem(agent.post("/api/uploads", data={"draft": "gone"}, files={"file": PDF}), 422)["field"] == "draft"
