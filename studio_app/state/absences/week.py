"""A week of somebody's own: what they do on each day, and when they are away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from babel import Locale

from services import catalog, scheduling
from services.catalog import ClosureView, ExtraAvailabilityView, WorkingHoursView
from services.core import clock
from services.core import dates as when
from services.core.access import Actor
from services.core.studio import Studio, studio_info
from services.scheduling import AgendaEntry
from studio_app import routes

_DAYS = 7


@dataclass(frozen=True)
class Entry:
    kind: str
    """`session`, `away`, `extra` or `closed`."""
    time: str
    what: str
    more: str = ""
    href: str = ""
    status: str = ""


@dataclass(frozen=True)
class Day:
    title: str
    is_today: bool
    hours: str
    things: list[Entry]


@dataclass(frozen=True)
class Week:
    title: str
    first: str
    days: list[Day]


def own_week(session: Any, actor: Actor, whose: int, asked: str, now: datetime) -> Week:
    studio = studio_info(session)
    zone = studio.zone
    first = _first_day(session, actor, asked, now)
    start, end = clock.day_bounds(first, _DAYS, zone)
    agenda = scheduling.agenda(session, actor, whose, start, end)
    hours = catalog.list_working_hours(session, actor, whose)
    extras = catalog.list_extra_availability(session, actor, whose, first - timedelta(days=1))
    closures = catalog.list_closures(session, actor, first)
    today = clock.business_date(now, zone)
    days = [first + timedelta(days=number) for number in range(_DAYS)]
    return Week(
        title=when.days_between_text(days[0], days[-1], studio),
        first=first.isoformat(),
        days=[_day(day, day == today, hours, extras, closures, agenda, studio) for day in days],
    )


def _first_day(session: Any, actor: Actor, asked: str, now: datetime) -> date:
    """Of the day asked for as YYYY-MM-DD, or of today."""
    studio = catalog.get_studio(session, actor)
    today = clock.business_date(now, studio.zone)
    try:
        day = date.fromisoformat(asked) if asked else today
    except ValueError:
        day = today
    day = min(max(day, today - timedelta(days=730)), today + timedelta(days=730))
    return day - timedelta(days=(day.weekday() - Locale.parse(studio.locale).first_week_day) % _DAYS)


def _day(
    day: date,
    is_today: bool,
    hours: Iterable[WorkingHoursView],
    extras: Iterable[ExtraAvailabilityView],
    closures: Iterable[ClosureView],
    agenda: Iterable[AgendaEntry],
    studio: Studio,
) -> Day:
    start, end = clock.day_bounds(day, 1, studio.zone)
    entries = [Entry("closed", "All day", "Studio closed", one.reason) for one in closures if _covers(one, day)]
    entries += [
        Entry("extra", when.span_text(one.start, one.end, studio), "Extra time", one.note)
        for one in extras
        if start <= one.start < end
    ]
    entries += [
        _session(one, studio) if one.session else Entry("away", _part(one, start, end, studio), "Time off")
        for one in agenda
        if (start <= one.start < end if one.session else one.start < end and start < one.end)
    ]
    usual = [when.hours_of_day_text(one.start, one.end, studio) for one in hours if one.weekday == day.weekday()]
    return Day(when.day_text(day, studio), is_today, ", ".join(usual) or "Not working", entries)


def _session(one: AgendaEntry, studio: Studio) -> Entry:
    assert one.session is not None
    return Entry(
        kind="session",
        time=when.span_text(one.start, one.end, studio),
        what=one.session.client,
        more=" · ".join((one.session.service, *one.session.rooms)),
        href=routes.booking(one.session.number),
        status=one.session.status,
    )


def _part(one: AgendaEntry, start: datetime, end: datetime, studio: Studio) -> str:
    """What of it is on the day."""
    if one.start <= start and end <= one.end:
        return "All day"
    return when.span_text(max(one.start, start), min(one.end, end), studio)


def _covers(closure: ClosureView, day: date) -> bool:
    return closure.first_day <= day <= closure.last_day
