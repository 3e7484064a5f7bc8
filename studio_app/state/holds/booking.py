from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import bookings
from services.bookings import BookingStatus
from services.core import clock
from services.core.access import Permission
from studio_app.gate import requires
from studio_app.live import follow
from studio_app.state.bookings.booking import BookingState
from studio_app.state.holds.presenter import HoldShown, hold_shown

P = Permission
_MINUTE = 60.0


class BookingHold(BookingState):
    """Where a pencilled booking stands, and what can be done about those above it."""

    hold: HoldShown = HoldShown()

    @rx.event
    @requires(P.VIEW_OWN_SESSIONS, P.VIEW_PAYMENTS)
    async def load_hold(self) -> None:
        await self._show_hold()

    @rx.event(background=True)
    @requires(P.VIEW_OWN_SESSIONS, P.VIEW_PAYMENTS)
    async def watch_hold(self) -> None:
        """What is no hold never becomes one; where a hold stands follows from all the others that it meets."""
        async with self:
            await self._come(str(self.number)[:40])
            is_held = self.shown.status == BookingStatus.HOLD
        if is_held:
            await follow(self, ("booking",), BookingHold._show_hold, _MINUTE)

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def confirm_hold(self) -> AsyncIterator[Any]:
        async for step in self._settle(bookings.confirm_hold, "is confirmed"):
            yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def challenge(self) -> AsyncIterator[Any]:
        async for step in self._settle(bookings.challenge_hold, "has asked those above it"):
            yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def ask_release(self) -> None:
        self._open("release_hold")

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def release(self) -> AsyncIterator[Any]:
        self._close()
        async for step in self._settle(bookings.release_hold, "is released"):
            yield step

    async def _settle(self, command: Any, done: str) -> AsyncIterator[Any]:
        """A second click finds it settled and is told so."""
        with self._saving():
            yield
            await self._call(command, self.hold.id)
            await self._fetch()
            await self._show_hold()
        yield rx.toast.success(f"{self.shown.number} {done}")

    async def _show_hold(self) -> None:
        if self.shown.status != BookingStatus.HOLD:
            self.hold = HoldShown()
            return
        hold, studio = await self._read(bookings.get_hold, self.shown.number)
        if hold.status is not BookingStatus.HOLD:
            await self._fetch()
        self.hold = hold_shown(hold, studio, clock.now()) if hold.rank else HoldShown()
