"""What the OpenAPI description says of operations, money and times."""

from collections.abc import Iterator
from typing import Any

import pytest

from studio_app.api.app import make_api

Field = tuple[str, str, dict[str, Any]]

WITHOUT_UNIT = {
    "BookLineBody",
    "BookingBody",
    "BookingJson",
    "ChangeJson",
    "DiscountBody",
    "LineJson",
    "OccurrenceJson",
    "OfferJson",
    "PaymentBody",
    "PaymentJson",
    "PreviewJson",
    "PublicBookingBody",
    "QuoteAnswer",
    "RateOverrideBody",
    "RoomJson",
    "RowJson",
    "studio_app__api__bookings__shapes__OwnBookingJson",
    "studio_app__api__my__endpoints__OwnBookingJson",
}
"""Schemas whose money does not say its unit yet. May only shrink."""
FREE_ANSWERS = {("BookLineBody", "answers"), ("LineBody", "answers")}
"""Answers to questions, by the question's name."""


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return make_api().openapi()


def _fields(described: dict[str, Any]) -> Iterator[Field]:
    for schema, body in described["components"]["schemas"].items():
        for name, field in body.get("properties", {}).items():
            yield schema, name, field


def test_every_operation_has_a_summary(described: dict[str, Any]) -> None:
    operations = [(path, one) for path, methods in described["paths"].items() for one in methods.values()]
    assert [path for path, one in operations if not one.get("summary")] == []


def test_money_says_its_unit(described: dict[str, Any]) -> None:
    money = [one for one in _fields(described) if one[1].endswith("_cents")]
    assert {schema for schema, _, field in money if "cents" not in field.get("description", "")} == WITHOUT_UNIT


def test_a_time_has_its_format(described: dict[str, Any]) -> None:
    times = [one for one in _fields(described) if one[1].endswith("_at") or one[1] in {"start", "end"}]
    formats = ("'format': 'date-time'", "'format': 'date'", "'pattern': ")
    assert [(schema, name) for schema, name, field in times if not any(said in str(field) for said in formats)] == []


def test_no_object_is_without_fields(described: dict[str, Any]) -> None:
    bare = {(schema, name) for schema, name, field in _fields(described) if field.get("type") == "object"}
    assert bare == FREE_ANSWERS
