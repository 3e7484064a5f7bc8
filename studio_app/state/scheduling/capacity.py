from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import reflex as rx

from services import scheduling
from services.core import clock
from services.core import dates as when
from services.core.access import Permission
from services.core.studio import Studio
from services.scheduling import PeriodCapacity, ReasonCode
from studio_app.gate import requires
from studio_app.live import live_hub
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState

P = Permission
DAYS = 7
_TOPICS = ("booking", "closure", "period", "service")
REASONS = {
    ReasonCode.PAST: "The time had passed",
    ReasonCode.CLOSED: "Outside the opening hours",
    ReasonCode.CLOSURE: "The studio was closed",
    ReasonCode.BOOKED: "Another session",
    ReasonCode.LOCKOUT: "The room was locked",
    ReasonCode.TIME_OFF: "The engineer was away",
    ReasonCode.NOT_WORKING: "Outside the engineer's hours",
    ReasonCode.NOT_QUALIFIED: "The engineer does not work in that room",
    ReasonCode.UNAVAILABLE: "The room or person was out of service",
    ReasonCode.MIC_SHORT: "Too few of that mic",
    ReasonCode.CAPACITY_SHORT: "Too few online minutes",
    ReasonCode.TOO_SOON: "Too soon to book online",
    ReasonCode.TOO_FAR: "Too far ahead to book online",
    ReasonCode.OFF_STEP: "No start that is offered",
}


@dataclass(frozen=True)
class FitRow:
    name: str
    minutes: int
    fits: bool


@dataclass(frozen=True)
class CapacityRow:
    name: str
    hours: str
    capacity: int
    used: int
    remaining: int
    percent: int
    bookings: str
    """`3 bookings`."""
    services: list[FitRow]
    why_not: list[str]
    """Once each, however many services it keeps out."""


@dataclass(frozen=True)
class CapacityDay:
    day: str
    title: str
    periods: list[CapacityRow]


@dataclass(frozen=True)
class RefusedRow:
    reason: str
    attempts: int


class CapacityState(Loading, EditorState):
    days: list[CapacityDay] = []
    refused: list[RefusedRow] = []
    first_day: str = ""
    is_at_today: bool = True
    """There is nothing before it to go back to."""

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def load(self) -> None:
        self._arrive()
        self.first_day = self.router.url.query_parameters.get("from", "")
        await self._fetch()
        if P.VIEW_REPORTS.name in self.permissions:
            await self._fetch_refused()
        self.is_loading = False

    @rx.event
    @requires(P.BOOK_SESSIONS)
    async def go(self, days: int) -> Any:
        """Some days on, or back; 0 is today."""
        today = await self._today()
        first = max(today, (_day(self.first_day) or today) + timedelta(days=days)) if days else today
        self.first_day = "" if first == today else first.isoformat()
        await self._fetch()
        return self._show_in_url(**{"from": self.first_day})

    @rx.event(background=True)
    @requires(P.BOOK_SESSIONS)
    async def watch(self) -> None:
        """What others book shows by itself while the page is open."""
        async for _ in live_hub.rounds(_TOPICS, every=60):
            async with self:
                await self._fetch()

    async def _fetch(self) -> None:
        today = await self._today()
        first = max(_day(self.first_day) or today, today)
        self.is_at_today = first == today
        days, studio = await self._read(scheduling.capacity_days, first, DAYS)
        self.days = [_capacity_day(day, periods, studio, today) for day, periods in days.items()]

    async def _fetch_refused(self) -> None:
        today = await self._today()
        found = await self._call(scheduling.refused_by_reason, today - timedelta(days=29), today)
        self.refused = [RefusedRow(REASONS[reason], attempts) for reason, attempts in found.items()]

    async def _today(self) -> date:
        return clock.business_date(clock.now(), (await self._studio()).zone)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _capacity_day(day: date, periods: tuple[PeriodCapacity, ...], studio: Studio, today: date) -> CapacityDay:
    title = "Today" if day == today else when.long_day_text(day, studio)
    return CapacityDay(day.isoformat(), title, [_row(one, studio) for one in periods])


def _row(period: PeriodCapacity, studio: Studio) -> CapacityRow:
    used_of = min(100, round(100 * period.used_minutes / period.capacity_minutes)) if period.capacity_minutes else 100
    return CapacityRow(
        name=period.name,
        hours=when.span_text(period.start, period.end, studio),
        capacity=period.capacity_minutes,
        used=period.used_minutes,
        remaining=period.remaining_minutes,
        percent=used_of,
        bookings=f"{period.bookings} booking{'' if period.bookings == 1 else 's'}",
        services=[FitRow(one.name, one.minutes, one.fits) for one in period.services],
        why_not=list(dict.fromkeys(one.message for one in period.services if not one.fits)),
    )
