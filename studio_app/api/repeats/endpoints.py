"""The same session again, by a rule."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from pydantic import Field
from typing_extensions import TypedDict

from services import repeats
from services.bookings import BookingStatus, BookingView
from services.changes import Change
from services.repeats import Occurrence, Scope, Series
from studio_app.api.answers import COMMANDS, Instant, created_once, documented, in_zone, iso, ok
from studio_app.api.bodies import Body, Day, Id, IdempotencyKey, Line, Minutes, Number, When
from studio_app.api.bookings.bodies import CancelBody
from studio_app.api.bookings.shapes import BookingJson
from studio_app.api.bookings.views import booking_json
from studio_app.api.changes.bodies import ChangeBody
from studio_app.api.changes.views import CHANGE_REFUSED, VERSION_CHANGED, PreviewJson, preview_json
from studio_app.api.deps import LongWho, Who
from studio_app.api.scheduling.schemas import AlternativeJson, ReasonJson, alternatives_json, reasons_json

router = APIRouter(prefix="/api/bookings", tags=["Bookings"])


class RepeatBody(Body):
    """Weekly unless the rule (RFC 5545) says otherwise, for at most two years.

    `count`, or the rule's COUNT, is how many sessions there are in the end, this one included, on whatever day it
    falls: 4 makes three more. `until`, or the rule's UNTIL, is the last day instead.
    """

    rule: Line = "FREQ=WEEKLY"
    count: Annotated[int, Field(strict=True, ge=2, le=200)] | None = None
    until: Day | None = None
    chosen: Annotated[list[When], Field(max_length=200)] | None = None
    """Only these starts of the rule."""

    def whole_rule(self) -> str:
        count = f";COUNT={self.count}" if self.count else ""
        until = f";UNTIL={self.until:%Y%m%d}" if self.until else ""
        return f"{self.rule}{count}{until}"


class SeriesChangeBody(ChangeBody):
    """Of this booking; the others in the scope follow. What is left out stays."""

    scope: Scope
    start: When | None = None
    minutes: Minutes | None = None
    rooms: Annotated[list[Id], Field(min_length=1, max_length=50)] | None = None
    engineer_id: Id | None = None
    without_engineer: Annotated[bool, Field(strict=True)] = False

    def to_change(self) -> Change:
        return self._change(
            start=self.start,
            minutes=self.minutes,
            room_ids=None if self.rooms is None else tuple(self.rooms),
            engineer_id=self.engineer_id,
            without_engineer=self.without_engineer,
        )


class SeriesCancelBody(CancelBody):
    scope: Scope


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


class PreviewsAnswer(TypedDict):
    """With `preview`: each as if those before it had changed already. Nothing is stored."""

    previews: list[PreviewJson]


class MemberJson(TypedDict):
    number: str
    start: Instant
    end: Instant
    status: BookingStatus


class SeriesJson(TypedDict):
    id: int
    rule: str
    bookings: list[MemberJson]


class SeriesAnswer(TypedDict):
    series: SeriesJson


BookingsOrPreviews = RepeatedAnswer | PreviewsAnswer


@router.post(
    "/{number}/repeat",
    status_code=201,
    responses=documented(RepeatedAnswer, *COMMANDS, status=201)
    | {200: {"model": OccurrencesAnswer, "description": "What it would come to"}},
)
def repeat(
    number: Number,
    body: RepeatBody,
    who: LongWho,
    preview: Annotated[bool, Query()] = False,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """All dates or those chosen, in one transaction; `repeat_taken` lists every one that is not free."""
    if preview:
        seen, zone = who.run(in_zone(repeats.preview), number, body.whole_rule())
        return ok({"occurrences": [_occurrence(one, zone) for one in seen]})
    return created_once(who, idempotency_key, repeats.repeat, number, body.whole_rule(), body.chosen, shape=_made)


@router.get("/{number}/series", responses=documented(SeriesAnswer, 401, 403, 404, 422))
def read_series(number: Number, who: Who) -> Response:
    """Everything repeated together with this booking."""
    series, zone = who.run(in_zone(repeats.series_of), number)
    return ok({"series": _series(series, zone)})


@router.patch(
    "/{number}/series",
    responses=documented(BookingsOrPreviews, *COMMANDS) | CHANGE_REFUSED,
)
def change_series(
    number: Number, body: SeriesChangeBody, who: LongWho, preview: Annotated[bool, Query()] = False
) -> Response:
    """A new start moves all of them by as much; all are changed, or none."""
    if preview:
        seen, zone = who.run(in_zone(repeats.preview_series), number, body.to_change(), body.scope)
        return ok({"previews": [preview_json(one, zone) for one in seen]})
    changed = who.run(repeats.change_series, number, body.to_change(), body.scope)
    return ok({"bookings": [booking_json(one) for one in changed]})


@router.post(
    "/{number}/series/cancel",
    responses=documented(BookingsOrPreviews, *COMMANDS) | VERSION_CHANGED,
)
def cancel_series(
    number: Number, body: SeriesCancelBody, who: LongWho, preview: Annotated[bool, Query()] = False
) -> Response:
    """Each by the policy it was sold under."""
    if preview:
        seen, zone = who.run(in_zone(repeats.preview_cancel_series), number, body.scope)
        return ok({"previews": [preview_json(one, zone) for one in seen]})
    found = who.run(repeats.cancel_series, number, body.scope, body.reason, body.version)
    return ok({"bookings": [booking_json(one) for one in found]})


def _series(series: Series, zone: ZoneInfo) -> SeriesJson:
    return {
        "id": series.id,
        "rule": series.rule,
        "bookings": [
            {
                "number": one.number,
                "start": iso(one.start, zone),
                "end": iso(one.end, zone),
                "status": one.status,
            }
            for one in series.members
        ],
    }


def _made(made: tuple[BookingView, ...], _: ZoneInfo) -> dict[str, Any]:
    return {"bookings": [booking_json(one) for one in made]}


def _occurrence(one: Occurrence, zone: ZoneInfo) -> OccurrenceJson:
    return {
        "start": iso(one.start, zone),
        "end": iso(one.end, zone),
        "bookable": one.bookable,
        "reasons": reasons_json(one.answer, zone),
        "alternatives": alternatives_json(one.answer, zone),
        "price_cents": one.price_cents,
    }
