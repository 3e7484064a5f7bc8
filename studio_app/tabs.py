"""Before an event is handled, and above all before the framework sends a tab its whole state: whose is it?"""

from typing import Any

from reflex.middleware import Middleware
from reflex.state import StateUpdate
from reflex_base.event import Event
from typing_extensions import override

from studio_app import gate
from studio_app.state.base import AppState, load_anew


class OwnTab(Middleware):
    """Empties a tab that changed hands. Handlers marked `requires` see to it themselves: they ask who calls anyway."""

    @override
    async def preprocess(self, app: Any, state: Any, event: Event) -> StateUpdate | None:
        if not gate.shows_without_asking(event.name):
            return None
        is_anothers = await (await state.get_state(AppState))._recognise()
        if is_anothers and state.is_hydrated and not gate.hydrates(event.name):
            return StateUpdate(events=Event.from_event_type(load_anew()))
        return None
