"""What every reading of the calendar starts from: what is asked for, by whom, and which days that is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from babel import Locale

from services import bookings
from services.bookings import BookingRow
from services.core import clock
from services.core.access import Actor, Permission
from services.core.studio import Studio, studio_info
from studio_app.state.calendar.presenter import Drawing
from studio_app.state.calendar.query import Asked, asked_in

_NIGHT = timedelta(hours=24)
"""Read beyond the last day, because its sessions may run into the next."""


@dataclass(frozen=True)
class Scene:
    asked: Asked
    studio: Studio
    today: date
    now: datetime
    days: list[date]
    week_start: int
    """0 is Monday."""
    start: datetime
    end: datetime
    drawing: Drawing


def scene(session: Any, actor: Actor, query: Mapping[str, str], now: datetime) -> Scene:
    studio = studio_info(session)
    today = clock.business_date(now, studio.zone)
    own = own_column(actor)
    asked = _of_own(asked_in(query, today)) if own else asked_in(query, today)
    week_start = Locale.parse(studio.locale).first_week_day
    days = asked.days(week_start)
    start, end = clock.day_bounds(days[0], len(days), studio.zone)
    is_chips = asked.view == "month" if own else asked.is_chips
    may_move = actor.can(Permission.SWAP_RESOURCES)
    drawing = Drawing(studio, asked.by, asked.view, is_chips, own, may_move)
    return Scene(asked, studio, today, now, days, week_start, start, end, drawing)


def sessions(session: Any, actor: Actor, seen: Scene, ids: Collection[int] | None = None) -> list[BookingRow]:
    """What meets the days and the filters; with `ids`, only of those."""
    rows = bookings.calendar(session, actor, seen.start, seen.end + _NIGHT, seen.asked.filters, ids)
    return [row for row in _fitting(seen.asked, rows) if not seen.drawing.is_chips or row.business_date in seen.days]


def own_column(actor: Actor) -> str:
    """Who sees their own sessions alone has one column; rooms of others would look free."""
    return "" if actor.can(Permission.VIEW_ALL_SESSIONS) else str(actor.engineer_id or actor.performer_id or "own")


def _of_own(asked: Asked) -> Asked:
    return replace(asked, by="engineers", rooms=(), engineers=())


def _fitting(asked: Asked, rows: Iterable[BookingRow]) -> Iterable[BookingRow]:
    return (
        row
        for row in rows
        if (not asked.rooms or set(asked.rooms) & set(row.room_ids))
        and (not asked.engineers or row.engineer_id in asked.engineers)
    )
