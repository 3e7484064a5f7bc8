"""Every refusal in one shape: {error: {code, message, field}}."""

from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from services.core.errors import Conflict, DomainError, Invalid, Locked, NotAllowed, NotFound, NotSignedIn, TookTooLong
from services.online import TooMany
from studio_app.api.metrics import REFUSED
from studio_app.api.misshapen import problems

log = structlog.get_logger()

_STATUS: tuple[tuple[type[DomainError], int], ...] = (
    (NotSignedIn, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    (Conflict, 409),
    (Invalid, 422),
    (Locked, 423),
    (TooMany, 429),
    (TookTooLong, 503),
)
_HTTP_CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
_HTTP_SENTENCES = {
    400: "The body cannot be read.",
    404: "There is nothing at this path.",
    405: "This path does not take that method.",
}
_MOST_SAID = 50
"""Of what one request got wrong: a list of nonsense is answered with no longer one."""
_OTHERWISE = "This request cannot be answered."


class Refused(HTTPException):
    """A refusal of the transport, with a sentence of ours."""


def answer(
    status: int,
    code: str,
    message: str,
    field: str | None = None,
    *,
    others: Sequence[dict[str, Any]] = (),
    **more: Any,
) -> JSONResponse:
    """`errors` names all that is to be mended, where that is more than one thing."""
    first = _problem(code, message, field)
    errors = {"errors": [first, *others]} if others else {}
    return JSONResponse({"error": {**first, **more}, **errors}, status)


def _problem(code: str, message: str, field: str | None) -> dict[str, Any]:
    return {"code": code, "message": message, "field": field}


def status_of(refusal: DomainError) -> int:
    return next((status for kind, status in _STATUS if isinstance(refusal, kind)), 422)


def _refused(_: Request, refusal: DomainError) -> JSONResponse:
    if isinstance(refusal, NotSignedIn | NotAllowed | TooMany):
        REFUSED.labels(refusal.code).inc()
    said = answer(
        status_of(refusal),
        refusal.code,
        refusal.message,
        refusal.field,
        others=[_problem(one.code, one.message, one.field) for one in refusal.others],
        **refusal.details,
    )
    if isinstance(refusal, TooMany):
        said.headers["Retry-After"] = str(refusal.details["retry_after"])
    return said


def _misshapen(_: Request, error: RequestValidationError) -> JSONResponse:
    first, *others = problems(error.errors())
    return answer(422, "invalid", *first, others=[_problem("invalid", *one) for one in others[:_MOST_SAID]])


def _http(_: Request, error: HTTPException) -> JSONResponse:
    """The framework's own sentences are for programmers; those of ours are raised with a detail of their own."""
    code = _HTTP_CODES.get(error.status_code, "refused")
    said = error.detail if isinstance(error, Refused) else _HTTP_SENTENCES.get(error.status_code, _OTHERWISE)
    return answer(error.status_code, code, said)


def _failed(request: Request, error: Exception) -> JSONResponse:
    log.error("request_failed", path=request.url.path, exc_info=error)
    return answer(500, "failed", "That did not work, and it is our fault. Nothing was changed; please try again.")


def install(app: FastAPI) -> None:
    handlers: dict[Any, Any] = {
        DomainError: _refused,
        RequestValidationError: _misshapen,
        HTTPException: _http,
        Exception: _failed,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
