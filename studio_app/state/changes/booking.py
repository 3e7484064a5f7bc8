from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import changes
from services.core.access import Permission
from services.core.errors import DomainError
from studio_app.gate import requires
from studio_app.state.bookings.booking import BookingState
from studio_app.state.changes.whatif import CalendarChange

P = Permission


class BookingChanges(BookingState):
    """The way to a change, and the last one taken back."""

    undoing: str = ""
    """The change, in words: what it made of what."""

    @rx.event
    @requires()
    async def change_if_asked(self) -> Any:
        """On load: `?change=engineer` is a link from elsewhere to change the session."""
        may_change = P.SWAP_RESOURCES.name in self.permissions and self.shown.is_open
        if may_change and self.shown.number == self.number and self.router.url.query_parameters.get("change"):
            return CalendarChange.ask(self.shown.number)
        return None

    @rx.event
    @requires(P.BOOK_SESSIONS, P.SWAP_RESOURCES)
    async def ask_undo(self) -> None:
        self.undoing = self._last_change()
        if self.undoing:
            self._open("undo")

    @rx.event
    @requires(P.BOOK_SESSIONS, P.SWAP_RESOURCES)
    async def undo(self) -> AsyncIterator[Any]:
        if self.dialog != "undo":
            return
        with self._saving():
            yield
            await self._call(changes.undo, self.shown.number, self._opened_version)
            await self._fetch()
        self._close()
        yield rx.toast.success("Taken back. Everyone concerned is told.")

    def _last_change(self) -> str:
        for change in self.changed:
            if change.can_undo:
                facts = (f"{one.what.lower()} back to {one.before}" for one in change.differences)
                return f"{change.what} by {change.by}: {', '.join(facts)}."
        return ""

    async def _refused(self, refusal: DomainError) -> Any:
        """After somebody else's change another one is the last: asked about anew."""
        answer = await super()._refused(refusal)
        if self.news and self.dialog == "undo":
            self.undoing = f"Meanwhile: {'; '.join(self.news)}. {self._last_change()}"
        return answer
