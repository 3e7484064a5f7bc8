"""The what-if dialog: a session is moved, seen with all that follows, and then moved or put back."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import reflex as rx

from services import changes
from services.bookings import BookingView, VersionChanged
from services.core import clock
from services.core.access import Actor, Permission
from services.core.errors import DomainError
from services.core.studio import studio_info
from services.scheduling import Alternative, SlotTaken
from studio_app.gate import requires
from studio_app.state.base import AppState
from studio_app.state.calendar.bar import Choice
from studio_app.state.calendar.page import CalendarState
from studio_app.state.changes.whatif_preview import (
    Drop,
    Other,
    Seen,
    Wanted,
    WhatIf,
    change_of,
    choices,
    exchange_of,
    instead,
    last_change,
    opened,
    seen,
    seen_anew,
    seen_exchanged,
)
from studio_app.state.editor import EditorState
from studio_app.state.form import id_in_path

P = Permission


class CalendarChange(AppState):
    asking: str = ""
    """The number of the booking the dialog is about; empty: closed."""
    is_dropped: bool = False
    is_thinking: bool = False
    is_saving: bool = False
    who: str = ""
    status: str = ""
    shown: WhatIf = WhatIf()
    day: str = ""
    time: str = ""
    minutes: str = ""
    engineer: str = ""
    engineers: list[tuple[str, str]] = []
    rooms: list[Choice] = []
    """They stay where they are while they are ticked."""
    last: str = ""
    """The change that can be undone, in words."""
    news: list[str] = []
    """What somebody else changed meanwhile."""
    _rooms_wanted: tuple[int, ...] = ()
    _version: int = 0
    _base: Wanted = Wanted()
    _alternatives: list[Alternative] = []

    @rx.event
    @requires(P.SWAP_RESOURCES)
    async def drop(self, number: str, start: str, end: str, source: str, target: str) -> AsyncIterator[None]:
        """A session was let go on another time, room or engineer."""
        calendar = await self.get_state(CalendarState)
        async for step in self._open(number, Drop(start, end, source, target, calendar.by)):
            yield step

    @rx.event
    @requires(P.SWAP_RESOURCES)
    async def ask(self, number: str) -> AsyncIterator[None]:
        """The same without a mouse: the dialog opens on the session as it is."""
        async for step in self._open(number, None):
            yield step

    @rx.event(supersedes=True)
    @requires(P.SWAP_RESOURCES)
    async def adjust(self, name: str, value: str) -> AsyncIterator[None]:
        if name in ("day", "time", "minutes", "engineer"):
            async for step in self._try(replace(self._wanted(), **{name: value[:20]})):
                yield step

    @rx.event
    @requires(P.SWAP_RESOURCES)
    async def toggle_room(self, room: str) -> AsyncIterator[None]:
        wanted, chosen = self._wanted(), id_in_path(room)
        left = tuple(one for one in wanted.rooms if one != chosen)
        rooms = left if len(left) < len(wanted.rooms) else (*wanted.rooms, chosen)
        async for step in self._try(replace(wanted, rooms=rooms)):
            yield step

    @rx.event
    @requires(P.SWAP_RESOURCES)
    async def take(self, index: int) -> AsyncIterator[None]:
        """One of the alternatives."""
        if 0 <= index < len(self._alternatives):
            zone = await self._call(lambda session, _: studio_info(session).zone)
            async for step in self._try(instead(self._wanted(), self._alternatives[index], zone)):
                yield step

    @rx.event
    @requires(P.SWAP_RESOURCES)
    async def exchange(self) -> AsyncIterator[None]:
        """What it would mean to exchange rooms with the session that has the wanted one."""
        other = self.shown.exchange
        if other:
            with self._busy("is_thinking"):
                yield
                self._see(await self._call(seen_exchanged, self.asking, self._wanted(), other))

    @rx.event
    @requires(P.SWAP_RESOURCES)
    async def confirm(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        if not self.asking or self.is_saving:
            return
        with self._busy("is_saving"):
            yield
            try:
                reason, other = str(sent.get("reason") or ""), self.shown.other
                made = _exchanged if other.number else _made
                done = await self._call(made, self.asking, self._wanted(), reason, self._version, other)
            except VersionChanged as refusal:
                self.news = _news(refusal)
                self._see(await self._call(seen_anew, self.asking, self._base, self._wanted()))
                return
            except SlotTaken:
                self._see(await self._call(seen, self.asking, self._wanted()))
                return
            await self._show_on_calendar(*done)
        self.asking = ""
        first, names = done[0], " and ".join(one.number for one in done)
        undo = {"label": "Undo", "on_click": CalendarChange.undo(first.number, first.version)}
        verb = "is" if len(done) == 1 else "are"
        yield rx.toast.success(f"{names} {verb} changed. Everyone concerned is told.", action=undo, duration=10_000)

    @rx.event
    @requires(P.SWAP_RESOURCES)
    async def undo(self, number: str, version: int) -> AsyncIterator[Any]:
        with self._busy("is_saving"):
            yield
            done = await self._call(changes.undo, number, version)
            await self._show_on_calendar(done)
        self.asking = ""
        yield rx.toast.success(f"{done.number} is as it was before")

    @rx.event
    @requires(P.SWAP_RESOURCES)
    async def undo_last(self) -> AsyncIterator[Any]:
        """The change that was there when the dialog opened."""
        yield CalendarChange.undo(self.asking, self._version)

    @rx.event
    @requires()
    async def close(self, is_open: bool = False) -> None:
        if not is_open:
            self.asking, self.errors = "", {}

    async def _open(self, number: str, drop: Drop | None) -> AsyncIterator[None]:
        """The dialog is there at once and says that it works."""
        self.asking, self.is_dropped, self.shown, self.news, self.last = number, drop is not None, WhatIf(), [], ""
        self.who, self.status, self.errors = "", "", {}
        with self._busy("is_thinking"):
            yield
            try:
                found, rooms, engineers, self.last = await self._call(_opened, number, drop)
            except DomainError:
                self.asking = ""
                raise
            self.rooms = [(str(room_id), name, False) for room_id, name in rooms]
            self.engineers = engineers
            self._see(found)

    async def _try(self, wanted: Wanted) -> AsyncIterator[None]:
        self._keep(wanted)
        with self._busy("is_thinking"):
            yield
            self.shown = replace(self.shown, is_bookable=False)
            self._see(await self._call(seen, self.asking, wanted))

    def _see(self, found: Seen) -> None:
        booking = found.booking
        self.who = booking.artist.name if booking.artist else booking.client.name
        self.status, self._version = booking.status, booking.version
        self._base = found.base
        self.shown, self._alternatives = found.what_if, list(found.alternatives)
        self._keep(found.wanted)

    def _keep(self, wanted: Wanted) -> None:
        self.day, self.time, self.minutes, self.engineer = wanted.day, wanted.time, wanted.minutes, wanted.engineer
        self._rooms_wanted = wanted.rooms
        self.rooms = [(key, name, id_in_path(key) in wanted.rooms) for key, name, _ in self.rooms]

    def _wanted(self) -> Wanted:
        return Wanted(self.day, self.time, self.minutes, self._rooms_wanted, self.engineer)

    async def _show_on_calendar(self, *done: BookingView) -> None:
        """In the same breath as the answer: the live change comes a moment later."""
        calendar = await self.get_state(CalendarState)
        calendar._send(**await calendar._as_now([one.id for one in done]))
        editor = await self.get_state(EditorState)
        # The dialog may have been opened from the sessions in a lockout's way.
        changed = {one.number for one in done}
        editor.met = [one for one in editor.met if one.number not in changed]

    @contextmanager
    def _busy(self, name: str) -> Iterator[None]:
        setattr(self, name, True)
        try:
            yield
        finally:
            setattr(self, name, False)


def _opened(session: Any, actor: Actor, number: str, drop: Drop | None) -> tuple[Seen, Any, Any, str]:
    found = opened(session, actor, number, drop)
    rooms, engineers = choices(session, actor, found.booking)
    return found, rooms, engineers, last_change(session, actor, found.booking)


def _made(
    session: Any, actor: Actor, number: str, wanted: Wanted, reason: str, version: int, _: Other
) -> tuple[BookingView, ...]:
    now = opened(session, actor, number, None).booking
    change = change_of(now, wanted, studio_info(session).zone)
    change = replace(change, reason=reason, expected_version=version)
    return (changes.apply(session, actor, number, change, clock.now()),)


def _exchanged(
    session: Any, actor: Actor, number: str, wanted: Wanted, reason: str, version: int, other: Other
) -> tuple[BookingView, ...]:
    now = opened(session, actor, number, None).booking
    asked = exchange_of(now, wanted, other.number)
    asked = replace(asked, reason=reason, expected_version=version, other_version=other.version)
    return changes.exchange_rooms(session, actor, number, asked, clock.now())


def _news(refusal: VersionChanged) -> list[str]:
    found = refusal.details.get("changes")
    told = [f"{one['who']}: {one['what']}" for one in found] if isinstance(found, list) else []
    return told or [refusal.message]
