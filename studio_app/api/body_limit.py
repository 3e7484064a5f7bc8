"""No request is read further than it may be long."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.core.config import settings
from studio_app.api.errors import Refused

_MOST = 1_000_000
_AROUND_A_FILE = 100_000


class BodyLimit:
    """Counts while the body arrives, whatever its headers say about its length.

    FastAPI's own `max_body_size` answers in plain text; this refusal looks like every other.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = _most(scope["path"])
        announced = Headers(scope=scope).get("content-length", "0")
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            if announced.isdigit() and int(announced) > most:
                raise _too_large(most)
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise _too_large(most)
            return message

        await self.app(scope, counted, send)


def _most(path: str) -> int:
    if path.endswith("/uploads"):
        return settings().upload_limit_mb * 1024 * 1024 + _AROUND_A_FILE
    return _MOST


def _too_large(most: int) -> Refused:
    return Refused(413, f"That is too large: {most // 1_000_000} MB at most.")
