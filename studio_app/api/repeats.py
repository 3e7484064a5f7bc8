"""The same session again, by a rule."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from pydantic import Field
from typing_extensions import TypedDict

from services import repeats
from services.repeats import Occurrence
from studio_app.api.answers import CREATES, Instant, created, documented, in_zone, iso, ok
from studio_app.api.availability_views import AlternativeJson, ReasonJson, alternatives_json, reasons_json
from studio_app.api.bodies import Body, Day, Line, Number, When
from studio_app.api.booking_shapes import BookingJson
from studio_app.api.booking_views import booking_json
from studio_app.api.deps import Who

router = APIRouter(prefix="/api/bookings", tags=["Bookings"])


class RepeatBody(Body):
    """Weekly unless the rule (RFC 5545) says otherwise; `count`, the first session included, or `until` ends it."""

    rule: Line = "FREQ=WEEKLY"
    count: Annotated[int, Field(strict=True, ge=2, le=200)] | None = None
    until: Day | None = None
    chosen: Annotated[list[When], Field(max_length=200)] | None = None
    """Only these starts of the rule."""

    def whole_rule(self) -> str:
        count = f";COUNT={self.count}" if self.count else ""
        until = f";UNTIL={self.until:%Y%m%d}" if self.until else ""
        return f"{self.rule}{count}{until}"


class OccurrenceJson(TypedDict):
    start: Instant
    end: Instant
    bookable: bool
    reasons: list[ReasonJson]
    alternatives: list[AlternativeJson]
    price_cents: int | None


class RepeatedAnswer(TypedDict):
    bookings: list[BookingJson]


class OccurrencesAnswer(TypedDict):
    """With `preview`: every date of the rule. Nothing is stored."""

    occurrences: list[OccurrenceJson]


@router.post(
    "/{number}/repeat",
    status_code=201,
    responses=documented(RepeatedAnswer, *CREATES, status=201)
    | {200: {"model": OccurrencesAnswer, "description": "What it would come to"}},
)
def repeat(number: Number, body: RepeatBody, who: Who, preview: Annotated[bool, Query()] = False) -> Response:
    """All dates or those chosen, in one transaction; `repeat_taken` lists every one that is not free."""
    if preview:
        seen, zone = who.run(in_zone(repeats.preview), number, body.whole_rule())
        return ok({"occurrences": [_occurrence(one, zone) for one in seen]})
    made, zone = who.run(in_zone(repeats.repeat), number, body.whole_rule(), body.chosen)
    return created({"bookings": [booking_json(one, zone) for one in made]})


def _occurrence(one: Occurrence, zone: ZoneInfo) -> OccurrenceJson:
    return {
        "start": iso(one.start, zone),
        "end": iso(one.end, zone),
        "bookable": one.bookable,
        "reasons": reasons_json(one.answer, zone),
        "alternatives": alternatives_json(one.answer, zone),
        "price_cents": one.price_cents,
    }
