"""Rooms out of sale for days, weeks or months."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response
from pydantic import Field

from services import absences
from services.absences import LockoutKind, LockoutView, NewLockout
from services.core import clock
from services.core.access import Actor
from services.core.studio import studio_zone
from studio_app.api.absences.schemas import IN_THE_WAY, LockoutAnswer, LockoutsAnswer, lockout_json
from studio_app.api.answers import COMMANDS, created_once, documented, in_zone, ok, whole_list
from studio_app.api.bodies import Body, Id, IdempotencyKey, PathId, Text, WhenOrDay
from studio_app.api.deps import Who

router = APIRouter(prefix="/api", tags=["Lockouts"])


class LockoutBody(Body):
    """`rooms`: others that are locked together with the one of the path. Of days the last is included."""

    start: WhenOrDay
    end: WhenOrDay
    kind: LockoutKind
    reason: Text
    rooms: Annotated[list[Id], Field(max_length=50)] = []


@router.post(
    "/rooms/{room_id}/lockout", status_code=201, responses=documented(LockoutAnswer, *COMMANDS, status=201) | IN_THE_WAY
)
def lock(room_id: PathId, body: LockoutBody, who: Who, idempotency_key: IdempotencyKey = None) -> Response:
    """All the rooms or none; sessions in the way are listed and must be resolved first."""
    return created_once(who, idempotency_key, _lock, room_id, body, shape=_answer)


@router.get("/lockouts", responses=documented(LockoutsAnswer, 401, 403))
def list_lockouts(who: Who) -> Response:
    """Those that have not ended, the next first."""
    found, zone = who.run(in_zone(absences.list_lockouts))
    return ok(whole_list([lockout_json(one, zone) for one in found]))


@router.delete("/lockouts/{lockout_id}", responses=documented(LockoutAnswer, 401, 403, 404, 422))
def unlock(lockout_id: PathId, who: Who) -> Response:
    """Ends it now: the rooms are on sale again."""
    return ok(_answer(*who.run(in_zone(absences.unlock_rooms), lockout_id)))


def _answer(lockout: LockoutView, zone: ZoneInfo) -> dict[str, Any]:
    return {"lockout": lockout_json(lockout, zone)}


def _lock(session: Any, actor: Actor, room_id: int, body: LockoutBody) -> LockoutView:
    zone = studio_zone(session)
    start, end = clock.beginning(body.start, zone), clock.ending(body.end, zone)
    rooms = (room_id, *body.rooms)
    new = NewLockout(room_ids=rooms, start=start, end=end, kind=body.kind, reason=body.reason)
    return absences.lock_rooms(session, actor, new)
