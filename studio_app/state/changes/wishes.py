from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import bookings
from services.core.access import Permission
from studio_app.gate import requires
from studio_app.state.bookings.booking import BookingState
from studio_app.state.form import Form

P = Permission

_COMMANDS = {
    "answer": (bookings.answer_request, "Sent. The wish stays open."),
    "decline": (bookings.decline_request, "Declined. The client is told."),
    "accept": (bookings.accept_request, "Marked as done. The client is told."),
}


class BookingAsked(BookingState):
    """What the client asks for, and the studio's answer."""

    how: str = ""
    """`answer`, `decline` or `accept`: what the dialog is about to do."""

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def begin(self, how: str) -> None:
        if how in _COMMANDS and self.shown.asked.id:
            self.how = how
            self._open("asked", self.shown.asked.id)

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def send(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        if self.dialog != "asked" or self.is_saving:
            return
        command, done = _COMMANDS[self.how]
        with self._saving():
            yield
            await self._call(command, self.record_id, Form(sent).text("answer"))
            await self._fetch()
        self._close()
        yield rx.toast.success(done)
