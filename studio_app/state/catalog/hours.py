from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from services import catalog
from services.catalog import WEEKDAYS, ClosureView, PeriodDetails, PeriodView
from services.core import dates as when
from services.core.access import Permission
from services.core.studio import Studio
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState, Met, by_id, days_text, met_sessions
from studio_app.state.form import Form, form_texts


@dataclass(frozen=True)
class PeriodRow:
    id: int
    name: str
    hours: str
    capacity: str


@dataclass(frozen=True)
class WeekdayRow:
    weekday: int
    name: str
    periods: list[PeriodRow]


@dataclass(frozen=True)
class ClosureRow:
    id: int
    days: str
    reason: str


class HoursState(Loading, EditorState):
    week: list[WeekdayRow] = []
    unused: list[PeriodRow] = []
    closures: list[ClosureRow] = []
    on_closed_days: list[Met] = []
    """Sessions the last closure falls on; they stay until someone moves them."""

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def load(self) -> None:
        self._arrive()
        self.on_closed_days = []
        await self._fetch()

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def add_period(self, weekday: int) -> None:
        self._open("period", 0, {"weekday": str(weekday)})

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def edit_period(self, period_id: int) -> None:
        periods = await self._call(catalog.list_periods)
        self._open("period", period_id, form_texts(PeriodDetails, by_id(periods, period_id)))

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def save_period(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            details = Form.whole(sent).read(PeriodDetails)
            await self._call(catalog.save_period, details, self.record_id or None)
            await self._fetch()
        self._close()
        yield rx.toast.success(f"{WEEKDAYS[details.weekday]}, {details.name} saved")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def remove_period(self) -> Any:
        await self._call(catalog.deactivate_period, self.record_id)
        await self._fetch()
        self._close()
        return rx.toast.success("Removed. You can bring it back below.")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def restore_period(self, period_id: int) -> Any:
        await self._call(catalog.activate_period, period_id)
        await self._fetch()
        return rx.toast.success("Open again in that time")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def ask_to_close(self) -> None:
        self._open("closure")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def add_closure(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        form = Form.whole(sent)
        with self._saving():
            yield
            first_day = form.day("first_day")
            last_day = form.maybe_day("last_day") or first_day
            added, studio = await self._read(catalog.add_closure, first_day, last_day, form.text("reason"))
            self.on_closed_days = met_sessions(added.sessions, studio)
            await self._fetch()
        self._close()
        yield rx.toast.success(f"Closed: {added.closure.reason}")

    @rx.event
    @requires(Permission.MANAGE_CATALOG)
    async def remove_closure(self, closure_id: int) -> Any:
        await self._call(catalog.remove_closure, closure_id)
        self.on_closed_days = []
        await self._fetch()
        return rx.toast.success("Open again on those days")

    async def _fetch(self) -> None:
        periods, studio = await self._read(catalog.list_periods, include_inactive=True)
        closures = await self._call(catalog.list_closures)
        self.week = [
            WeekdayRow(day, name, [_period(one, studio) for one in periods if one.is_active and one.weekday == day])
            for day, name in enumerate(WEEKDAYS)
        ]
        self.unused = [_period(one, studio, f"{WEEKDAYS[one.weekday]}, ") for one in periods if not one.is_active]
        self.closures = [_closure(one, studio) for one in closures]
        self.is_loading = False


def _period(period: PeriodView, studio: Studio, day: str = "") -> PeriodRow:
    next_day = " (next day)" if period.end <= period.start else ""
    hours = f"{when.hours_of_day_text(period.start, period.end, studio)}{next_day}"
    return PeriodRow(period.id, day + period.name, hours, f"{period.capacity_minutes} min online")


def _closure(closure: ClosureView, studio: Studio) -> ClosureRow:
    return ClosureRow(closure.id, days_text(closure.first_day, closure.last_day, studio), closure.reason)
