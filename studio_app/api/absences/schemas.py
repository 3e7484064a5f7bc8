"""Time off and lockouts as the API shows them, and what they fall on."""

from typing import Any

from pydantic import create_model
from typing_extensions import TypedDict

from services.absences import LockoutView, TimeOffView
from services.scheduling import SessionInWay
from studio_app.api.answers import Problem, Refusal
from studio_app.api.schemas import list_schema, schema_of, writer

InWayJson = schema_of(SessionInWay, "InWayJson")
RefusedByJson = create_model("RefusedByJson", __base__=InWayJson, when=(str, ...))


class AwayProblem(Problem):
    sessions: list[RefusedByJson]


class AwayRefusal(TypedDict):
    """With `sessions_in_the_way`: what has to be moved or cancelled first."""

    error: AwayProblem


IN_THE_WAY: dict[int | str, dict[str, Any]] = {
    409: {"model": AwayRefusal | Refusal, "description": "Booked, or taken off already; sessions are listed"}
}

TimeOffJson = schema_of(TimeOffView, "TimeOffJson", omit={"resource_id": "it is the caller's own"})
TimeOffAnswer = create_model("TimeOffAnswer", time_off=(TimeOffJson, ...))
TimeOffList = list_schema(TimeOffJson, "TimeOffList", "What has not ended, the next first.")

LockoutJson = schema_of(
    LockoutView,
    "LockoutJson",
    "`holds` fall in that time: they block nobody and cannot be confirmed any more.",
    rename={"room_ids": "rooms"},
    nested={SessionInWay: InWayJson},
)
LockoutAnswer = create_model("LockoutAnswer", lockout=(LockoutJson, ...))
LockoutsAnswer = list_schema(LockoutJson, "LockoutsAnswer")

time_off_json = writer(TimeOffJson)
lockout_json = writer(LockoutJson)
