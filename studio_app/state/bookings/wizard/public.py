"""The wizard of the public page: whoever sits there, they book as a visitor."""

from dataclasses import replace

import reflex as rx

from services import bookings
from studio_app import routes
from studio_app.caller import Caller
from studio_app.gate import public
from studio_app.state.base import AppState
from studio_app.state.bookings.wizard.answers import Answers
from studio_app.state.bookings.wizard.choices import Choices
from studio_app.state.bookings.wizard.details import Details
from studio_app.state.bookings.wizard.moves import Moves
from studio_app.state.bookings.wizard.waiting import Waiting


class BookState(Moves, Choices, Details, Waiting, AppState):
    draft_token: str = rx.LocalStorage("", name="studio_booking")

    @rx.event
    @public
    async def load(self) -> None:
        await self._open(Answers())

    def _is_public(self) -> bool:
        return True

    def _caller(self) -> Caller:
        """Signed in or not: the public page sells to visitors."""
        return replace(super()._caller(), token=None)

    async def _book(self) -> str:
        booking = await self._call(bookings.create_public, self._wish())
        return f"{routes.public_booking(booking.public_token)}?new=1"
