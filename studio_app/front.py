"""Around the built pages: no detour by a redirect, long caching of what is named by its content."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FOREVER = "public, max-age=31536000, immutable"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
_BACKEND = ("/api", "/_", "/ping")


class Front:
    """Pages are folders with an index: `/login` is served as `/login/`, at the same address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        is_page = not path.startswith(_BACKEND) and "." not in path.rsplit("/", 1)[-1]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if path.startswith("/assets/") and message["status"] == 200:
                    headers["Cache-Control"] = _FOREVER
                elif is_page:
                    headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        if is_page and scope["method"] in ("GET", "HEAD") and not path.endswith("/"):
            scope = {**scope, "path": f"{path}/", "raw_path": f"{path}/".encode()}
        await self.app(scope, receive, with_headers)
