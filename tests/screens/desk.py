"""A screen's state at somebody's desk: the handlers run as in the app, down to a real database."""

from inspect import isasyncgen
from typing import Any, TypeVar

from reflex.state import State

import studio_app.studio_app  # noqa: F401 - the parts of paths are known once the pages are
from studio_app.caller import SESSION_COOKIE
from studio_app.state.base import AppState

Screen = TypeVar("Screen", bound=AppState)


async def at(screen: type[Screen], token: str = "", path: str = "/", **parts: str) -> Screen:
    """`token`: of the person's session. `parts`: the dynamic ones of the path."""
    state = await State(_reflex_internal_init=True).get_state(screen)
    root = state._get_root_state()
    cookie = {"cookie": f"{SESSION_COOKIE}={token}"} if token else {}
    data = {"headers": cookie, "pathname": path.partition("?")[0], "asPath": path, "query": parts}
    root._update_router_vars(data, parts)
    root.is_hydrated = True
    return state


async def play(handler: Any) -> str:
    """Runs a handler to its end; what it sent to the browser, as text."""
    if isasyncgen(handler):
        return " ".join([str(event) async for event in handler if event is not None])
    event = await handler
    return "" if event is None else str(event)
