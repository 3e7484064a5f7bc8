"""The calendar's own row of controls, and what changed since its picture was fetched.

The sessions themselves live in the browser alone: it fetches them from the API and puts a `Patch`
over them. Here, thousands of them would be held for every open calendar.
"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from services import catalog, online
from services.core import clock
from services.core.access import Actor, Permission
from services.core.errors import Invalid
from services.core.live import MISSED
from services.core.studio import studio_info
from services.scheduling import next_start
from studio_app import routes
from studio_app.gate import requires
from studio_app.live import Changes, follow_changes
from studio_app.state.base import AppState
from studio_app.state.calendar.bar import Bar, Choice, bar, label
from studio_app.state.calendar.hours import opening
from studio_app.state.calendar.overview import brief, changed
from studio_app.state.calendar.query import SIDES, VIEWS, Asked, asked_in, day_in

P = Permission

VIEWERS = (P.VIEW_ALL_SESSIONS, P.VIEW_OWN_SESSIONS)
_ANEW = ("lockout", "time_off", "closure", "room", "engineer", "period", "service", "studio_info")
"""What changes more than single sessions: the picture is fetched again."""
_SINGLE = ("booking", "hold")
"""A hold has the id of its booking."""
_ON_THE_WAY = 10.0
"""Seconds a picture may take from the database to a page that hears of changes."""
_MOST_PATCHED = 100


class CalendarState(AppState):
    title: str = ""
    sub: str = ""
    day: str = ""
    view: str = VIEWS[0]
    by: str = SIDES[0]
    places: dict[str, str] = {}
    is_own: bool = False
    is_narrowed: bool = False
    rooms: list[Choice] = []
    rooms_label: str = label("Rooms", [], "all")
    engineers: list[Choice] = []
    engineers_label: str = label("Engineers", [], "all")
    statuses: list[Choice] = []
    statuses_label: str = label("Status", [], "active")
    services: list[tuple[str, str]] = []
    service: str = ""
    is_open: bool = False
    """Whether a phone shows more than one row of controls."""
    patch: dict[str, Any] = {}
    """`stamp` counts up, so that the browser knows when it missed one. `first`: this page hears of
    changes from now on; `anew`: fetch everything; else `changed` (events) and `gone` (booking ids).
    `query`: the address it is drawn for."""

    @rx.event
    @requires(*VIEWERS)
    async def load(self) -> None:
        self._take(await self._call(bar, self.router.url.query_parameters, clock.now()))

    @rx.event(background=True)
    @requires(*VIEWERS)
    async def watch(self) -> None:
        async with self:
            self._send(first=True)
        await follow_changes(self, (*_SINGLE, *_ANEW), CalendarState._hear, since=_ON_THE_WAY)

    @rx.event
    @requires(*VIEWERS)
    async def toggle_controls(self) -> None:
        self.is_open = not self.is_open

    @rx.event
    @requires(*VIEWERS)
    async def toggle(self, name: str, value: str) -> Any:
        return rx.redirect((await self._asked()).toggled(name, value).href, replace=True)

    @rx.event
    @requires(*VIEWERS)
    async def choose_service(self, code: str) -> Any:
        query = {**self.router.url.query_parameters, "service": code}
        return rx.redirect(f"{routes.CALENDAR}?{urlencode(query)}", replace=True)

    @rx.event
    @requires(*VIEWERS)
    async def jump(self, day: str) -> Any:
        wanted = day_in(day)
        return rx.redirect((await self._asked()).on(wanted).href) if wanted else None

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def pick(self, start: str, column: str) -> Any:
        """A click on empty time: the wizard begins there. `start`: wall clock, or a day alone."""
        try:
            local = await self._call(_bookable, start)
        except (Invalid, ValueError) as refusal:
            return rx.toast.info(refusal.message if isinstance(refusal, Invalid) else "Choose a time.")
        room = {"room": column} if self.by == "rooms" and column.isdigit() else {}
        return rx.redirect(f"{routes.BOOKING_NEW}?{urlencode({'start': local, **room})}")

    async def _hear(self, heard: Changes) -> None:
        """Reads what changed without the lock on the state, and sends it with."""
        ids = {change.entity_id for change in heard if change.topic in _SINGLE}
        if MISSED in heard or len(ids) > _MOST_PATCHED or any(change.topic in _ANEW for change in heard):
            async with self:
                self._send(anew=True)
        elif ids:
            whose = self._whose
            patch = await self._as_now([one for one in ids if one is not None])
            async with self:
                if self._whose == whose:  # else somebody else has the tab by now
                    self._send(**patch)

    async def _as_now(self, ids: list[int]) -> dict[str, Any]:
        """Those bookings, to be put over the picture."""
        patch = await self._call(changed, self.router.url.query_parameters, clock.now(), ids)
        return {"changed": [brief(event) for event in patch.events], "gone": patch.gone}

    def _send(self, **what: Any) -> None:
        shown = dict(self.router.url.query_parameters)
        self.patch = {"stamp": self.patch.get("stamp", 0) + 1, "query": shown, **what}

    async def _asked(self) -> Asked:
        today = await self._call(lambda session, _: clock.business_date(clock.now(), studio_info(session).zone))
        return asked_in(self.router.url.query_parameters, today)

    def _take(self, seen: Bar) -> None:
        asked = seen.asked
        self.title, self.sub = seen.title, f"Times in {seen.zone_name}"
        self.day, self.view, self.by, self.places = asked.day.isoformat(), asked.view, asked.by, seen.places
        self.is_own, self.is_narrowed = seen.is_own, asked.is_narrowed and not seen.is_own
        self.rooms, self.rooms_label = seen.rooms, label("Rooms", seen.rooms, "all")
        self.engineers, self.engineers_label = seen.engineers, label("Engineers", seen.engineers, "all")
        self.statuses, self.statuses_label = seen.statuses, label("Status", seen.statuses, "active")
        self.services, self.service = seen.services, asked.service


def _bookable(session: Any, actor: Actor, start: str) -> str:
    """The wall clock the wizard begins at; of a day alone, when it opens or the next start."""
    zone, now = studio_info(session).zone, clock.now()
    local = datetime.fromisoformat(start).replace(tzinfo=None)
    if len(start) == len("2027-01-31"):
        span = opening(local.date(), catalog.list_periods(session, actor))
        if span is None:
            raise Invalid("The studio is closed that day.")
        local += timedelta(minutes=span[0])
        here = now.astimezone(zone).replace(tzinfo=None)
        if here.date() == local.date():
            local = next_start(local, here, timedelta(minutes=online.start_step(session, actor)))
    if clock.to_instant(local, zone) < now:
        raise Invalid("That time has passed. Choose a later one.")
    return local.isoformat(timespec="minutes")
