"""The own week, extra dates, time off and sessions of an engineer or performer; administrators see anyone's."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import reflex as rx

from services import absences, catalog, changes
from services.absences import TimeOffView
from services.catalog import ExtraAvailabilityView, WorkingHoursView
from services.core import clock
from services.core.access import Actor, Permission
from services.core.errors import DomainError
from services.core.studio import Studio, studio_info
from studio_app.gate import requires
from studio_app.live import follow
from studio_app.state.absences.conflicts import InWay, RequestRow, in_way_rows, own_requests
from studio_app.state.absences.presenter import (
    AwayRow,
    ExtraRow,
    StretchRow,
    away_row,
    extra_days,
    extra_row,
    new_time_off,
    reason_of,
    week_of,
    week_rows,
)
from studio_app.state.absences.week import Day, Week, own_week
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState, place
from studio_app.state.form import Form, id_in_path

P = Permission
_OWN = (P.UPDATE_OWN_AVAILABILITY, P.MANAGE_CATALOG)
_TOPICS = ("booking", "time_off", "closure", "extra_availability")


@dataclass(frozen=True)
class Weekday:
    weekday: int
    name: str
    stretches: list[StretchRow]


@dataclass(frozen=True)
class Kept:
    """What is kept of somebody's availability, read in one transaction."""

    studio: Studio
    hours: tuple[WorkingHoursView, ...]
    extras: tuple[ExtraAvailabilityView, ...]
    away: tuple[TimeOffView, ...]


class AvailabilityState(Loading, EditorState):
    whose: int = 0
    """The engineer or performer shown; 0 for who is neither. The services ask whether it may be changed."""
    is_engineer: bool = False
    """Whether it is the person's own page, and they are an engineer, who may ask to be replaced."""
    week: list[Weekday] = []
    extras: list[ExtraRow] = []
    away: list[AwayRow] = []
    in_way: list[InWay] = []
    """The sessions that the time off just asked for falls on."""
    asked: list[RequestRow] = []
    days: list[Day] = []
    days_title: str = ""
    days_first: str = ""
    is_this_week: bool = True
    _stretches: int = 0
    """How many were ever shown: each gets a number of its own, so that removing one moves no typed text."""
    _why: str = ""
    """What the refused time off was for."""

    @rx.event
    @requires(P.UPDATE_OWN_AVAILABILITY)
    async def load(self) -> None:
        self._arrive()
        actor = await self._actor()
        self.whose = actor.engineer_id or actor.performer_id or 0
        self.is_engineer = actor.engineer_id is not None
        self.days_first = self.router.url.query_parameters.get("week", "")
        if self.whose:
            await self._fetch()
        self.is_loading = False

    @rx.event(background=True)
    @requires(P.UPDATE_OWN_AVAILABILITY)
    async def watch(self) -> None:
        await follow(self, _TOPICS, AvailabilityState._show_days)

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def load_engineer(self) -> None:
        await self._load_other(id_in_path(self.settings_engineer))

    @rx.event
    @requires(P.MANAGE_CATALOG)
    async def load_performer(self) -> None:
        await self._load_other(id_in_path(self.settings_performer))

    @rx.event
    @requires(*_OWN)
    async def show_week(self, weeks: int) -> Any:
        """So many weeks on; 0 is this one."""
        try:
            shown = date.fromisoformat(self.days_first)
            self.days_first = (shown + timedelta(weeks=weeks)).isoformat() if weeks else ""
        except (ValueError, OverflowError):
            self.days_first = ""
        await self._show_days()

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
            await self._call(catalog.set_working_hours, self.whose, week_of(shown, Form.whole(sent)))
            await self._fetch()
        yield rx.toast.success("Weekly hours saved")

    @rx.event
    @requires(*_OWN)
    async def open_dialog(self, dialog: str) -> None:
        self._open(dialog)

    @rx.event
    @requires(*_OWN)
    async def add_extra(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        form = Form.whole(sent)
        with self._saving():
            yield
            added = await self._call(catalog.add_extra_days, self.whose, *extra_days(form), form.text("note"))
            await self._fetch()
        self._close()
        yield rx.toast.success("Extra time added" if len(added) == 1 else f"{len(added)} extra days added")

    @rx.event
    @requires(*_OWN)
    async def remove_extra(self, extra_id: int) -> Any:
        await self._call(catalog.remove_extra_availability, extra_id)
        await self._fetch()
        return rx.toast.success("Extra time removed")

    @rx.event
    @requires(*_OWN)
    async def take_off(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        self.in_way = []
        with self._saving():
            yield
            studio = await self._studio()
            new = new_time_off(self.whose, Form.whole(sent), studio.zone)
            self._why = reason_of(new, studio)
            await self._call(absences.take_time_off, new)
            await self._fetch()
        self._close()
        yield rx.toast.success("Time off saved")

    @rx.event
    @requires(*_OWN)
    async def cancel_off(self, time_off_id: int) -> Any:
        await self._call(absences.cancel_time_off, time_off_id)
        await self._fetch()
        return rx.toast.success("That time can be booked again")

    @rx.event
    @requires(P.UPDATE_OWN_AVAILABILITY)
    async def ask_swap(self, number: str) -> Any:
        """For the time off that was refused."""
        await self._call(changes.request_swap, number, self._why)
        self.in_way = [replace(one, is_asked=one.is_asked or one.number == number) for one in self.in_way]
        await self._show_days()
        return rx.toast.success(f"The managers know that you ask to be replaced in {number}")

    @rx.event
    @requires(P.UPDATE_OWN_AVAILABILITY)
    async def withdraw(self, request_id: int) -> Any:
        await self._call(changes.withdraw, request_id)
        await self._show_days()
        return rx.toast.success("Withdrawn. The session stays with you.")

    async def _load_other(self, resource_id: int) -> None:
        self.whose, self.is_engineer, self.days_first = resource_id, False, ""
        await self._fetch()

    async def _fetch(self) -> None:
        kept = await self._call(_kept, self.whose)
        self.zone_name = place(kept.studio.zone)
        by_day = week_rows(kept.hours, self._stretches)
        self._stretches += len(kept.hours)
        self.week = [Weekday(day, name, stretches) for day, name, stretches in by_day]
        self.extras = [extra_row(one, kept.studio) for one in kept.extras]
        self.away = [away_row(one, kept.studio) for one in kept.away]
        await self._show_days()

    async def _show_days(self) -> None:
        if not self.whose:
            return
        week, self.asked = await self._call(_days, self.whose, self.days_first)
        self.days, self.days_title, self.days_first = week.days, week.title, week.first
        self.is_this_week = any(day.is_today for day in week.days)

    def _open(self, dialog: str, record_id: int = 0, record: Mapping[str, str] | None = None) -> None:
        super()._open(dialog, record_id, record)
        self.in_way = []

    async def _refused(self, refusal: DomainError) -> Any:
        sessions = refusal.details.get("sessions")
        if isinstance(sessions, list) and sessions:
            asked = {one.number for one in self.asked}
            self.in_way = in_way_rows(sessions, asked, is_own=self.is_engineer, now=clock.now())
            return None
        return await super()._refused(refusal)


def _kept(session: Any, actor: Actor, whose: int) -> Kept:
    studio = studio_info(session)
    today = clock.business_date(clock.now(), studio.zone)
    return Kept(
        studio=studio,
        hours=catalog.list_working_hours(session, actor, whose),
        extras=catalog.list_extra_availability(session, actor, whose, today - timedelta(days=1)),
        away=absences.list_time_off(session, actor, whose),
    )


def _days(session: Any, actor: Actor, whose: int, first: str) -> tuple[Week, list[RequestRow]]:
    return own_week(session, actor, whose, first, clock.now()), own_requests(session, actor, whose)
