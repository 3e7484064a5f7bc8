"""The JSON API under /api, and what the machines that watch over us ask for."""

from fastapi import FastAPI, HTTPException, Request
from starlette.routing import Match

from services.errors import NotFound
from services.scheduling import SlotTaken
from studio_app.api import (
    auth,
    availability,
    bookings,
    calendar,
    catalog,
    change_requests,
    changes,
    clients,
    docs,
    errors,
    exports,
    feeds,
    health,
    holds,
    lockouts,
    my,
    performers,
    public_bookings,
    quick_line,
    quotes,
    refused,
    repeats,
    swap_requests,
    time_off,
    uploads,
    waitlist,
)
from studio_app.api.body_limit import BodyLimit
from studio_app.api.head import Head

ROUTERS = (
    health.router,
    auth.router,
    catalog.router,
    availability.router,
    quotes.router,
    quick_line.router,
    bookings.router,
    changes.router,
    change_requests.router,
    swap_requests.router,
    repeats.router,
    public_bookings.router,
    my.router,
    clients.router,
    calendar.router,
    time_off.router,
    lockouts.router,
    holds.router,
    performers.router,
    exports.router,
    feeds.router,
    uploads.router,
    waitlist.router,
    docs.router,
)
"""One line per area."""


def make_api() -> FastAPI:
    api = FastAPI(
        title="Platinum Sound API",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    for router in ROUTERS:
        api.include_router(router)
    api.add_api_route(
        "/api/{path:path}", _no_such_path, methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False
    )
    errors.install(api)
    api.add_exception_handler(SlotTaken, refused.slot_taken)
    api.add_middleware(BodyLimit)
    api.add_middleware(Head)
    return api


def _no_such_path(request: Request) -> None:
    """Before the pages get it: a wrong path answers in JSON, a wrong method says so."""
    if any(route.matches(request.scope)[0] is Match.PARTIAL for route in request.app.routes):
        raise HTTPException(405)
    raise NotFound("There is nothing at this path.")
