"""The JSON API under /api, and what the machines that watch over us ask for."""

from fastapi import FastAPI, HTTPException, Request
from starlette.routing import Match

from services.errors import NotFound
from studio_app.api import auth, docs, errors, health

ROUTERS = (
    health.router,
    auth.router,
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
    return api


def _no_such_path(request: Request) -> None:
    """Before the pages get it: a wrong path answers in JSON, a wrong method says so."""
    if any(route.matches(request.scope)[0] is Match.PARTIAL for route in request.app.routes):
        raise HTTPException(405, "This path does not take that method.")
    raise NotFound("There is nothing at this path.")
