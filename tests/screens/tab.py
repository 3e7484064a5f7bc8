"""A tab of a browser without the browser: events as its websocket sends them, frames as they would reach it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from reflex.istate.manager import StateManager
from reflex.istate.manager.memory import StateManagerMemory
from reflex.state import State
from reflex_base.event import Event
from reflex_base.event.processor import BaseStateEventProcessor
from reflex_base.utils.format import format_event_handler, json_dumps

from studio_app.caller import CLIENT_COOKIE, SESSION_COOKIE
from studio_app.studio_app import app


class Frames:
    """Stands where the websocket's namespace does."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def emit_update(self, update: Any, token: str) -> None:  # noqa: ARG002
        self.sent.append(json_dumps({"delta": update.delta, "events": [event.payload for event in update.events]}))

    def say(self, text: str) -> bool:
        return any(text in frame for frame in self.sent)


class Tab:
    """One token, whoever comes with it."""

    def __init__(self, processor: BaseStateEventProcessor, frames: Frames) -> None:
        self._processor, self.frames = processor, frames
        self.session_token = ""
        self.client_token = ""
        self.path = "/"

    def signed_in_with(self, session_token: str) -> None:
        """As after a page load: the next websocket brings the new cookie."""
        self.session_token = session_token

    async def send(self, handler: Any, **payload: Any) -> None:
        """Waits until it is done, but not for one that watches."""
        router = {
            "headers": {"cookie": self._cookies()},
            "pathname": self.path,
            "asPath": self.path,
            "token": "tab",
            "ip": "192.0.2.1",
        }
        event = Event(name=format_event_handler(handler), payload=payload, router_data=router)
        future = await self._processor.enqueue("tab", event)
        if not handler.is_background:
            await future

    def _cookies(self) -> str:
        held = ((SESSION_COOKIE, self.session_token), (CLIENT_COOKIE, self.client_token))
        return "; ".join(f"{name}={token}" for name, token in held if token)

    async def hydrate(self) -> list[str]:
        """What a reconnect with this token is sent."""
        before = len(self.frames.sent)
        await self.send(State.event_handlers["hydrate"])
        return self.frames.sent[before:]


@asynccontextmanager
async def opened(manager: StateManager | None = None) -> AsyncIterator[Tab]:
    frames = Frames()
    processor = BaseStateEventProcessor(middleware=app, backend_exception_handler=app.backend_exception_handler)
    processor.configure(state_manager=manager or StateManagerMemory(), event_namespace=frames)  # type: ignore[arg-type]
    async with processor:
        yield Tab(processor, frames)
