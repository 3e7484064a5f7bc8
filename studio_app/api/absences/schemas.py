"""Time off and lockouts as the API shows them, and what they fall on."""

from zoneinfo import ZoneInfo

from typing_extensions import TypedDict

from services.absences import LockoutKind, LockoutView, TimeOffReason, TimeOffStatus, TimeOffView
from services.bookings import BookingStatus
from services.scheduling import SessionInWay
from studio_app.api.answers import Instant, ListAnswer, Problem, Refusal, iso


class InWayJson(TypedDict):
    number: str
    status: BookingStatus
    client: str
    service: str
    rooms: list[str]
    start: Instant
    end: Instant


class RefusedByJson(InWayJson):
    when: str


class AwayProblem(Problem):
    sessions: list[RefusedByJson]


class AwayRefusal(TypedDict):
    """With `sessions_in_the_way`: what has to be moved or cancelled first."""

    error: AwayProblem


IN_THE_WAY = {409: {"model": AwayRefusal | Refusal, "description": "Booked, or taken off already; sessions are listed"}}


class TimeOffJson(TypedDict):
    id: int
    start: Instant
    end: Instant
    status: TimeOffStatus
    reason: TimeOffReason
    note: str


class TimeOffAnswer(TypedDict):
    time_off: TimeOffJson


class TimeOffList(ListAnswer):
    """What has not ended, the next first."""

    data: list[TimeOffJson]


class LockoutJson(TypedDict):
    """`holds` fall in that time: they block nobody and cannot be confirmed any more."""

    id: int
    rooms: list[int]
    start: Instant
    end: Instant
    kind: LockoutKind
    reason: str
    holds: list[InWayJson]


class LockoutAnswer(TypedDict):
    lockout: LockoutJson


class LockoutsAnswer(ListAnswer):
    data: list[LockoutJson]


def time_off_json(away: TimeOffView, zone: ZoneInfo) -> TimeOffJson:
    return {
        "id": away.id,
        "start": iso(away.start, zone),
        "end": iso(away.end, zone),
        "status": away.status,
        "reason": away.reason,
        "note": away.note,
    }


def lockout_json(lockout: LockoutView, zone: ZoneInfo) -> LockoutJson:
    return {
        "id": lockout.id,
        "rooms": list(lockout.room_ids),
        "start": iso(lockout.start, zone),
        "end": iso(lockout.end, zone),
        "kind": lockout.kind,
        "reason": lockout.reason,
        "holds": [_in_way(one, zone) for one in lockout.holds],
    }


def _in_way(one: SessionInWay, zone: ZoneInfo) -> InWayJson:
    return {
        "number": one.number,
        "status": one.status,
        "client": one.client,
        "service": one.service,
        "rooms": list(one.rooms),
        "start": iso(one.start, zone),
        "end": iso(one.end, zone),
    }
