from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from services import bookings, catalog
from services.core import clock
from services.core.access import Actor, Permission
from services.core.clock import day_bounds
from services.core.studio import Studio, studio_info
from services.holds import HoldView
from studio_app import routes
from studio_app.gate import requires
from studio_app.live import follow
from studio_app.state.base import Loading
from studio_app.state.calendar.query import day_in
from studio_app.state.editor import EditorState
from studio_app.state.form import id_in_path
from studio_app.state.holds.presenter import HoldShown, hold_shown

P = Permission
_READERS = (P.VIEW_ALL_SESSIONS, P.BOOK_SESSIONS)
_FAR = 2200
_EVERY_SECONDS = 60.0
"""The clocks run on, also when nobody changes anything."""


@dataclass(frozen=True)
class Listed:
    found: tuple[HoldView, ...]
    rooms: list[tuple[str, str]]
    studio: Studio


class HoldsState(Loading, EditorState):
    rows: list[HoldShown] = []
    rooms: list[tuple[str, str]] = []
    q: str = ""
    room: str = ""
    day: str = ""
    """YYYY-MM-DD; empty: all days."""
    csv: str = routes.API_HOLDS_CSV
    busy: int = 0
    """The hold whose button is working."""
    settled: int = 0
    """How many were confirmed, challenged or released here: each time the list may move up."""
    letting_go: HoldShown = HoldShown()

    @rx.event
    @requires(*_READERS)
    async def load(self) -> AsyncIterator[Any]:
        self._arrive()
        yield
        query, was = self.router.url.query_parameters, (self.q, self.room, self.day)
        self.q, self.room, self.day = query.get("q", "")[:100], query.get("room", "")[:10], query.get("day", "")[:10]
        self.visit += was != (self.q, self.room, self.day)
        await self._show()
        self.is_loading = False

    @rx.event(background=True)
    @requires(*_READERS)
    async def watch(self) -> None:
        await follow(self, ("booking", "lockout", "time_off"), HoldsState._show, _EVERY_SECONDS)

    @rx.event(supersedes=True)
    @requires(*_READERS)
    async def search(self, q: str) -> Any:
        self.q = q[:100]
        return await self._narrowed()

    @rx.event(supersedes=True)
    @requires(*_READERS)
    async def choose_room(self, room: str) -> Any:
        self.room = room[:10]
        return await self._narrowed()

    @rx.event(supersedes=True)
    @requires(*_READERS)
    async def choose_day(self, day: str) -> Any:
        self.day = day[:10]
        return await self._narrowed()

    @rx.event
    @requires(*_READERS)
    async def clear(self) -> Any:
        self.q, self.room, self.day = "", "", ""
        self.visit += 1
        return await self._narrowed()

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def confirm(self, hold_id: int) -> AsyncIterator[Any]:
        async for step in self._settle(bookings.confirm_hold, hold_id, "is confirmed"):
            yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def challenge(self, hold_id: int) -> AsyncIterator[Any]:
        async for step in self._settle(bookings.challenge_hold, hold_id, "has asked those above it"):
            yield step

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def ask_release(self, hold_id: int) -> None:
        self.letting_go = next((row for row in self.rows if row.id == hold_id), HoldShown())
        self._open("release_hold", hold_id)

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def release(self) -> AsyncIterator[Any]:
        self._close()
        async for step in self._settle(bookings.release_hold, self.record_id, "is released"):
            yield step

    async def _settle(self, command: Any, hold_id: int, done: str) -> AsyncIterator[Any]:
        """Shows the list as it then is, also after a refusal: somebody else has been faster."""
        self.busy = hold_id
        yield
        try:
            hold = await self._call(command, hold_id)
            self.settled += 1
        finally:
            self.busy = 0
            await self._show()
        yield rx.toast.success(f"{hold.number} {done}")

    async def _narrowed(self) -> Any:
        await self._show()
        return self._show_in_url(q=self.q, room=self.room, day=self.day)

    async def _show(self) -> None:
        now = clock.now()
        listed = await self._call(_look, self.q, self.room, self.day, now)
        self.rows = [hold_shown(one, listed.studio, now) for one in listed.found]
        self.rooms = listed.rooms
        self.csv = f"{routes.API_HOLDS_CSV}?{urlencode(_query(self.q, self.room, self.day))}"


def _query(q: str, room: str, day: str) -> dict[str, str]:
    """Of the same list over the API; a room or a day that is none is left out there, too."""
    query = {"q": q} if q else {}
    query |= {"room": room} if id_in_path(room) else {}
    on = day_in(day)
    if on and on.year < _FAR:
        query |= {"start": f"{on}T00:00", "end": f"{on + timedelta(days=1)}T00:00"}
    return query


def _look(session: Any, actor: Actor, q: str, room: str, day: str, now: datetime) -> Listed:
    """A room or a day that is none narrows nothing."""
    studio = studio_info(session)
    try:
        start, end = day_bounds(date.fromisoformat(day), 1, studio.zone)
    except (ValueError, OverflowError):
        start, end = None, None
    room_id = int(room) if room.isascii() and room.isdigit() else None
    return Listed(
        found=bookings.list_holds(session, actor, start, end, now, room_id=room_id, q=q),
        rooms=[(str(one.id), one.name) for one in catalog.list_rooms(session, actor)],
        studio=studio,
    )
