"""When performers are free."""

from fastapi import APIRouter, Response
from typing_extensions import TypedDict

from services import scheduling
from studio_app.api.answers import IsoDay, documented, in_zone, iso, iso_day, ok
from studio_app.api.bodies import Day
from studio_app.api.deps import Who
from studio_app.api.scheduling.schemas import SpanJson

router = APIRouter(prefix="/api/performers", tags=["Performers"])


class PerformerFreeJson(TypedDict):
    performer_id: int
    name: str
    free: list[SpanJson]


class PerformersFreeAnswer(TypedDict):
    date: IsoDay
    performers: list[PerformerFreeJson]


@router.get("/availability", responses=documented(PerformersFreeAnswer, 401, 403, 422))
def availability(who: Who, date: Day) -> Response:
    """Free time within the local day. A performer gets their own."""
    found, zone = who.run(in_zone(scheduling.performer_availability), date)
    performers = [
        {
            "performer_id": one.resource_id,
            "name": one.name,
            "free": [{"start": iso(span.start, zone), "end": iso(span.end, zone)} for span in one.free],
        }
        for one in found
    ]
    return ok({"date": iso_day(date), "performers": performers})
