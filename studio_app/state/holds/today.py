from datetime import datetime
from typing import Any

import reflex as rx

from services import bookings
from services.core import clock
from services.core.access import Actor, Permission
from services.core.studio import studio_info
from studio_app.gate import requires
from studio_app.live import follow
from studio_app.state.base import AppState
from studio_app.state.holds.presenter import HoldShown, hold_shown

P = Permission
_READERS = (P.VIEW_ALL_SESSIONS, P.BOOK_SESSIONS)
_MINUTE = 60.0


class HoldsToday(AppState):
    """The holds whose clock runs, most urgent first."""

    urgent: list[HoldShown] = []

    @rx.event
    @requires()
    async def load(self) -> None:
        await self._show()

    @rx.event(background=True)
    @requires()
    async def watch(self) -> None:
        await follow(self, ("booking",), HoldsToday._show, _MINUTE)

    async def _show(self) -> None:
        self.urgent = await self._call(_look, clock.now())


def _look(session: Any, actor: Actor, now: datetime) -> list[HoldShown]:
    """Nothing for those who have to do with no holds."""
    if not any(map(actor.can, _READERS)):
        return []
    studio = studio_info(session)
    asked = [(one.challenge.due_at, one) for one in bookings.list_holds(session, actor, now=now) if one.challenge]
    return [hold_shown(one, studio, now) for _, one in sorted(asked, key=lambda pair: pair[0])]
