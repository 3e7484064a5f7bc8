from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import reflex as rx

from services import repeats
from services.changes import Preview
from services.core.access import Permission
from services.core.errors import DomainError
from services.core.studio import Studio
from services.repeats import RepeatTaken, Scope
from studio_app.caller import Caller
from studio_app.gate import requires
from studio_app.state.bookings.booking import BookingState
from studio_app.state.changes.history import difference_text
from studio_app.state.changes.preview import PreviewShown, preview_shown
from studio_app.state.repeats.series_change import FIELDS, begin, cancelled, change_all, changed

P = Permission


class BookingSeries(BookingState):
    """What was repeated together is changed or cancelled together."""

    scope: str = Scope.FOLLOWING
    asked: dict[str, str] = {}
    rooms: list[tuple[str, str]] = []
    """Empty where a session has several: those are changed one by one."""
    engineers: list[tuple[str, str]] = []
    each: list[PreviewShown] = []
    difference: str = ""
    in_the_way: int = 0
    is_looking: bool = False

    def _asking(self, caller: Caller) -> Caller:
        return replace(caller, is_long=True)

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def open_change(self) -> None:
        self.asked, self.rooms, self.engineers = await self._call(begin, self.shown.number)
        self.scope = Scope.FOLLOWING
        self._forget()
        self._open("series")

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def open_cancel(self) -> AsyncIterator[None]:
        self.scope = Scope.FOLLOWING
        self._open("series_cancel")
        async for step in self._look():
            yield step

    @rx.event(supersedes=True)
    @requires(P.BOOK_SESSIONS)
    async def choose_scope(self, scope: str) -> AsyncIterator[None]:
        self.scope = Scope(scope) if scope in set(Scope) else self.scope
        if self.dialog in ("series", "series_cancel"):
            async for step in self._look():
                yield step

    @rx.event(supersedes=True)
    @requires(P.BOOK_SESSIONS)
    async def adjust(self, name: str, value: str) -> AsyncIterator[None]:
        if self.dialog == "series" and name in FIELDS:
            self.asked = self.asked | {name: value[:40]}
            async for step in self._look():
                yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def change(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        if self.dialog != "series" or self.is_saving or not self.each:
            return
        with self._saving():
            yield
            reason = str(sent.get("reason") or "")
            try:
                made = await self._call(
                    change_all, self.shown.number, self.scope, self.asked, reason, self._opened_version
                )
            except RepeatTaken:
                await self._see()
                return
            await self._fetch()
        self._close()
        yield rx.toast.success(f"{_sessions(len(made))} changed. Everyone concerned is told.")

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def cancel(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        if self.dialog != "series_cancel" or self.is_saving:
            return
        with self._saving():
            yield
            reason = str(sent.get("reason") or "")
            scope, seen = Scope(self.scope), self._opened_version
            made = await self._call(repeats.cancel_series, self.shown.number, scope, reason, seen)
            await self._fetch()
        self._close()
        yield rx.toast.success(f"{_sessions(len(made))} cancelled")

    async def _look(self) -> AsyncIterator[None]:
        self._forget()
        self.is_looking = True
        yield
        try:
            await self._see()
        finally:
            self.is_looking = False

    async def _see(self) -> None:
        look = (changed, self.asked) if self.dialog == "series" else (cancelled,)
        found, studio = await self._read(look[0], self.shown.number, self.scope, *look[1:])
        self.each = [preview_shown(one, studio) for one in found]
        self.in_the_way = sum(not one.bookable for one in found)
        self.difference = _difference(found, studio)

    def _forget(self) -> None:
        self.each, self.difference, self.in_the_way = [], "", 0

    async def _refused(self, refusal: DomainError) -> Any:
        answer = await super()._refused(refusal)
        if self.news and self.dialog in ("series", "series_cancel"):
            await self._see()
        return answer


def _difference(found: tuple[Preview, ...], studio: Studio) -> str:
    """Of all of them together; empty for those who may not see money."""
    cents = [one.price_difference_cents for one in found if one.price_difference_cents is not None]
    return difference_text(sum(cents), studio) if cents else ""


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"
