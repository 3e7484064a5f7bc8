"""Around every API request: where it may come from, how long it took, one line of log."""

import time
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.core.config import settings
from studio_app.api.errors import answer
from studio_app.api.metrics import LATENCY, REFUSED, REQUESTS

log = structlog.get_logger()

_SAFE = {"GET", "HEAD", "OPTIONS"}
_OURS = ("/api/", "/healthz", "/readyz", "/metrics")


def comes_from_elsewhere(method: str, headers: Headers) -> bool:
    """Whether a page of another site made the browser send this. Programs send no Origin."""
    if method in _SAFE:
        return False
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
    return origin not in settings().origins and urlsplit(origin).netloc != headers.get("host")


class Watch:
    """Pure ASGI, so that the pages and the websocket behind it pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_OURS):
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            if comes_from_elsewhere(scope["method"], Headers(scope=scope)):
                REFUSED.labels("foreign_origin").inc()
                refusal = answer(403, "foreign_origin", "This request came from another site.")
                await refusal(scope, receive, noting)
            else:
                await self.app(scope, receive, noting)
        finally:
            _note(scope, status, time.perf_counter() - started)


def _note(scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", "unknown")
    REQUESTS.labels(scope["method"], route, status).inc()
    LATENCY.labels(scope["method"], route).observe(seconds)
    log.info("request", method=scope["method"], path=scope["path"], status=status, ms=round(seconds * 1000, 1))
