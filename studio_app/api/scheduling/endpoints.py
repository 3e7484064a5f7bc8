"""What is free, and why not."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from services import scheduling
from services.core.access import Actor
from services.core.clock import to_instant
from services.core.studio import studio_info
from services.scheduling import Answer, SlotRequest
from studio_app.api.answers import documented, in_zone, ok
from studio_app.api.bodies import Day, QueryId, QueryIds, QueryMinutes, When, Word, ids
from studio_app.api.deps import Who
from studio_app.api.scheduling.schemas import (
    AvailabilityAnswer,
    CapacityAnswer,
    WhyAnswer,
    availability_json,
    period_json,
    why_json,
)

router = APIRouter(prefix="/api/availability", tags=["Availability"])

Service = Annotated[Word, Query(description="A service's code: its buffer counts")]


@router.get("", responses=documented(AvailabilityAnswer, 404, 422))
def availability(
    who: Who,
    date: Day,
    minutes: QueryMinutes = 60,
    rooms: QueryIds = "",
    service: Service = "",
    engineer: QueryId = None,
) -> Response:
    command = in_zone(scheduling.day_availability)
    return ok(availability_json(*who.run(command, date, minutes, ids(rooms), service or None, engineer)))


@router.get("/why", responses=documented(WhyAnswer, 404, 422))
def why(
    who: Who, start: When, minutes: QueryMinutes, rooms: QueryIds, service: Service = "", engineer: QueryId = None
) -> Response:
    def answer(session: Any, actor: Actor) -> Answer:
        at = to_instant(start, studio_info(session).zone)
        wish = SlotRequest(at, minutes, ids(rooms), engineer_id=engineer)
        return scheduling.why(session, actor, wish, service=service or None)

    return ok(why_json(*who.run(in_zone(answer))))


@router.get("/capacity", responses=documented(CapacityAnswer, 422))
def capacity(who: Who, date: Day) -> Response:
    """Online work by part of the day: what is sold to how many, what is left, what still fits and why not."""
    periods, zone = who.run(in_zone(scheduling.capacity), date)
    return ok({"periods": [period_json(period, zone) for period in periods]})
