"""A schema says what its view says, once."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

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


@dataclass(frozen=True)
class Closed:
    rooms: tuple[Room, ...]
    since: datetime
    until: datetime | None


CLOSED = schema_of(Closed, "Closed", rename={"since": "start"}, nested={Room: schema_of(Room, "Nested")})


def test_times_are_written_in_the_zone_and_described_as_times() -> None:
    written = writer(CLOSED)(Closed((Room(),), datetime(2027, 1, 1, tzinfo=UTC), None), ZoneInfo("America/New_York"))
    assert (written["start"], written["until"]) == ("2026-12-31T19:00:00-05:00", None)
    assert written["rooms"][0]["id"] == 1
    until = CLOSED.model_json_schema(mode="serialization")["properties"]["until"]
    assert until["anyOf"] == [{"type": "string", "format": "date-time"}, {"type": "null"}]


def test_a_time_without_a_zone_is_not_written() -> None:
    with pytest.raises(ValueError, match="hand it to the writer"):
        writer(CLOSED)(Closed((), datetime(2027, 1, 1, tzinfo=UTC), None))


def test_what_is_left_out_must_exist() -> None:
    with pytest.raises(ValueError, match="Room has no colour"):
        schema_of(Room, "Room", omit={"colour": "there is none"})
