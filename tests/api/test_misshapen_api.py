"""Whatever is wrong with a request is said in our words, at its field: never in those of a library."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from studio_app.api.misshapen import problems
from tests.api.asks import problem, session_of
from tests.world import World

WRONG: tuple[Any, ...] = ("", "x" * 10_000, -1, 10**12, 1.5, True, [], ["x"], {}, {"x": 1}, "2027-02-30", "\0", "-")
LIBRARY = re.compile(
    r"Input should|Value error|Field required|Extra inputs|valid (string|integer|boolean|list|dictionary)|"
    r"Assertion failed|pydantic|JSON decode|out of range|Invalid isoformat|unpack|parsing|NoneType",
    re.IGNORECASE,
)


def sentences_of(path: str, method: str, answer: Any) -> None:
    if answer.status_code != 422:
        assert answer.status_code < 500, (method, path, answer.text)
        return
    error = answer.json()["error"]
    assert error["message"][0].isupper() or error["message"][0] in "“0123456789", (method, path, error)
    assert error["message"].rstrip()[-1] in ".?", (method, path, error)
    assert not LIBRARY.search(error["message"]), (method, path, error)


def bodies(app: FastAPI) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation that takes JSON, with its fields."""
    spec = app.openapi()
    for path, item in spec["paths"].items():
        for method, operation in item.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if content:
                yield path, method, _fields(spec, content["schema"])


def _fields(spec: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    schema = next((one for one in schema.get("anyOf", ()) if "$ref" in one), schema)
    if "$ref" in schema:
        schema = spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return dict(schema.get("properties", {}))


def _filled(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "1", path)


def test_every_field_of_every_body_with_everything_wrong(app: FastAPI, admin: TestClient, here: World) -> None:
    tried = 0
    for path, method, fields in bodies(app):
        for body in ([], "text", 1, {}, {"no_such_field": 1}):
            sentences_of(path, method, admin.request(method, _filled(path), json=body))
        for field in fields:
            for wrong in WRONG:
                tried += 1
                sentences_of(path, method, admin.request(method, _filled(path), json={field: wrong}))
    assert tried > 500


def test_every_parameter_with_everything_wrong(app: FastAPI, admin: TestClient, here: World) -> None:
    for path, item in app.openapi()["paths"].items():
        for method, operation in item.items():
            for given in operation.get("parameters", ()):
                for wrong in ("x y", "-1", "9" * 30, "2027-02-30", "%00"):
                    where = {"query": "params", "header": "headers"}.get(given["in"])
                    named = {given["name"]: wrong} if where else {}
                    url = path.replace("{" + given["name"] + "}", wrong) if not where else path
                    more = {where: named} if where else {}
                    sentences_of(path, method, admin.request(method, _filled(url), **more))


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"start": 5}, "start", "Start: write a time like 2027-03-14T20:00, in the studio's zone or with an offset."),
        ({"start": "2027-02-30T10:00"}, "start", "Start: there is no 2027-02-30T10:00."),
        ({"minutes": "120"}, "minutes", "Minutes: write a whole number."),
        ({"minutes": 0}, "minutes", "Minutes: write 1 or more."),
        ({"mode": "BY_POST"}, "mode", "Mode: write one of ONLINE or IN_PERSON."),
        ({"rooms": ["one"]}, "rooms.0", "Rooms: write a whole number."),
        ({"mics": [{"quantity": 1}]}, "mics.0.id", "Id is missing."),
        ({"colour": "red"}, "colour", "Colour is no field of this request."),
        ({"artist": "x" * 201}, "artist", "Artist: write at most 200 characters."),
        ({"artist": "\0"}, "artist", "Artist: there are characters in it that cannot be stored."),
    ],
)
def test_a_sentence_names_the_field_and_what_would_be_right(
    agent: TestClient, here: World, changes: dict[str, Any], field: str, message: str
) -> None:
    error = problem(agent.post("/api/bookings", json=session_of(here) | changes), 422)
    assert (error["field"], error["message"]) == (field, message)


@pytest.mark.parametrize("sent", [b"{", b"", b"\xff", b"nul"])
def test_what_is_no_json_is_said_to_be_none(agent: TestClient, here: World, sent: bytes) -> None:
    answer = agent.post("/api/bookings", content=sent, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]["message"] in (
        "The body is not JSON.",
        "A body is missing.",
        "The body cannot be read.",
    )


def test_a_kind_nobody_thought_of_is_no_sentence_of_the_library() -> None:
    found = problems([{"loc": ("body", "amount_cents"), "type": "brand_new", "msg": "Input should be newer"}])
    assert found == [("Amount cents: this cannot be right.", "amount_cents")]


def test_all_that_a_request_got_wrong_is_said_at_once(agent: TestClient, here: World) -> None:
    wrong = {"minutes": "120", "mode": "BY_POST", "colour": "red", "start": 5}
    answer = agent.post("/api/bookings", json=session_of(here) | wrong)
    first = problem(answer, 422)
    said = answer.json()["errors"]
    assert {one["field"] for one in said} == wrong.keys()
    assert said[0] == first
    assert said[-1] == {"code": "invalid", "message": "Colour is no field of this request.", "field": "colour"}


def test_a_list_of_nonsense_is_not_answered_with_as_long_a_list(agent: TestClient, here: World) -> None:
    answer = agent.post("/api/bookings", json=session_of(here) | {f"colour {n}": "red" for n in range(500)})
    assert len(answer.json()["errors"]) <= 51
