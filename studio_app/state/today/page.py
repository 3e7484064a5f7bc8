from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import bookings, changes
from services.core import clock
from services.core.access import Permission
from services.core.config import settings
from studio_app import routes
from studio_app.gate import requires
from studio_app.live import follow
from studio_app.state.base import AppState
from studio_app.state.today.figures import Figure
from studio_app.state.today.overview import Hand, Look, Session, look
from studio_app.state.today.strip import Strip

P = Permission

_TOPICS = ("booking", "lockout", "time_off", "closure", "room", "engineer", "period", "service")
_EVERY_SECONDS = 60.0
"""The now-line moves on, and people come closer, also when nobody changes anything."""

_TO_NOW = "document.querySelector('.strip .now')?.scrollIntoView({block: 'nearest', inline: 'center'})"
"""On a narrow screen the strip is longer than the screen."""


class TodayState(AppState):
    title: str = ""
    sub: str = ""
    strip: Strip | None = None
    figures: list[Figure] = []
    hands: list[Hand] = []
    arriving: list[Session] = []
    sessions: list[Session] = []
    coming: list[Session] = []
    owed: list[Session] = []
    checking_in: str = ""
    """The number of the booking whose button is busy."""
    arrived: int = 0
    """How many were checked in here: each time the list moves up."""

    @rx.event
    @requires()
    async def load(self) -> AsyncIterator[Any]:
        await self._show()
        yield rx.call_script(_TO_NOW)

    @rx.event(background=True)
    @requires()
    async def watch(self) -> None:
        await follow(self, _TOPICS, TodayState._show, _EVERY_SECONDS)

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def check_in(self, number: str, seen: int) -> AsyncIterator[Any]:
        """`seen`: the version that was on the screen."""
        self.checking_in = number
        yield
        try:
            booking = await self._call(bookings.check_in, number, seen)
            self.arrived += 1
            await self._show()
        finally:
            self.checking_in = ""
        back = {"label": "Undo", "on_click": TodayState.undo_check_in(number, booking.version)}
        yield rx.toast.success(f"{booking.client.name} is checked in", action=back)

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def undo_check_in(self, number: str, seen: int) -> Any:
        booking = await self._call(changes.undo_check_in, number, seen)
        await self._show()
        return rx.toast.success(f"{booking.client.name} is not checked in any more")

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def copy_link(self, number: str) -> Any:
        """The client's own page, where they sign: to be sent to them."""
        booking = await self._call(bookings.get_booking, number)
        address = f"{settings().public_url.rstrip('/')}{routes.public_booking(booking.public_token)}"
        return [rx.set_clipboard(address), rx.toast.success(f"Link copied. Send it to {booking.client.name}.")]

    async def _show(self) -> None:
        seen: Look = await self._call(look, clock.now())
        self.title, self.sub, self.strip, self.figures = seen.title, seen.sub, seen.strip, seen.figures
        self.hands, self.arriving, self.sessions = seen.hands, seen.arriving, seen.sessions
        self.coming, self.owed = seen.coming, seen.owed
