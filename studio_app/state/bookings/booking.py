from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import reflex as rx

from services import bookings, changes, repeats
from services.bookings import BookingView, HistoryEntry, UploadView, VersionChanged
from services.changes import ChangeView, Preview
from services.core.access import Actor, Permission
from services.core.errors import DomainError
from services.core.studio import Studio, studio_info
from services.repeats import NotRepeated, Series
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.bookings.history import Event, events, news
from studio_app.state.bookings.presenter import BookingShown, booking_shown
from studio_app.state.changes.history import ChangeShown, changes_shown
from studio_app.state.changes.whatif import CalendarChange
from studio_app.state.editor import EditorState
from studio_app.state.presenter import FileRow, file_row
from studio_app.state.repeats.members import MemberShown, members_shown

P = Permission


@dataclass(frozen=True)
class Whole:
    booking: BookingView
    studio: Studio
    files: tuple[UploadView, ...]
    history: tuple[HistoryEntry, ...]
    changes: tuple[ChangeView, ...]
    overtime: Preview | None
    series: Series | None


class BookingState(Loading, EditorState):
    """One booking. What can be done to it is in the states that stand on this one."""

    shown: BookingShown = BookingShown()
    files: list[FileRow] = []
    history: list[Event] = []
    changed: list[ChangeShown] = []
    series: list[MemberShown] = []
    news: list[str] = []
    """What others did while the open dialog was filled in: said before it is saved over theirs."""
    moved: int = 0
    """How often its status changed while the page was open: each time other buttons come."""
    _id: int = 0
    _version: int = 0
    _opened_version: int = 0
    """As it was when the dialog was opened: what the person has seen."""

    @rx.event
    @requires(P.VIEW_OWN_SESSIONS, P.VIEW_PAYMENTS)
    async def load(self) -> AsyncIterator[Any]:
        self._close()
        self.moved = 0
        (await self.get_state(CalendarChange)).asking = ""
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

    async def _come(self, number: str) -> None:
        """For what watches the page: it may begin before the page has loaded."""
        if self.shown.number != number:
            await self._fetch(number)

    async def _fetch(self, number: str = "") -> None:
        whole = await self._call(_whole, number or self.shown.number)
        booking, studio = whole.booking, whole.studio
        self._id, self._version = booking.id, booking.version
        if self.shown.number == booking.number and self.shown.status != booking.status:
            self.moved += 1
        self.shown = booking_shown(booking, studio, whole.changes, whole.overtime)
        self.files = [file_row(file, studio) for file in whole.files]
        self.history = events(whole.history, studio)
        self.changed = changes_shown(whole.changes, booking, studio)
        self.series = members_shown(whole.series, booking.number, studio)

    def _open(self, dialog: str, record_id: int = 0, record: Mapping[str, str] | None = None) -> None:
        super()._open(dialog, record_id, record)
        self.news, self._opened_version = [], self._version

    async def _refused(self, refusal: DomainError) -> Any:
        """Somebody was faster: what they did is said, what was typed stays, and saving again is knowingly."""
        if not isinstance(refusal, VersionChanged):
            return await super()._refused(refusal)
        if not self.dialog:
            await self._fetch()
            return await super()._refused(refusal)
        studio = await self._studio()
        await self._fetch()
        self.news, self._opened_version = news(refusal, studio), self._version
        return None


def _whole(session: Any, actor: Actor, number: str) -> Whole:
    """All of the page in one transaction; what the person may not see is left out."""
    sees = actor.can(P.VIEW_OWN_SESSIONS)
    return Whole(
        booking=bookings.get_booking(session, actor, number),
        studio=studio_info(session),
        files=bookings.booking_files(session, actor, number) if sees else (),
        history=bookings.history(session, actor, number) if actor.can(P.VIEW_ALL_SESSIONS) else (),
        changes=changes.changes_of(session, actor, number),
        overtime=changes.overtime(session, actor, number) if actor.can(P.BOOK_SESSIONS) else None,
        series=_series(session, actor, number) if sees else None,
    )


def _series(session: Any, actor: Actor, number: str) -> Series | None:
    try:
        return repeats.series_of(session, actor, number)
    except NotRepeated:
        return None
