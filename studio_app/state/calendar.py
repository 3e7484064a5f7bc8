from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from services import catalog, clock
from services.access import Actor, Permission
from services.bookings import BookingStatus
from services.errors import Invalid
from studio_app import routes
from studio_app.gate import requires
from studio_app.live import follow
from studio_app.state.base import AppState
from studio_app.state.calendar_asked import SIDES, VIEWS, Asked, asked_in, day_in
from studio_app.state.calendar_hours import opening
from studio_app.state.calendar_look import Column, Frame, Look, look
from studio_app.state.calendar_shown import TONES, Event

P = Permission

_VIEWERS = (P.VIEW_ALL_SESSIONS, P.VIEW_OWN_SESSIONS)
_TOPICS = ("booking", "lockout", "time_off", "closure", "room", "engineer", "period", "service")
_WORDS = {BookingStatus.CONFIRMED: "confirmed"}

Choice = tuple[str, str, bool]
"""Value, text, whether it is chosen."""


class CalendarState(AppState):
    title: str = ""
    sub: str = ""
    day: str = ""
    view: str = VIEWS[0]
    by: str = SIDES[0]
    places: dict[str, str] = {}
    """Where previous, today, next, every view and every side lead to."""
    frame: Frame | None = None
    columns: list[Column] = []
    days: list[Column] = []
    events: list[Event] = []
    away: list[str] = []
    is_own: bool = False
    is_narrowed: bool = False
    rooms: list[Choice] = []
    rooms_label: str = ""
    engineers: list[Choice] = []
    engineers_label: str = ""
    statuses: list[Choice] = []
    statuses_label: str = ""
    services: list[tuple[str, str]] = []
    service: str = ""

    @rx.event
    @requires(*_VIEWERS)
    async def load(self) -> AsyncIterator[None]:
        self.is_loading = True
        yield
        await self._show()
        self.is_loading = False

    @rx.event(background=True)
    @requires(*_VIEWERS)
    async def watch(self) -> None:
        await follow(self, _TOPICS, CalendarState._show)

    @rx.event
    @requires(*_VIEWERS)
    async def toggle(self, name: str, value: str) -> Any:
        return rx.redirect((await self._asked()).toggled(name, value).href, replace=True)

    @rx.event
    @requires(*_VIEWERS)
    async def choose_service(self, code: str) -> Any:
        query = {**self.router.url.query_parameters, "service": code}
        return rx.redirect(f"{routes.CALENDAR}?{urlencode(query)}", replace=True)

    @rx.event
    @requires(*_VIEWERS)
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

    async def _asked(self) -> Asked:
        today = await self._call(lambda session, _: clock.business_date(clock.now(), catalog.studio(session).zone))
        return asked_in(self.router.url.query_parameters, today)

    async def _show(self) -> None:
        self._take(await self._call(look, self.router.url.query_parameters, clock.now()))

    def _take(self, seen: Look) -> None:
        asked = seen.asked
        self.title, self.sub = seen.title, f"Times in {seen.zone_name}"
        self.day, self.view, self.by = asked.day.isoformat(), asked.view, asked.by
        self.places = _places(asked, seen)
        self.frame, self.columns, self.days, self.events = seen.frame, seen.columns, seen.days, seen.events
        self.away, self.is_own, self.is_narrowed = seen.away, seen.is_own, asked.is_narrowed and not seen.is_own
        self.rooms = [(key, name, int(key) in asked.rooms) for key, name in seen.rooms]
        self.engineers = [(key, name, int(key) in asked.engineers) for key, name in seen.engineers]
        self.statuses = [
            (status, (word or _WORDS[status]).capitalize(), status in asked.statuses)
            for status, (_, word) in TONES.items()
        ]
        self.rooms_label = _label("Rooms", self.rooms, "all")
        self.engineers_label = _label("Engineers", self.engineers, "all")
        self.statuses_label = _label("Status", self.statuses, "active")
        self.services, self.service = seen.services, asked.service


def _label(name: str, choices: list[Choice], otherwise: str) -> str:
    chosen = sum(is_chosen for *_, is_chosen in choices)
    return f"{name} · {f'{chosen} of {len(choices)}' if chosen else otherwise}"


def _places(asked: Asked, seen: Look) -> dict[str, str]:
    moves = {"previous": asked.moved(-1), "today": asked.on(seen.today), "next": asked.moved(1)}
    moves["all"] = Asked(asked.day, asked.view, asked.by)
    views = {view: replace(asked, view=view) for view in VIEWS}
    sides = {side: replace(asked, by=side) for side in SIDES}
    return {name: place.href for name, place in (moves | views | sides).items()}


def _bookable(session: Any, actor: Actor, start: str) -> str:
    """The wall clock the wizard begins at; of a day alone, when it opens or the next half hour."""
    zone, now = catalog.studio(session).zone, clock.now()
    local = datetime.fromisoformat(start).replace(tzinfo=None)
    if len(start) == len("2027-01-31"):
        span = opening(local.date(), catalog.list_periods(session, actor))
        if span is None:
            raise Invalid("The studio is closed that day.")
        soon = now.astimezone(zone).replace(tzinfo=None, minute=now.minute // 30 * 30, second=0, microsecond=0)
        local += timedelta(minutes=span[0])
        local = max(local, soon + timedelta(minutes=30)) if soon.date() == local.date() else local
    if clock.to_instant(local, zone) < now:
        raise Invalid("That time has passed. Choose a later one.")
    return local.isoformat(timespec="minutes")
