from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import changes, online
from services.changes import Change, Preview
from services.core.access import Actor, Permission
from services.core.dates import hours_text
from services.core.errors import Invalid
from services.scheduling import MAX_SESSION_MINUTES, SlotTaken
from studio_app.gate import requires
from studio_app.state.bookings.booking import BookingState
from studio_app.state.changes.preview import PreviewShown, preview_shown
from studio_app.state.payments.booking import BookingPayments

P = Permission


class BookingExtension(BookingState):
    """More time, also while the session runs; and what ran over without being asked for."""

    extra: str = ""
    """Minutes, as chosen or typed."""
    lengths: list[tuple[str, str]] = []
    """What can be chosen at once: one, two and four steps of the studio's starts."""
    is_looking: bool = False
    seen: PreviewShown = PreviewShown()

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def open_extend(self) -> AsyncIterator[None]:
        self._open("extend")
        minutes = await self._call(online.start_step)
        self.lengths = [(str(minutes * many), _longer_text(minutes * many)) for many in (1, 2, 4)]
        async for step in self._look(str(_first(self.shown.actual.over_minutes, minutes))):
            yield step

    @rx.event(supersedes=True)
    @requires(P.BOOK_SESSIONS)
    async def choose(self, extra: str) -> AsyncIterator[None]:
        if self.dialog == "extend":
            async for step in self._look(extra):
                yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def extend(self) -> AsyncIterator[Any]:
        if self.dialog != "extend" or self.is_saving:
            return
        with self._saving():
            yield
            change = Change(extra_minutes=_minutes(self.extra), expected_version=self._opened_version)
            try:
                await self._call(changes.apply, self.shown.number, change)
            except SlotTaken:
                await self._see()
                return
            await self._fetch()
        self._close()
        yield rx.toast.success(f"{self.shown.number} ends {self.seen.ends} now. Everyone concerned is told.")

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def ask_overtime(self) -> None:
        found, studio = await self._read(changes.overtime, self.shown.number)
        if found is not None:
            self.seen = preview_shown(found, studio)
            self._open("overtime")

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def charge_overtime(self) -> AsyncIterator[Any]:
        if self.dialog != "overtime" or self.is_saving:
            return
        with self._saving():
            yield
            await self._call(changes.charge_overtime, self.shown.number, self._opened_version)
            await self._fetch()
        self._close()
        yield rx.toast.success("Added to the balance. It can be taken back.")
        yield BookingPayments.open_if_owed

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def leave_overtime(self) -> Any:
        self._close()
        return BookingPayments.open_if_owed

    async def _look(self, extra: str) -> AsyncIterator[None]:
        self.extra, self.is_looking, self.seen = extra[:5], True, PreviewShown()
        yield
        try:
            await self._see()
        finally:
            self.is_looking = False

    async def _see(self) -> None:
        minutes = _minutes(self.extra)
        found, studio = await self._read(_longer, self.shown.number, minutes)
        self.seen = preview_shown(found, studio)


def _longer(session: Any, actor: Actor, number: str, minutes: int) -> Preview:
    return changes.preview(session, actor, number, Change(extra_minutes=minutes))


def _first(over: int, step: int) -> int:
    """Minutes in whole steps that end after now, however long it runs over already."""
    return (over // step + 1) * step


def _longer_text(minutes: int) -> str:
    return f"+{minutes} min" if minutes < 60 else f"+{hours_text(minutes)}"


def _minutes(extra: str) -> int:
    if not (extra.isascii() and extra.isdigit() and 0 < int(extra) <= MAX_SESSION_MINUTES):
        raise Invalid("Write how many minutes more, at most a day.", field="extra")
    return int(extra)
