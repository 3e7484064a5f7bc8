"""Engineers who ask to be replaced in a session, and what is decided."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response
from pydantic import Field
from typing_extensions import TypedDict

from services import changes
from services.changes import SwapRequestView
from studio_app.api.answers import COMMANDS, Instant, ListAnswer, created_once, documented, in_zone, iso, ok, whole_list
from studio_app.api.bodies import Body, IdempotencyKey, Number, OfBooking, PathId, Text
from studio_app.api.bookings.shapes import NamedJson
from studio_app.api.deps import Who

router = APIRouter(prefix="/api", tags=["Swap requests"])


class AskBody(Body):
    reason: Annotated[Text, Field(max_length=500)]


class AnswerBody(Body):
    """The engineer reads the note."""

    note: Annotated[Text, Field(max_length=500)] = ""


class SwapRequestJson(TypedDict):
    id: int
    number: str
    engineer: NamedJson
    reason: str
    status: str
    start: Instant
    end: Instant
    service: str
    rooms: list[str]
    client: str


class SwapRequestAnswer(TypedDict):
    swap_request: SwapRequestJson


class SwapRequestsAnswer(ListAnswer):
    data: list[SwapRequestJson]


@router.get("/swap-requests", responses=documented(SwapRequestsAnswer, 401, 403, 422))
def list_open(who: Who, number: OfBooking = "") -> Response:
    """Those that nobody has answered, the next session first. Engineers get their own."""
    found, zone = who.run(in_zone(changes.open_requests), number)
    return ok(whole_list([_request(one, zone) for one in found]))


@router.post(
    "/bookings/{number}/swap-request", status_code=201, responses=documented(SwapRequestAnswer, *COMMANDS, status=201)
)
def ask(number: Number, body: AskBody, who: Who, idempotency_key: IdempotencyKey = None) -> Response:
    """To be replaced in a session of one's own; a swap of the engineer settles it."""
    return created_once(who, idempotency_key, changes.request_swap, number, body.reason, shape=_answer)


@router.post("/swap-requests/{request_id}/decline", responses=documented(SwapRequestAnswer, *COMMANDS))
def decline(request_id: PathId, who: Who, body: AnswerBody | None = None) -> Response:
    note = body.note if body else ""
    return ok(_answer(*who.run(in_zone(changes.resolve_request), request_id, False, note)))


@router.post("/swap-requests/{request_id}/withdraw", responses=documented(SwapRequestAnswer, 401, 403, 404, 409, 422))
def withdraw(request_id: PathId, who: Who) -> Response:
    return ok(_answer(*who.run(in_zone(changes.withdraw), request_id)))


def _answer(request: SwapRequestView, zone: ZoneInfo) -> SwapRequestAnswer:
    return {"swap_request": _request(request, zone)}


def _request(one: SwapRequestView, zone: ZoneInfo) -> SwapRequestJson:
    return {
        "id": one.id,
        "number": one.number,
        "engineer": {"id": one.engineer_id, "name": one.engineer_name},
        "reason": one.reason,
        "status": one.status,
        "start": iso(one.start, zone),
        "end": iso(one.end, zone),
        "service": one.service_name,
        "rooms": list(one.room_names),
        "client": one.client_name,
    }
