from collections.abc import AsyncIterator, Callable
from typing import Any

import reflex as rx

from services import bookings, changes
from services.bookings import BookingStatus, BookingView
from services.core.access import Permission
from services.core.errors import DomainError
from studio_app.gate import requires
from studio_app.state.bookings.booking import BookingState
from studio_app.state.changes.extension import BookingExtension
from studio_app.state.changes.preview import PreviewShown, preview_shown
from studio_app.state.payments.booking import BookingPayments

P = Permission

_PREVIEWS = {"cancel": changes.preview_cancellation, "no_show": changes.preview_no_show}
"""By the dialog that shows them."""


class BookingMoves(BookingState):
    """A booking's way through its life."""

    preview: PreviewShown = PreviewShown()
    """What the cancellation or no-show that is asked about would mean now."""

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def confirm(self, seen: int) -> AsyncIterator[Any]:
        """`seen`, here as below: the version that was on the screen when the button was pressed."""
        async for step in self._move(bookings.confirm, BookingStatus.CONFIRMED, "is confirmed", seen):
            yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def check_in(self, seen: int) -> AsyncIterator[Any]:
        back = BookingMoves.undo_check_in
        async for step in self._move(bookings.check_in, BookingStatus.CHECKED_IN, "is in session", seen, back=back):
            yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def undo_check_in(self, seen: int) -> AsyncIterator[Any]:
        async for step in self._move(changes.undo_check_in, BookingStatus.CONFIRMED, "is not checked in", seen):
            yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def check_out(self, seen: int) -> AsyncIterator[Any]:
        """What it ran over is asked about, then what is still owed."""
        was, back = self.shown.status, BookingMoves.undo_check_out
        async for step in self._move(bookings.check_out, BookingStatus.COMPLETED, "is finished", seen, back=back):
            yield step
        if self.shown.status != was:
            yield BookingExtension.ask_overtime if self.shown.actual.asks else BookingPayments.open_if_owed

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def undo_check_out(self, seen: int) -> AsyncIterator[Any]:
        async for step in self._move(changes.undo_check_out, BookingStatus.CHECKED_IN, "goes on", seen):
            yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def ask_no_show(self) -> None:
        await self._ask("no_show")

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def no_show(self) -> AsyncIterator[Any]:
        seen, back = self._opened_version, BookingMoves.undo_no_show
        async for step in self._move(bookings.no_show, BookingStatus.NO_SHOW, "is a no-show", seen, back=back):
            yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def undo_no_show(self, seen: int) -> AsyncIterator[Any]:
        async for step in self._move(changes.undo_no_show, BookingStatus.CONFIRMED, "is confirmed again", seen):
            yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def ask_cancel(self) -> None:
        await self._ask("cancel")

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def cancel(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        reason = str(sent.get("reason") or "")
        seen = self._opened_version
        async for step in self._move(bookings.cancel, BookingStatus.CANCELLED, "is cancelled", reason, seen):
            yield step

    async def _ask(self, dialog: str) -> None:
        await self._see(dialog)
        self._open(dialog)

    async def _see(self, dialog: str) -> None:
        found, studio = await self._read(_PREVIEWS[dialog], self.shown.number)
        self.preview = preview_shown(found, studio)

    async def _refused(self, refusal: DomainError) -> Any:
        """Somebody was faster: what is seen of it is made new."""
        answer = await super()._refused(refusal)
        if self.news and self.dialog in _PREVIEWS:
            await self._see(self.dialog)
        return answer

    async def _move(
        self, command: Callable[..., BookingView], target: BookingStatus, done: str, *args: Any, back: Any = None
    ) -> AsyncIterator[Any]:
        """A second click finds the booking there already and does nothing. `back` takes it back."""
        if self.shown.status == target:
            return
        with self._saving():
            yield
            await self._call(command, self.shown.number, *args)
            await self._fetch()
        self._close()
        undo = {"action": {"label": "Undo", "on_click": back(self._version)}} if back else {}
        yield rx.toast.success(f"{self.shown.number} {done}", **undo)
