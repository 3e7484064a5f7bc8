from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from services import bookings, catalog
from services.access import Actor, Permission
from services.bookings import BookingView, HistoryEntry, UploadView
from services.catalog import Studio
from studio_app.gate import requires
from studio_app.state.booking_history import Event, events
from studio_app.state.booking_shown import BookingShown, booking_shown
from studio_app.state.editor import EditorState
from studio_app.state.shown import FileRow, file_row

P = Permission


@dataclass(frozen=True)
class Whole:
    booking: BookingView
    studio: Studio
    files: tuple[UploadView, ...]
    history: tuple[HistoryEntry, ...]


class BookingState(EditorState):
    """One booking. What can be done to it is in the states that stand on this one."""

    shown: BookingShown = BookingShown()
    files: list[FileRow] = []
    history: list[Event] = []

    @rx.event
    @requires(P.VIEW_OWN_SESSIONS, P.VIEW_PAYMENTS)
    async def load(self) -> AsyncIterator[Any]:
        self.is_loading = True
        self._close()
        yield
        await self._fetch(str(self.number)[:40])
        self.is_loading = False

    @rx.event
    @requires(P.VIEW_CLIENTS)
    async def copied(self) -> Any:
        return rx.toast.success(f"Link copied. It shows {self.shown.client} this booking.")

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def file_sent(self) -> Any:
        await self._fetch()
        return rx.toast.success("File added")

    async def _fetch(self, number: str = "") -> None:
        whole = await self._call(_whole, number or self.shown.number)
        self.shown = booking_shown(whole.booking, whole.studio)
        self.files = [file_row(file, whole.studio) for file in whole.files]
        self.history = events(whole.history, whole.studio)


def _whole(session: Any, actor: Actor, number: str) -> Whole:
    """All of the page in one transaction; what the person may not see is left out."""
    return Whole(
        booking=bookings.get_booking(session, actor, number),
        studio=catalog.studio(session),
        files=bookings.booking_files(session, actor, number) if actor.can(P.VIEW_OWN_SESSIONS) else (),
        history=bookings.history(session, actor, number) if actor.can(P.VIEW_ALL_SESSIONS) else (),
    )
