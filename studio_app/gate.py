"""The default-deny gate of the websocket.

Any client can call any public method of any state class by name. So nothing runs unless it
carries a marker of this module or is one of the framework's own few events:

    @rx.event
    @requires(Permission.RECORD_PAYMENTS)      # one of these; none named: any signed-in person
    async def save(self) -> …

    @rx.event
    @public                                    # visitors of the public pages too
    async def choose(self, room_id: int) -> …

The marker also turns a service's DomainError into a field error, a toast or a redirect, so
handlers need no try. What a handler is called with is held against its annotations here, once for
all (studio_app/arguments.py). `setvar`, which would write any var, carries no marker and never runs.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any

import structlog
from reflex import toast
from reflex.event import EventSpec
from reflex.middleware import Middleware
from reflex.state import FrontendEventExceptionState, OnLoadInternalState, State, StateUpdate, UpdateVarsInternalState
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler
from typing_extensions import override

from services.core.access import Permission
from services.core.errors import DomainError
from studio_app import arguments
from studio_app.api.metrics import REFUSED
from studio_app.arguments import Misshapen

log = structlog.get_logger()

_MARK = "_studio_gate"
_EVERYONE, _SIGNED_IN = "everyone", "signed in"
_FRAMEWORK = (
    (State, ("hydrate", "hydrate_and_load", "set_is_hydrated")),
    (OnLoadInternalState, ("on_load_internal", "set_is_hydrated")),
    (UpdateVarsInternalState, ("update_vars_internal",)),
    (FrontendEventExceptionState, ("handle_frontend_exception",)),
)

Handler = Callable[..., Any]


def requires(*any_of: Permission) -> Callable[[Handler], Handler]:
    """Only people who hold one of the permissions; without any, whoever is signed in."""
    return functools.partial(_guarded, any_of)


def public(handler: Handler) -> Handler:
    """Everyone. The service still checks what an anonymous actor may do."""
    return _guarded(None, handler)


def _guarded(any_of: tuple[Permission, ...] | None, handler: Handler) -> Handler:
    if inspect.isasyncgenfunction(handler):

        @functools.wraps(handler)
        async def steps(self: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                if any_of is not None:
                    await self._admit(any_of)
                async for event in handler(self, *args, **kwargs):
                    yield event
            except DomainError as refusal:
                yield await self._refused(refusal)

        gated: Handler = steps
    elif inspect.iscoroutinefunction(handler):

        @functools.wraps(handler)
        async def gated(self: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                if any_of is not None:
                    await self._admit(any_of)
                return await handler(self, *args, **kwargs)
            except DomainError as refusal:
                return await self._refused(refusal)
    else:
        raise TypeError(f"{handler.__qualname__} must be async: a sync handler freezes everyone's event loop")
    setattr(gated, _MARK, _EVERYONE if any_of is None else _SIGNED_IN)
    return gated


@functools.cache
def framework_events() -> frozenset[str]:
    return frozenset(format_event_handler(state.event_handlers[name]) for state, names in _FRAMEWORK for name in names)


def is_marked(event_name: str) -> bool:
    return _mark(event_name) is not None


def is_for_staff(handler: Any) -> bool:
    """Whether it is marked `requires`."""
    return getattr(handler.fn, _MARK, None) == _SIGNED_IN


def shows_without_asking(event_name: str) -> bool:
    """Whether it may send what the tab holds without having asked, under the tab's lock, who is here."""
    if hydrates(event_name):
        return True
    registered = RegistrationContext.get().event_handlers.get(event_name)
    return registered is not None and (_mark(event_name) == _EVERYONE or registered.handler.is_background)


def hydrates(event_name: str) -> bool:
    """Whether it is the framework's own that sends a tab all it holds."""
    return event_name in (format_event_handler(State.event_handlers[name]) for name in ("hydrate", "hydrate_and_load"))


def _mark(event_name: str) -> str | None:
    registered = RegistrationContext.get().event_handlers.get(event_name)
    return getattr(registered.handler.fn, _MARK, None) if registered is not None else None


class Gate(Middleware):
    """Stops every event that is neither marked nor the framework's own, and those with arguments of another kind."""

    @override
    async def preprocess(self, app: Any, state: Any, event: Event) -> StateUpdate | None:
        if event.name not in framework_events() and not is_marked(event.name):
            return _stopped("handler", state, event)
        try:
            arguments.check(RegistrationContext.get().event_handlers[event.name].handler.fn, event.payload)
        except Misshapen as refusal:
            said = [] if event.name in framework_events() else [toast.error(refusal.message)]
            return _stopped("arguments", state, event, *said)
        return None


def _stopped(why: str, state: Any, event: Event, *said: EventSpec) -> StateUpdate:
    REFUSED.labels(why).inc()
    log.warning("event_refused", why=why, event_name=event.name, client_ip=state.router.session.client_ip)
    return StateUpdate(events=Event.from_event_type(list(said)))
