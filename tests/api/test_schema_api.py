"""Whatever the OpenAPI description allows, and much it does not: never a 5xx, never an undescribed answer."""

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from studio_app.caller import SESSION_COOKIE
from tests import effort
from tests.api.asks import TICKED, own_session_of
from tests.world import World

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
CALM = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


Real = dict[str, dict[str, Any]]


@pytest.fixture
def real(visitor: TestClient, here: World) -> Real:
    """What a path, a query or a body may really name, so that some requests get past the first checks."""
    body = own_session_of(here, authorization=TICKED)
    made = visitor.post("/api/public/bookings", json=body).json()
    noon, night = here.at(12).isoformat(), here.at(24).isoformat()
    return {
        "path_parameters": {"number": made["booking"]["number"], "token": made["public_token"]},
        "query": {"date": here.day.isoformat(), "start": noon, "end": night, "minutes": 60, "rooms": str(here.a)},
        "body": body | {"client_id": here.nova, "start": here.at(18).isoformat(), "amount_cents": 100},
    }


@pytest.mark.deeper
def test_the_description_holds(app: FastAPI, here: World, real: Real) -> None:
    """For a visitor and for an administrator, who ask the same."""
    callers = {"a visitor": {}, "ivo": {SESSION_COOKIE: here.tokens["ivo"]}}
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    for found in schema.exclude(path="/api/auth/logout").get_all_operations():
        _try(found.ok(), real, callers)


def _try(operation: APIOperation, real: Real, callers: dict[str, dict[str, str]]) -> None:
    @effort.asked_for(CALM)
    @given(
        case=st.one_of(operation.as_strategy(generation_mode=mode) for mode in GenerationMode),
        is_real=st.booleans(),
    )
    def holds(case: Case, is_real: bool) -> None:
        if is_real:
            _make_real(case, real)
        for who, cookies in callers.items():
            note(f"Asked by {who}")
            case.call_and_validate(checks=CHECKS, cookies=cookies)

    holds()


def _make_real(case: Case, real: Real) -> None:
    for part, values in real.items():
        given_values = getattr(case, part)
        if isinstance(given_values, dict):
            given_values |= {name: value for name, value in values.items() if name in given_values}
