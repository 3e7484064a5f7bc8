"""What requests are made of: bounded, nothing unknown, nothing the database cannot hold."""

import re
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from fastapi import File, Header, Path, Query, UploadFile
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from services.core.fields import MAX_ID
from studio_app.api.misshapen import Misshapen

Moment = TypeVar("Moment", date, datetime)

_YEARS = range(2000, 2201)
_LOST_PLUS = re.compile(r" (\d\d:?\d\d)$")
_INSTANT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?$"
_DAY = r"^\d{4}-\d\d-\d\d$"


class Body(BaseModel):
    """A field that is null is a field left out; one that is unknown is refused by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_left_out(cls, given: Any) -> Any:
        return {name: value for name, value in given.items() if value is not None} if isinstance(given, dict) else given


def _storable(text: str) -> str:
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Misshapen("There are characters in it that cannot be stored.")
    return text


def _instant(given: Any) -> datetime:
    text = _LOST_PLUS.sub(r"+\1", given) if isinstance(given, str) else ""
    if not re.fullmatch(_INSTANT, text, re.ASCII):
        raise Misshapen("Write a time like 2027-03-14T20:00, in the studio's zone or with an offset.")
    at = _real(datetime, text)
    _check_reach(at)
    return at


def _day(given: Any) -> date:
    if not isinstance(given, str) or not re.fullmatch(_DAY, given, re.ASCII):
        raise Misshapen("Write a day like 2027-03-14.")
    day = _real(date, given)
    _check_reach(day)
    return day


def _instant_or_day(given: Any) -> date:
    return _day(given) if isinstance(given, str) and re.fullmatch(_DAY, given, re.ASCII) else _instant(given)


def _real(kind: type[Moment], text: str) -> Moment:
    try:
        return kind.fromisoformat(text)
    except ValueError as error:
        raise Misshapen(f"There is no {text}.") from error


def _check_reach(at: date) -> None:
    if at.year not in _YEARS:
        raise Misshapen("That is too far away.")


def blank_is_none(given: Any) -> Any:
    return None if given == "" else given


Id = Annotated[int, Field(strict=True, ge=1, le=MAX_ID)]
Cents = Annotated[int, Field(strict=True, ge=0, le=10**9)]
Minutes = Annotated[int, Field(strict=True, ge=1, le=24 * 60)]
Quantity = Annotated[int, Field(strict=True, ge=1, le=20)]

Word = Annotated[str, Field(max_length=60), AfterValidator(_storable)]
"""A code, a name of a period, a phone number."""
Line = Annotated[str, Field(max_length=200), AfterValidator(_storable)]
Text = Annotated[str, Field(max_length=4000), AfterValidator(_storable)]

When = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "pattern": _INSTANT, "examples": ["2027-03-14T20:00", "2027-03-14T20:00-04:00"]}),
]
"""ISO 8601. Without an offset it is the studio's wall clock, and arrives naive."""
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]

WhenOrDay = Annotated[
    datetime | date,
    BeforeValidator(_instant_or_day),
    WithJsonSchema(
        {
            "type": "string",
            "anyOf": [{"pattern": _INSTANT}, {"format": "date"}],
            "examples": ["2027-03-14T20:00", "2027-03-14T20:00-04:00", "2027-03-14"],
        }
    ),
]
"""A time, or a whole day: as an end it is included. `clock.beginning` and `clock.ending` read it."""

QueryId = Annotated[Annotated[int, Field(ge=1, le=MAX_ID)] | None, BeforeValidator(blank_is_none)]
QueryIds = Annotated[str, Query(pattern=r"^([0-9]{1,9}(,[0-9]{1,9}){0,49})?$", description="Ids with commas between")]
QueryMinutes = Annotated[int, Query(ge=1, le=24 * 60)]

PathId = Annotated[int, Path(ge=1, le=MAX_ID)]
Number = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,40}$")]
OfBooking = Annotated[str, Query(pattern=r"^[A-Za-z0-9-]{0,40}$", description="The number of one booking; empty: all")]
Token = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
IdempotencyKey = Annotated[
    str | None,
    Header(alias="Idempotency-Key", pattern=r"^[!-~ ]{1,200}$", description="The same key twice is done once."),
]
SentFile = Annotated[UploadFile, File()]


def ids(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",") if part)
