"""A record's fields are said once: checked, shown and kept from readers by what stands beside their type."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Annotated, Any

import pytest

from services.core.access import SYSTEM, Actor, Permission, anonymous
from services.core.checking import noted
from services.core.errors import DomainError, Invalid
from services.core.fields import parse_name, parse_text
from services.core.records import Check, ReadBy, checked, readable, record_fields


class Tuning(StrEnum):
    EQUAL = "EQUAL"
    PURE = "PURE"


@dataclass(frozen=True, slots=True)
class NewPiano:
    name: Annotated[str, Check(parse_name, "The piano's name")]
    tuning: Tuning = Tuning.EQUAL
    price_cents: Annotated[int | None, ReadBy(Permission.VIEW_CLIENT_MONEY)] = None
    pedals: int = 3
    played_from: time | None = None
    is_grand: bool = False
    makers: tuple[str, ...] = ()
    notes: Annotated[str, Check(parse_text, "The notes", limit=10)] = ""


PIANO = NewPiano("Big one", Tuning.PURE, 1250, 2, time(9, 30), True, ("A", "B"), "loud")


def test_all_that_is_wrong_is_said_in_the_order_of_the_fields() -> None:
    with pytest.raises(DomainError) as refused:
        checked(NewPiano, NewPiano("", tuning="ODD", notes="far too long for it"))  # type: ignore[arg-type]
    assert [one.field for one in (refused.value, *refused.value.others)] == ["name", "tuning", "notes"]


def test_fields_that_belong_together_are_checked_in_the_place_of_the_first() -> None:
    @noted
    def pedals() -> dict[str, Any]:
        raise Invalid("No piano has so many.", field="pedals")

    with pytest.raises(DomainError) as refused:
        checked(NewPiano, NewPiano("", notes="far too long for it"), {"pedals": pedals})
    assert [one.field for one in (refused.value, *refused.value.others)] == ["name", "pedals", "notes"]


@pytest.mark.parametrize(("actor", "price"), [(SYSTEM, 1250), (anonymous(), None)])
def test_who_may_not_read_a_field_gets_its_default(actor: Actor, price: int | None) -> None:
    values = {one.name: getattr(PIANO, one.name) for one in record_fields(NewPiano)}
    assert readable(NewPiano, values, actor).price_cents == price


def test_a_view_that_is_handed_back_is_checked_as_its_form() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class PianoView(NewPiano):
        id: int

    assert "id" not in checked(NewPiano, PianoView(name="Big one", id=7))
