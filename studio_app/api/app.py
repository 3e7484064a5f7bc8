"""The JSON API under /api, and what the machines that watch over us ask for."""

from fastapi import FastAPI, HTTPException, Request
from starlette.routing import Match

from services.core.errors import NotFound
from services.scheduling import SlotTaken
from studio_app.api import docs, errors, exports, health, refused
from studio_app.api.absences import lockouts, time_off
from studio_app.api.body_limit import BodyLimit
from studio_app.api.bookings import endpoints as bookings
from studio_app.api.bookings import public as public_bookings
from studio_app.api.bookings import uploads
from studio_app.api.calendar import endpoints as calendar
from studio_app.api.catalog import endpoints as catalog
from studio_app.api.changes import endpoints as changes
from studio_app.api.changes import swap_requests
from studio_app.api.changes import wishes as change_requests
from studio_app.api.clients import endpoints as clients
from studio_app.api.feeds import endpoints as feeds
from studio_app.api.head import Head
from studio_app.api.holds import endpoints as holds
from studio_app.api.identity import endpoints as auth
from studio_app.api.my import endpoints as my
from studio_app.api.pricing import endpoints as quotes
from studio_app.api.quickline import endpoints as quick_line
from studio_app.api.repeats import endpoints as repeats
from studio_app.api.scheduling import endpoints as availability
from studio_app.api.scheduling import performers
from studio_app.api.waitlist import endpoints as waitlist

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
