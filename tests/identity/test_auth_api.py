import zoneinfo
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient

from services import catalog, identity
from services.core import db
from services.core.access import SYSTEM
from services.core.config import settings
from studio_app.api.identity.endpoints import safe_next
from studio_app.caller import SESSION_COOKIE
from tests.limits import limit
from tests.world import World

EMAIL, PASSWORD = "dana@example.com", "a long enough sentence"
GOOD = {"email": EMAIL, "password": PASSWORD}


@pytest.fixture
def dana(api: TestClient) -> TestClient:
    db.run(identity.create_admin, SYSTEM, EMAIL, "Dana K.", PASSWORD)
    return api


def test_signing_in_answers_who_it_is_and_sets_a_cookie_scripts_cannot_read(dana: TestClient) -> None:
    answer = dana.post("/api/auth/login", json=GOOD)
    assert answer.status_code == 200
    shown = {"id": 0, "name": "Dana K.", "email": EMAIL, "roles": ["ADMIN"], "theme": None}
    assert answer.json()["user"] | {"id": 0} == shown
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(SESSION_COOKIE)
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert dana.get("/api/auth/me").json()["user"]["email"] == EMAIL


def test_the_cookie_is_secure_behind_tls(dana: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://studio.example")
    settings.cache_clear()
    answer = dana.post("/api/auth/login", json=GOOD, headers={"Origin": "https://studio.example"})
    assert "secure" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize("wrong", [{"password": "no"}, {"email": "nobody@example.com"}])
def test_a_wrong_sign_in_is_refused_without_saying_which_part_is_wrong(dana: TestClient, wrong: dict[str, str]) -> None:
    answer = dana.post("/api/auth/login", json=GOOD | wrong)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "wrong_sign_in"
    assert "set-cookie" not in answer.headers


def test_five_wrong_tries_lock_the_account(dana: TestClient) -> None:
    for _ in range(5):
        dana.post("/api/auth/login", json=GOOD | {"password": "no"})
    answer = dana.post("/api/auth/login", json=GOOD)
    assert answer.status_code == 423
    assert answer.json()["error"]["code"] == "locked"


def test_signing_out_ends_the_session_at_once(dana: TestClient) -> None:
    dana.post("/api/auth/login", json=GOOD)
    token = dana.cookies[SESSION_COOKIE]
    assert dana.post("/api/auth/logout").status_code == 204
    assert dana.get("/api/auth/me", headers={"Cookie": f"{SESSION_COOKIE}={token}"}).status_code == 401


def test_without_signing_in_there_is_no_me(api: TestClient) -> None:
    answer = api.get("/api/auth/me")
    assert answer.status_code == 401
    assert answer.json() == {"error": {"code": "not_signed_in", "message": "Please sign in first.", "field": None}}


@pytest.mark.parametrize(
    ("asked", "sent_to"),
    [
        ("/bookings?page=2", "/bookings?page=2"),
        ("", "/today"),
        ("//evil.example", "/today"),
        ("/\\evil.example", "/today"),
        ("https://evil.example/x", "/today"),
        ("javascript:alert(1)", "/today"),
        ("/a\r\nSet-Cookie: x=1", "/today"),
    ],
)
def test_a_form_is_sent_on_to_a_page_of_ours_only(dana: TestClient, asked: str, sent_to: str) -> None:
    assert safe_next(asked) == sent_to
    answer = dana.post("/api/auth/login", data=GOOD | {"next": asked}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == sent_to


def test_a_refused_form_goes_back_to_the_form(dana: TestClient) -> None:
    answer = dana.post("/api/auth/login", data=GOOD | {"password": "no", "next": "/calendar"}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?refused=wrong_sign_in&next=/calendar"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("{}", "email"),
        ('{"email": "a@b.c", "password": 5}', "password"),
        ("not json", None),
        ("[]", None),
        ('{"email": "a@b.c", "password": "%s"}' % ("x" * 5000), "password"),
    ],
)
def test_a_misshapen_sign_in_names_the_field(api: TestClient, body: str, field: str | None) -> None:
    answer = api.post("/api/auth/login", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == field


def test_another_site_cannot_sign_anyone_in(dana: TestClient) -> None:
    answer = dana.post("/api/auth/login", json=GOOD, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "foreign_origin"


def test_a_program_without_an_origin_may(dana: TestClient) -> None:
    del dana.headers["Origin"]
    assert dana.post("/api/auth/login", json=GOOD).status_code == 200


def test_too_many_tries_from_one_address_wait(dana: TestClient) -> None:
    db.run(catalog.first_catalog)
    db.run(limit, sign_ins_a_minute=2)
    answers = [dana.post("/api/auth/login", json=GOOD) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60


def test_health_readiness_and_metrics(api: TestClient) -> None:
    assert api.get("/healthz").json() == {"status": "ok"}
    assert api.get("/readyz").json() == {"status": "ok", "warnings": []}
    assert "studio_requests_total" in api.get("/metrics").text


def test_readiness_warns_where_the_two_copies_of_the_zone_rules_differ(
    visitor: TestClient, here: World, tmp_path: Path
) -> None:
    """A machine whose New York goes by the clocks of Tokyo: traffic may come, and somebody should look."""
    tokyo = resources.files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (tmp_path / "America").mkdir()
    (tmp_path / "America" / "New_York").write_bytes(tokyo)
    try:
        zoneinfo.reset_tzpath((tmp_path,))
        ZoneInfo.clear_cache(only_keys=["America/New_York"])
        answer = visitor.get("/readyz")
    finally:
        zoneinfo.reset_tzpath(())
        ZoneInfo.clear_cache(only_keys=["America/New_York"])
    assert answer.status_code == 200
    (warning,) = answer.json()["warnings"]
    assert warning["code"] == "zone_rules_differ"
    assert "America/New_York" in warning["message"]


def test_a_path_that_is_not_there_answers_in_json(api: TestClient) -> None:
    assert api.get("/api/nothing").json()["error"]["code"] == "not_found"
    assert api.get("/api/auth/login").status_code == 405


def test_the_readable_api_is_for_signed_in_people(dana: TestClient) -> None:
    assert dana.get("/api/docs", follow_redirects=False).headers["location"] == "/login?next=/api/docs"
    dana.post("/api/auth/login", json=GOOD)
    assert "/api/auth/login" in dana.get("/api/docs").text
