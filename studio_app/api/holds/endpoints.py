"""Holds: pencilled bookings, ranked by arrival. A hold's id is that of its booking."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, BeforeValidator, Field
from typing_extensions import TypedDict

from services import bookings
from services.core import clock
from services.core.access import Actor
from services.core.studio import studio_info
from services.holds import ChallengeMade, ChallengeView, HoldRef, HoldView
from studio_app.api.answers import (
    COMMANDS,
    Instant,
    ListAnswer,
    created,
    documented,
    in_zone,
    iso,
    iso_or_none,
    ok,
    refusals,
)
from studio_app.api.bodies import Body, IdempotencyKey, Line, PathId, QueryId, Text, WhenOrDay, blank_is_none
from studio_app.api.bookings.bodies import BookingBody
from studio_app.api.bookings.shapes import BookingAnswer, NamedJson
from studio_app.api.bookings.views import booking_answer
from studio_app.api.deps import Who
from studio_app.api.scheduling.schemas import SLOT_TAKEN

router = APIRouter(prefix="/api/holds", tags=["Holds"])

_MOVES = (401, 403, 404, 409, 422)


class HoldRefJson(TypedDict):
    id: int
    number: str
    client_name: str
    rank: int


class ChallengeJson(TypedDict):
    id: int
    by_number: str
    by_client: str
    due_at: Instant


class ChallengeMadeJson(TypedDict):
    id: int
    number: str
    client_name: str
    due_at: Instant


class HoldJson(TypedDict):
    """`rank` 1 is first, 0 held no more. `blocked_by` is the number of the booking that took the time."""

    id: int
    number: str
    status: str
    rank: int
    client_name: str
    artist_name: str
    service_name: str
    start: Instant
    end: Instant
    rooms: list[NamedJson]
    engineer_name: str
    placed_at: Instant
    expires_at: Instant | None
    challenge: ChallengeJson | None
    challenges: list[ChallengeMadeJson]
    above: list[HoldRefJson]
    below: list[HoldRefJson]
    blocked_by: str
    can_confirm: bool
    can_challenge: bool


class HoldAnswer(TypedDict):
    hold: HoldJson


class HoldsAnswer(ListAnswer):
    data: list[HoldJson]


class HoldsFilter(BaseModel):
    """Holds that meet `[start, end)`, of days also the last; without them, all."""

    start: Annotated[WhenOrDay | None, BeforeValidator(blank_is_none)] = None
    end: Annotated[WhenOrDay | None, BeforeValidator(blank_is_none)] = None
    room: QueryId = None
    q: Line = ""


class HoldsQuery(HoldsFilter):
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=200)] = 200


class ReleaseBody(Body):
    reason: Annotated[Text, Field(max_length=500)] = ""


@router.get("", responses=documented(HoldsAnswer, 401, 403, 422))
def list_holds(query: Annotated[HoldsQuery, Query()], who: Who) -> Response:
    """Earliest session first. Engineers get their own."""
    found, zone = who.run(in_zone(found_by), query)
    first = (query.page - 1) * query.page_size
    shown = [hold_json(one, zone) for one in found[first : first + query.page_size]]
    return ok({"data": shown, "total": len(found), "page": query.page, "page_size": query.page_size})


@router.post("", status_code=201, responses=documented(HoldAnswer, *COMMANDS, status=201))
def place(body: BookingBody, who: Who, idempotency_key: IdempotencyKey = None) -> Response:
    """The body of a booking; whatever its `status` says, it becomes a hold. Blocks nobody."""
    return created(_answer(*who.run(in_zone(bookings.place_hold), body.to_new(idempotency_key))))


@router.post("/{hold_id}/challenge", responses=documented(HoldAnswer, *_MOVES))
def challenge(hold_id: PathId, who: Who) -> Response:
    """Every hold above gets a deadline to confirm or release; expiry promotes by itself."""
    return ok(_answer(*who.run(in_zone(bookings.challenge_hold), hold_id)))


@router.post("/{hold_id}/confirm", responses=documented(BookingAnswer, *_MOVES) | SLOT_TAKEN)
def confirm(hold_id: PathId, who: Who) -> Response:
    """Takes the time. Refused with `hold_above` and who it is, while another hold stands above."""
    return ok(booking_answer(who.run(bookings.confirm_hold, hold_id)))


@router.post("/{hold_id}/release", responses=documented(HoldAnswer, *_MOVES) | refusals(400, 413))
def release(hold_id: PathId, who: Who, body: ReleaseBody | None = None) -> Response:
    """Those behind it move up; a challenge it has made is withdrawn."""
    return ok(_answer(*who.run(in_zone(bookings.release_hold), hold_id, body.reason if body else "")))


def hold_json(hold: HoldView, zone: ZoneInfo) -> HoldJson:
    return {
        "id": hold.id,
        "number": hold.number,
        "status": hold.status,
        "rank": hold.rank,
        "client_name": hold.client_name,
        "artist_name": hold.artist_name,
        "service_name": hold.service_name,
        "start": iso(hold.start, zone),
        "end": iso(hold.end, zone),
        "rooms": [{"id": id_, "name": name} for id_, name in zip(hold.room_ids, hold.room_names, strict=True)],
        "engineer_name": hold.engineer_name,
        "placed_at": iso(hold.placed_at, zone),
        "expires_at": iso_or_none(hold.expires_at, zone),
        "challenge": _challenge(hold.challenge, zone) if hold.challenge else None,
        "challenges": [_made(one, zone) for one in hold.challenges],
        "above": [_ref(one) for one in hold.above],
        "below": [_ref(one) for one in hold.below],
        "blocked_by": hold.blocked_by,
        "can_confirm": hold.can_confirm,
        "can_challenge": hold.can_challenge,
    }


def found_by(session: Any, actor: Actor, query: HoldsFilter) -> tuple[HoldView, ...]:
    zone = studio_info(session).zone
    start = query.start and clock.beginning(query.start, zone)
    end = query.end and clock.ending(query.end, zone)
    return bookings.list_holds(session, actor, start, end, room_id=query.room, q=query.q)


def _answer(hold: HoldView, zone: ZoneInfo) -> HoldAnswer:
    return {"hold": hold_json(hold, zone)}


def _challenge(one: ChallengeView, zone: ZoneInfo) -> ChallengeJson:
    return {
        "id": one.id,
        "by_number": one.by_number,
        "by_client": one.by_client,
        "due_at": iso(one.due_at, zone),
    }


def _made(one: ChallengeMade, zone: ZoneInfo) -> ChallengeMadeJson:
    return {"id": one.id, "number": one.number, "client_name": one.client_name, "due_at": iso(one.due_at, zone)}


def _ref(one: HoldRef) -> HoldRefJson:
    return {"id": one.id, "number": one.number, "client_name": one.client_name, "rank": one.rank}
