"""The master calendar: sessions, and what else takes time."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from typing_extensions import TypedDict

from services import absences, bookings
from services.absences import BlockView
from services.bookings import BookingFilters, BookingRow
from services.core import clock
from services.core.access import Actor
from services.core.studio import studio_zone
from studio_app.api.answers import documented, in_zone, ok
from studio_app.api.bodies import QueryId, WhenOrDay, Word
from studio_app.api.bookings.filters import Statuses
from studio_app.api.bookings.shapes import RowJson
from studio_app.api.bookings.views import row_json
from studio_app.api.compact import compact
from studio_app.api.deps import Who
from studio_app.api.scheduling.schemas import BlockJson, block_json
from studio_app.state.calendar.holds import pencilled
from studio_app.state.calendar.overview import brief, look

router = APIRouter(prefix="/api/calendar", tags=["Calendar"])


class CalendarQuery(BaseModel):
    start: WhenOrDay
    end: WhenOrDay
    room: QueryId = None
    engineer: QueryId = None
    status: Statuses = []
    service: Word = ""


class CalendarAnswer(TypedDict):
    bookings: list[RowJson]
    blocks: list[BlockJson]


@router.get("/master", responses=documented(CalendarAnswer, 401, 403, 422))
def master(query: Annotated[CalendarQuery, Query()], who: Who) -> Response:
    """Everything that meets `[start, end)`, at most two months; of days, also the last. Engineers get their own."""
    (rows, blocks), zone = who.run(in_zone(_master), query)
    return ok({"bookings": [row_json(row, zone) for row in rows], "blocks": [block_json(one, zone) for one in blocks]})


def _master(session: Any, actor: Actor, query: CalendarQuery) -> tuple[tuple[BookingRow, ...], tuple[BlockView, ...]]:
    zone = studio_zone(session)
    start, end = clock.beginning(query.start, zone), clock.ending(query.end, zone)
    filters = BookingFilters(
        room_id=query.room, engineer_id=query.engineer, statuses=tuple(query.status), service=query.service
    )
    blocks = absences.blocks(session, actor, start, end)
    shown = tuple(block for block in blocks if _concerns(block, query))
    return bookings.calendar(session, actor, start, end, filters), shown


def _concerns(block: BlockView, query: CalendarQuery) -> bool:
    """A lockout is of a room, time off of a person, a closure of everybody."""
    asked = {"lockout": query.room, "time_off": query.engineer}.get(block.kind)
    return asked in (None, block.resource_id)


@router.get("/view", include_in_schema=False)
def view(request: Request, who: Who) -> Response:
    """What the calendar's page draws, in words; it takes the same query as the page. Not part of the public API."""
    seen = who.run(look, dict(request.query_params), clock.now())
    drawn = {name: [asdict(one) for one in getattr(seen, name)] for name in ("columns", "days")}
    events = [brief(event) for event in seen.events]
    return compact(
        request, {"frame": asdict(seen.frame), **drawn, "events": events, "away": seen.away, "clock": seen.clock}
    )


@router.get("/holds", include_in_schema=False)
def holds(request: Request, who: Who) -> Response:
    """The strip of pencilled time above what `view` draws; the same query."""
    found = who.run(pencilled, dict(request.query_params), clock.now())
    return compact(request, [asdict(one) for one in found])
