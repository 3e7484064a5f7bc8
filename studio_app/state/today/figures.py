"""The day in four figures, each beside what it was a week ago."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel import Locale

from services import bookings, scheduling
from services.bookings import BookingFilters, BookingStatus, TodayView
from services.core import clock, money
from services.core import dates as when
from services.core.access import Actor, Permission
from services.core.paging import PageRequest
from services.core.studio import Studio

S = BookingStatus
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Figure:
    label: str
    value: str
    note: str
    tone: str = ""
    """Of the note: ok, warn, bad."""


def figures(session: Any, actor: Actor, today: TodayView, studio: Studio) -> list[Figure]:
    """Only for those who may see the money; the rooms only for those who see all sessions."""
    if today.booked_cents is None or today.collected_cents is None or today.outstanding_cents is None:
        return []
    payments = today.payments_count or 0
    collected = f"{payments} payment{'' if payments == 1 else 's'}"
    sees_all = actor.can(Permission.VIEW_ALL_SESSIONS)
    return [
        _booked(session, actor, today, studio) if sees_all else _plain("Booked today", today.booked_cents, "", studio),
        _plain("Collected today", today.collected_cents, collected, studio),
        *([_in_use(session, actor, today.day, studio)] if sees_all else []),
        _outstanding(session, actor, today, studio),
    ]


def _plain(label: str, cents: int, note: str, studio: Studio) -> Figure:
    return Figure(label, money.as_text(cents, studio.currency, studio.locale), note)


def _booked(session: Any, actor: Actor, today: TodayView, studio: Studio) -> Figure:
    """Sold for sessions that start on the day."""
    now, earlier = today.booked_cents or 0, _booked_on(session, actor, today.day - _WEEK, studio)
    value = money.as_text(now, studio.currency, studio.locale)
    if not earlier:
        return Figure("Booked today", value, f"nothing last {when.weekday_name(today.day, studio)}")
    note, tone = _change(round(100 * (now - earlier) / earlier), "%")
    return Figure("Booked today", value, f"{note} on last {when.weekday_name(today.day, studio)}", tone)


def _booked_on(session: Any, actor: Actor, day: date, studio: Studio) -> int:
    rows = bookings.calendar(session, actor, *clock.day_bounds(day, 1, studio.zone), BookingFilters())
    return sum(row.total_cents or 0 for row in rows if row.business_date == day and row.status is not S.HOLD)


def _in_use(session: Any, actor: Actor, day: date, studio: Studio) -> Figure:
    """Of the whole week, from its first day to its last."""
    first = day - timedelta(days=(day.weekday() - Locale.parse(studio.locale).first_week_day) % 7)
    now = scheduling.rooms_in_use(session, actor, first, 7)
    before = scheduling.rooms_in_use(session, actor, first - _WEEK, 7)
    if now is None or before is None:
        return Figure("Rooms in use, this week", "closed" if now is None else f"{now:.0%}", "")
    note, tone = _change(round(100 * now) - round(100 * before), " pts")
    return Figure("Rooms in use, this week", f"{now:.0%}", f"{note} on last week", tone)


def _outstanding(session: Any, actor: Actor, today: TodayView, studio: Studio) -> Figure:
    """Overdue is what is owed for sessions of earlier days."""
    past = BookingFilters(
        statuses=(S.CONFIRMED, S.CHECKED_IN, S.COMPLETED, S.NO_SHOW, S.CANCELLED),
        last_day=today.day - timedelta(days=1),
        unpaid=True,
    )
    overdue = bookings.list_bookings(session, actor, PageRequest(page_size=1), past).total
    value = money.as_text(today.outstanding_cents or 0, studio.currency, studio.locale)
    return Figure("Outstanding", value, f"{overdue} overdue" if overdue else "none overdue", "bad" if overdue else "ok")


def _change(by: int, unit: str) -> tuple[str, str]:
    if not by:
        return f"± 0{unit}", ""
    return (f"▲ {by}{unit}", "ok") if by > 0 else (f"▼ {-by}{unit}", "warn")
