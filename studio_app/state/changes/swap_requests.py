"""Engineers who ask to be replaced: on today's page and on the booking's."""

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import bookings, changes
from services.core import clock
from services.core.access import Actor, Permission
from services.core.studio import studio_info
from studio_app.gate import requires
from studio_app.live import follow
from studio_app.state.absences.conflicts import RequestRow, is_askable, request_row
from studio_app.state.base import AppState
from studio_app.state.bookings.booking import BookingState

P = Permission
_TOPICS = ("booking",)
"""Requests are told under the booking they are for."""
_READERS = (P.VIEW_ALL_SESSIONS, P.UPDATE_OWN_AVAILABILITY)


class SwapRequestsState(AppState):
    requests: list[RequestRow] = []
    """Of everybody on today's page, of one booking on its own."""
    can_ask: bool = False
    """Whether the booking is one the person in front of the screen may ask to be replaced in."""
    declining: int = 0
    """The request whose dialog is open."""
    declining_who: str = ""
    is_asking: bool = False
    is_settling: bool = False
    _number: str = ""

    @rx.event
    @requires()
    async def load_requests(self) -> None:
        self._number, self.declining, self.is_asking = "", 0, False
        await self._show_requests()

    @rx.event
    @requires(P.VIEW_OWN_SESSIONS, P.VIEW_PAYMENTS)
    async def load_of_booking(self) -> None:
        self._number, self.declining, self.is_asking = str(self.number)[:40], 0, False
        await self._show_requests()

    @rx.event(background=True)
    @requires()
    async def watch_requests(self) -> None:
        await follow(self, _TOPICS, SwapRequestsState._show_requests)

    @rx.event(background=True)
    @requires(P.VIEW_OWN_SESSIONS, P.VIEW_PAYMENTS)
    async def watch_of_booking(self) -> None:
        async with self:
            booking = await self.get_state(BookingState)
            await booking._come(str(self.number)[:40])
            booking_id = booking._id
        await follow(self, _TOPICS, SwapRequestsState._show_requests, of=booking_id)

    @rx.event
    @requires(P.SWAP_RESOURCES)
    async def ask_to_decline(self, request_id: int, who: str) -> None:
        self.declining, self.declining_who, self.errors = request_id, who, {}

    @rx.event
    @requires(P.UPDATE_OWN_AVAILABILITY)
    async def begin_asking(self) -> None:
        self.is_asking, self.errors = True, {}

    @rx.event
    @requires()
    async def leave(self, is_open: bool = False) -> None:
        if not is_open:
            self.declining, self.is_asking, self.errors = 0, False, {}

    @rx.event
    @requires(P.SWAP_RESOURCES)
    async def decline(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        self.is_settling = True
        yield
        try:
            note = str(sent.get("note") or "")
            await self._call(changes.resolve_request, self.declining, done=False, note=note)
        finally:
            self.is_settling = False
        self.declining = 0
        await self._show_requests()
        yield rx.toast.success(f"Declined. {self.declining_who} is told.")

    @rx.event
    @requires(P.UPDATE_OWN_AVAILABILITY)
    async def ask_swap(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        self.is_settling = True
        yield
        try:
            await self._call(changes.request_swap, self._number, str(sent.get("reason") or ""))
        finally:
            self.is_settling = False
        self.is_asking = False
        await self._show_requests()
        yield rx.toast.success("Asked. You hear of it as soon as it is settled.")

    @rx.event
    @requires(P.UPDATE_OWN_AVAILABILITY)
    async def withdraw(self, request_id: int) -> Any:
        await self._call(changes.withdraw, request_id)
        await self._show_requests()
        return rx.toast.success("Withdrawn. The session stays with you.")

    async def _show_requests(self) -> None:
        self.requests, self.can_ask = await self._call(_look, self._number)


def _look(session: Any, actor: Actor, number: str) -> tuple[list[RequestRow], bool]:
    if not any(map(actor.can, _READERS)):
        return [], False
    studio = studio_info(session)
    found = [request_row(one, studio) for one in changes.open_requests(session, actor, number)]
    if not number or found or actor.engineer_id is None:
        return found, False
    booking = bookings.get_booking(session, actor, number)
    is_own = booking.engineer is not None and booking.engineer.id == actor.engineer_id
    return found, is_own and is_askable(booking.status, booking.start, clock.now())
