from collections.abc import AsyncIterator, Callable
from typing import Any

import reflex as rx

from services import bookings, changes
from services.access import Permission
from services.bookings import BookingStatus, BookingView
from services.errors import DomainError
from studio_app.gate import requires
from studio_app.state.booking import BookingState
from studio_app.state.booking_extension import BookingExtension
from studio_app.state.booking_preview import PreviewShown, preview_shown

P = Permission


class BookingMoves(BookingState):
    """A booking's way through its life."""

    cancelling: PreviewShown = PreviewShown()
    """What a cancellation would mean now."""

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def confirm(self) -> AsyncIterator[Any]:
        async for step in self._move(bookings.confirm, BookingStatus.CONFIRMED, "is confirmed"):
            yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def check_in(self) -> AsyncIterator[Any]:
        async for step in self._move(bookings.check_in, BookingStatus.CHECKED_IN, "is in session"):
            yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def check_out(self) -> AsyncIterator[Any]:
        async for step in self._move(bookings.check_out, BookingStatus.COMPLETED, "is finished"):
            yield step
        if self.shown.actual.asks:
            yield BookingExtension.ask_overtime

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def ask_no_show(self) -> None:
        self._open("no_show")

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def no_show(self) -> AsyncIterator[Any]:
        async for step in self._move(bookings.no_show, BookingStatus.NO_SHOW, "is a no-show"):
            yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def ask_cancel(self) -> None:
        await self._see_cost()
        self._open("cancel")

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def cancel(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        reason = str(sent.get("reason") or "")
        seen = self._opened_version
        async for step in self._move(bookings.cancel, BookingStatus.CANCELLED, "is cancelled", reason, seen):
            yield step

    async def _see_cost(self) -> None:
        found, studio = await self._read(changes.preview_cancellation, self.shown.number)
        self.cancelling = preview_shown(found, studio)

    async def _refused(self, refusal: DomainError) -> Any:
        answer = await super()._refused(refusal)
        if self.news and self.dialog == "cancel":
            await self._see_cost()
        return answer

    async def _move(
        self, command: Callable[..., BookingView], target: BookingStatus, done: str, *args: Any
    ) -> AsyncIterator[Any]:
        """A second click finds the booking there already and does nothing."""
        if self.shown.status == target:
            return
        with self._saving():
            yield
            await self._call(command, self.shown.number, *args)
            await self._fetch()
        self._close()
        yield rx.toast.success(f"{self.shown.number} {done}")
