"""How endpoints answer: plain dicts made once, written once. What they may answer is documented here."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, NotRequired, TypeVar
from zoneinfo import ZoneInfo

from fastapi.responses import JSONResponse
from pydantic import WithJsonSchema
from typing_extensions import TypedDict

from services.core import idempotency
from services.core.access import Actor
from services.core.studio import Studio, studio_info, studio_zone
from studio_app.caller import Caller

T = TypeVar("T")

Instant = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
IsoDay = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]


class Problem(TypedDict):
    code: str
    message: str
    field: str | None


class Refusal(TypedDict):
    """Some refusals say more, by their code: `slot_taken` what is in the way and what is free."""

    error: Problem
    errors: NotRequired[list[Problem]]
    """All there is to mend, the first included; only where that is more than one thing."""


class ListAnswer(TypedDict):
    """Beside the `data` of a list."""

    total: int
    page: int
    page_size: int


_REFUSALS = {
    400: "The body cannot be read",
    401: "Not signed in",
    403: "Not allowed, or sent from another site",
    404: "Not found",
    409: "The state of the studio forbids it",
    413: "The body is too large",
    422: "Something given cannot be right; `field` names it",
    423: "Locked after too many wrong tries",
    429: "Too many requests from this address",
}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For `responses=`: the refusals an endpoint may answer with."""
    return {status: {"model": Refusal, "description": _REFUSALS[status]} for status in statuses}


def documented(model: Any, *statuses: int, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """For `responses=`: what is answered when all is well, and the refusals."""
    return {status: {"model": model, "description": "Done" if status == 200 else "Made"}, **refusals(*statuses)}


COMMANDS = (400, 401, 403, 404, 409, 413, 422)
"""What a command with a body may be refused with."""
"""The refusals of a POST that changes something."""


def with_studio(command: Callable[..., T]) -> Callable[..., tuple[T, Studio]]:
    """`command`, and the studio as it is then: one transaction."""

    def both(session: Any, *args: Any, **kwargs: Any) -> tuple[T, Studio]:
        return command(session, *args, **kwargs), studio_info(session)

    return both


def in_zone(command: Callable[..., T]) -> Callable[..., tuple[T, ZoneInfo]]:
    """`command`, and the zone its times are shown in."""

    def both(session: Any, *args: Any, **kwargs: Any) -> tuple[T, ZoneInfo]:
        return command(session, *args, **kwargs), studio_zone(session)

    return both


def ok(content: Any) -> JSONResponse:
    return JSONResponse(content)


def created(content: Any) -> JSONResponse:
    return JSONResponse(content, 201)


def created_once(
    who: Caller,
    key: str | None,
    command: Callable[..., T],
    *args: Any,
    shape: Callable[[T, ZoneInfo], dict[str, Any]],
) -> JSONResponse:
    """`created` with what `command(session, actor, *args)` made, once for each Idempotency-Key."""

    def make(session: Any, actor: Actor) -> dict[str, Any]:
        return shape(*in_zone(command)(session, actor, *args))

    return created(who.run(idempotency.once, key, f"{command.__module__}.{command.__qualname__}{args!r}", make))


def whole_list(rows: list[Any]) -> dict[str, Any]:
    """Of a list that is never long: all of it is one page."""
    return {"data": rows, "total": len(rows), "page": 1, "page_size": len(rows)}


def iso(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat()


def iso_or_none(at: datetime | None, zone: ZoneInfo) -> str | None:
    return None if at is None else iso(at, zone)


def iso_day(day: date) -> str:
    return day.isoformat()
