"""A form's refusals come all at once, in order, one for each field."""

from typing import Any

import pytest

from services.core.checking import all_at_once, noted, together
from services.core.errors import DomainError, Invalid


@noted
def needed(text: str, field: str) -> str:
    if not text:
        raise Invalid(f"The {field} is missing.", field=field)
    return text


@noted
def short(text: str, field: str) -> str:
    if len(needed(text, field)) > 5:
        raise Invalid(f"The {field} is too long.", field=field)
    return text


@all_at_once
def person(name: str, city: str, street: str = "High") -> dict[str, Any]:
    fields = {"name": short(name, "name").title(), "city": short(city, "city"), "street": needed(street, "street")}
    if name == city:
        raise Invalid("Nobody is called as their city.", field="city")
    return fields


def found(name: str, city: str, street: str = "High") -> list[tuple[str | None, str]]:
    with pytest.raises(Invalid) as refusal:
        person(name, city, street)
    return [(one.field, one.message) for one in (refusal.value, *refusal.value.others)]


def test_a_form_that_is_right_is_read() -> None:
    assert person("nova", "York") == {"name": "Nova", "city": "York", "street": "High"}


def test_all_that_is_wrong_is_said_in_order() -> None:
    @all_at_once
    def checked() -> None:
        needed("", "name")
        short("much too long", "city")
        needed("", "street")

    with pytest.raises(Invalid) as refusal:
        checked()
    assert [one.field for one in (refusal.value, *refusal.value.others)] == ["name", "city", "street"]


def test_what_a_refused_field_leaves_behind_is_no_failure_of_ours() -> None:
    assert found("", "York") == [("name", "The name is missing.")]


def test_a_failure_of_ours_is_not_taken_for_a_refusal() -> None:
    @all_at_once
    def checked() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        checked()


def test_a_refusal_of_the_form_itself_comes_last_and_one_a_field() -> None:
    assert found("York", "York") == [("city", "Nobody is called as their city.")]
    twice = together([Invalid("a", field="x"), DomainError("b"), Invalid("c", field="x")])
    assert [one.message for one in (twice, *twice.others)] == ["a", "b"]


def test_outside_of_a_form_a_check_refuses_by_itself() -> None:
    with pytest.raises(Invalid) as refusal:
        short("much too long", "city")
    assert refusal.value.others == ()
