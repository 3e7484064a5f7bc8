"""What clients ask of their bookings, and what they are answered."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response
from pydantic import Field
from typing_extensions import TypedDict

from services import bookings
from services.bookings import ChangeWish, OpenRequest
from studio_app.api.answers import COMMANDS, Instant, ListAnswer, documented, in_zone, iso, ok, whole_list
from studio_app.api.bodies import Body, OfBooking, PathId, Text
from studio_app.api.bookings.shapes import BookingAnswer
from studio_app.api.bookings.views import booking_answer
from studio_app.api.changes.bodies import VersionBody
from studio_app.api.changes.views import VERSION_CHANGED
from studio_app.api.deps import Who

router = APIRouter(prefix="/api/change-requests", tags=["Change requests"])

_Words = Annotated[Text, Field(max_length=1000)]


class WordsBody(Body):
    """The client reads it, in a mail and on their page."""

    answer: _Words


class AcceptBody(VersionBody):
    """`version`: of the booking, as it was read with the fee a cancellation costs."""

    answer: _Words = ""


class OpenRequestJson(TypedDict):
    id: int
    number: str
    wish: ChangeWish
    message: str
    answer: str
    created_at: Instant
    start: Instant
    end: Instant
    service: str
    client: str


class OpenRequestsAnswer(ListAnswer):
    data: list[OpenRequestJson]


@router.get("", responses=documented(OpenRequestsAnswer, 401, 403, 422))
def list_open(who: Who, number: OfBooking = "") -> Response:
    """Those that nobody has settled, the oldest first."""
    found, zone = who.run(in_zone(bookings.open_change_requests), number)
    return ok(whole_list([_request(one, zone) for one in found]))


@router.post("/{request_id}/accept", responses=documented(BookingAnswer, *COMMANDS) | VERSION_CHANGED)
def accept(request_id: PathId, who: Who, body: AcceptBody | None = None) -> Response:
    """Of a wish to cancel: cancels the booking, with its fee (`POST …/cancel?preview=true` shows it). Of a wish to
    change: says that it is done; a change of time or rooms says so by itself.
    """
    body = body or AcceptBody()
    return ok(booking_answer(who.run(bookings.accept_request, request_id, body.answer, body.version)))


@router.post("/{request_id}/answer", responses=documented(BookingAnswer, *COMMANDS))
def answer(request_id: PathId, body: WordsBody, who: Who) -> Response:
    """A word to the client; the wish stays open."""
    return ok(booking_answer(who.run(bookings.answer_request, request_id, body.answer)))


@router.post("/{request_id}/decline", responses=documented(BookingAnswer, *COMMANDS))
def decline(request_id: PathId, body: WordsBody, who: Who) -> Response:
    return ok(booking_answer(who.run(bookings.decline_request, request_id, body.answer)))


def _request(one: OpenRequest, zone: ZoneInfo) -> OpenRequestJson:
    return {
        "id": one.id,
        "number": one.number,
        "wish": one.wish,
        "message": one.message,
        "answer": one.answer,
        "created_at": iso(one.created_at, zone),
        "start": iso(one.start, zone),
        "end": iso(one.end, zone),
        "service": one.service_name,
        "client": one.client_name,
    }
