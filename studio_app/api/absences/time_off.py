"""An engineer's or performer's own days off."""

from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response

from services import absences
from services.absences import NewTimeOff, TimeOffReason, TimeOffStatus, TimeOffView
from services.core import clock
from services.core.access import Actor
from services.core.errors import NotAllowed
from services.core.studio import studio_zone
from studio_app.api.absences.schemas import IN_THE_WAY, TimeOffAnswer, TimeOffList, time_off_json
from studio_app.api.answers import COMMANDS, created_once, documented, in_zone, ok, whole_list
from studio_app.api.bodies import Body, IdempotencyKey, PathId, Text, WhenOrDay
from studio_app.api.deps import Who

router = APIRouter(prefix="/api/time-off", tags=["Time off"])


class TimeOffBody(Body):
    """Of days the last is included."""

    start: WhenOrDay
    end: WhenOrDay
    status: TimeOffStatus = TimeOffStatus.BLOCKED
    reason: TimeOffReason = TimeOffReason.OTHER
    note: Text = ""


@router.get("", responses=documented(TimeOffList, 401, 403))
def list_time_off(who: Who) -> Response:
    found, zone = who.run(in_zone(_own))
    return ok(whole_list([time_off_json(one, zone) for one in found]))


@router.post("", status_code=201, responses=documented(TimeOffAnswer, *COMMANDS, status=201) | IN_THE_WAY)
def take_time_off(body: TimeOffBody, who: Who, idempotency_key: IdempotencyKey = None) -> Response:
    """Refused with `sessions_in_the_way` and the list of them while sessions are booked then."""
    return created_once(who, idempotency_key, _take, body, shape=_answer)


@router.delete("/{time_off_id}", responses=documented(TimeOffAnswer, 401, 403, 404, 422))
def cancel_time_off(time_off_id: PathId, who: Who) -> Response:
    return ok(_answer(*who.run(in_zone(absences.cancel_time_off), time_off_id)))


def _answer(away: TimeOffView, zone: ZoneInfo) -> dict[str, Any]:
    return {"time_off": time_off_json(away, zone)}


def _own(session: Any, actor: Actor) -> tuple[TimeOffView, ...]:
    return absences.list_time_off(session, actor, _resource_of(actor))


def _take(session: Any, actor: Actor, body: TimeOffBody) -> TimeOffView:
    zone = studio_zone(session)
    start, end = clock.beginning(body.start, zone), clock.ending(body.end, zone)
    new = NewTimeOff(
        resource_id=_resource_of(actor),
        start=start,
        end=end,
        status=body.status,
        reason=body.reason,
        note=body.note,
    )
    return absences.take_time_off(session, actor, new)


def _resource_of(actor: Actor) -> int:
    """0, which nothing has, for a visitor: the service asks them to sign in."""
    own = actor.engineer_id or actor.performer_id
    if own is None and actor.is_signed_in:
        raise NotAllowed("You are not set up as an engineer or a performer.")
    return own or 0
