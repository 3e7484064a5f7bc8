"""A schema says what its view says, once."""

from dataclasses import dataclass

import pytest

from studio_app.api.schemas import schema_of, writer


@dataclass(frozen=True)
class Base:
    rate_cents: int = 0
    """Per hour."""


@dataclass(frozen=True)
class Room(Base):
    id: int = 1
    names: tuple[str, ...] = ()
    secret: str = ""


def test_a_field_of_the_view_is_shown_with_its_meaning_and_unit() -> None:
    schema = schema_of(Room, "Room", omit={"secret": "not shown"}).model_json_schema()
    assert list(schema["properties"]) == ["id", "rate_cents", "names"]
    assert len(schema["required"]) == 3
    assert schema["properties"]["rate_cents"]["description"] == "Per hour. Whole cents of the studio's currency."


def test_a_view_is_written_without_what_is_left_out() -> None:
    write = writer(schema_of(Room, "Room", omit={"secret": "not shown"}))
    assert write(Room(names=("A",))) == {"id": 1, "rate_cents": 0, "names": ["A"]}


def test_what_is_left_out_must_exist() -> None:
    with pytest.raises(ValueError, match="Room has no colour"):
        schema_of(Room, "Room", omit={"colour": "there is none"})
