"""An engineer's own week, extra dates and time off; administrators see the same of anyone's."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from services import catalog, scheduling
from services.access import Permission
from studio_app.gate import requires
from studio_app.state.away import AwayRow, ExtraRow, StretchRow, away_row, extra_row, new_time_off, week_of, week_rows
from studio_app.state.editor import EditorState
from studio_app.state.form import Form, id_in_path

P = Permission
_OWN = (P.UPDATE_OWN_AVAILABILITY, P.MANAGE_CATALOG)


@dataclass(frozen=True)
class Weekday:
    weekday: int
    name: str
    stretches: list[StretchRow]


class AvailabilityState(EditorState):
    whose: int = 0
    """The engineer shown; 0 for who is not set up as one. The services ask whether it may be changed."""
    week: list[Weekday] = []
    extras: list[ExtraRow] = []
    away: list[AwayRow] = []
    _stretches: int = 0
    """How many were ever shown: each gets a number of its own, so that removing one moves no typed text."""

    @rx.event
    @requires(P.UPDATE_OWN_AVAILABILITY)
    async def load(self) -> None:
        self._arrive()
        self.whose = (await self._actor()).engineer_id or 0
        if self.whose:
            await self._fetch()
        self.is_loading = False

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def load_engineer(self) -> None:
        self.whose = id_in_path(self.settings_engineer)
        await self._fetch()

    @rx.event
    @requires(*_OWN)
    async def add_stretch(self, weekday: int) -> None:
        self._stretches += 1
        new = StretchRow(self._stretches, weekday, "", "")
        self.week = [
            Weekday(day.weekday, day.name, [*day.stretches, new] if day.weekday == weekday else day.stretches)
            for day in self.week
        ]

    @rx.event
    @requires(*_OWN)
    async def remove_stretch(self, key: int) -> None:
        self.week = [
            Weekday(day.weekday, day.name, [one for one in day.stretches if one.key != key]) for day in self.week
        ]

    @rx.event
    @requires(*_OWN)
    async def save_week(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            shown = [one for day in self.week for one in day.stretches]
            await self._call(catalog.set_working_hours, self.whose, week_of(shown, Form(sent)))
            await self._fetch()
        yield rx.toast.success("Weekly hours saved")

    @rx.event
    @requires(*_OWN)
    async def open_dialog(self, dialog: str) -> None:
        self._open(dialog)

    @rx.event
    @requires(*_OWN)
    async def add_extra(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        form = Form(sent)
        with self._saving():
            yield
            zone = (await self._studio()).zone
            span = form.instant("start_day", "start", zone), form.instant("end_day", "end", zone)
            await self._call(catalog.add_extra_availability, self.whose, *span, form.text("note"))
            await self._fetch()
        self._close()
        yield rx.toast.success("Extra time added")

    @rx.event
    @requires(*_OWN)
    async def remove_extra(self, extra_id: int) -> Any:
        await self._call(catalog.remove_extra_availability, extra_id)
        await self._fetch()
        return rx.toast.success("Extra time removed")

    @rx.event
    @requires(*_OWN)
    async def take_off(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            new = new_time_off(self.whose, Form(sent), (await self._studio()).zone)
            await self._call(scheduling.take_time_off, new)
            await self._fetch()
        self._close()
        yield rx.toast.success("Time off saved")

    @rx.event
    @requires(*_OWN)
    async def cancel_off(self, time_off_id: int) -> Any:
        await self._call(scheduling.cancel_time_off, time_off_id)
        await self._fetch()
        return rx.toast.success("That time can be booked again")

    async def _fetch(self) -> None:
        hours, studio = await self._read(catalog.list_working_hours, self.whose)
        by_day = week_rows(hours, self._stretches)
        self._stretches += len(hours)
        self.week = [Weekday(day, name, stretches) for day, name, stretches in by_day]
        extras = await self._call(catalog.list_extra_availability, self.whose)
        self.extras = [extra_row(one, studio.zone) for one in extras]
        away = await self._call(scheduling.list_time_off, self.whose)
        self.away = [away_row(one, studio.zone) for one in away]
