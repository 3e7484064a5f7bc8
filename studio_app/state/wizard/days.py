"""The screens before the place: the month with its free days, and the services."""

from calendar import Calendar
from datetime import date, timedelta
from typing import Any

from services import catalog, clock, scheduling, when
from services.access import Actor, Permission
from services.bookings import ServiceMode
from services.catalog import ServiceView, Studio
from services.pricing import hours_text
from studio_app.state.wizard.answers import Answers
from studio_app.state.wizard.price import minutes_of, money_text, service_of
from studio_app.state.wizard.shown import DayCell, Month, ServiceCard

_FAR_MONTHS = 18


def read_month(session: Any, actor: Actor, answers: Answers, month: str) -> Month:
    """The days of a month, `2026-11`, and which have room for the service, or for an hour."""
    today = clock.business_date(clock.now(), catalog.studio(session).zone)
    first = _first_of(month, answers, today)
    days = (_next_month(first) - first).days
    free = _free_days(session, actor, answers, max(first, today), first + timedelta(days=days))
    weeks = Calendar(firstweekday=6).monthdatescalendar(first.year, first.month)
    return Month(
        title=f"{first:%B %Y}",
        key=f"{first:%Y-%m}",
        weeks=[[_cell(day, first, today, free, answers) for day in week] for week in weeks],
        has_earlier=first > today.replace(day=1),
        has_later=first < _months_on(today.replace(day=1), _FAR_MONTHS),
    )


def turned(month: str, step: int) -> str:
    """The month before or after."""
    return f"{_months_on(date.fromisoformat(f'{month}-01'), 1 if step > 0 else -1):%Y-%m}"


def read_services(session: Any, actor: Actor, answers: Answers) -> list[ServiceCard]:
    """Staff also sell what the public page does not show."""
    studio, mode = catalog.studio(session), ServiceMode(answers.mode)
    on_sale = catalog.services_on_sale(session, mode)
    shown = on_sale if actor.can(Permission.BOOK_SESSIONS) else [one for one in on_sale if one.is_visible]
    return [_service_card(one, answers, studio) for one in shown]


def _first_of(month: str, answers: Answers, today: date) -> date:
    if month:
        return max(date.fromisoformat(f"{month}-01"), today.replace(day=1))
    return max(answers.date or today, today).replace(day=1)


def _next_month(first: date) -> date:
    return _months_on(first, 1)


def _months_on(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return first.replace(year=first.year + years, month=month + 1)


def _free_days(session: Any, actor: Actor, answers: Answers, first: date, end: date) -> set[date]:
    days = (end - first).days
    if days <= 0:
        return set()
    if not answers.is_online:
        minutes, rooms = minutes_of(session, answers), answers.room_ids
        found = scheduling.month_availability(
            session, actor, first, days, minutes, room_ids=rooms, service=answers.service or None
        )
        return {day for day, is_free in found.items() if is_free}
    service = service_of(session, answers)
    needed = service.duration_minutes + service.buffer_minutes if service else 1
    now = clock.now()
    return {
        day
        for day, periods in scheduling.capacity_days(session, actor, first, days).items()
        if any(one.remaining_minutes >= needed and one.end > now for one in periods)
    }


def _cell(day: date, first: date, today: date, free: set[date], answers: Answers) -> DayCell:
    is_shown = day.month == first.month and day >= today
    look = ("free" if day in free else "full") if is_shown else ""
    state = {"free": "", "full": ", nothing free", "": ", not to be booked"}[look]
    return DayCell(day.isoformat(), day.day, when.long_day_text(day) + state, look, answers.day == day.isoformat())


def _service_card(service: ServiceView, answers: Answers, studio: Studio) -> ServiceCard:
    unit = " per hour" if service.pricing.value == "HOURLY" else ""
    price = f"{money_text(service.price_cents, studio)}{unit}" if service.price_cents else "by room and engineer"
    facts = [hours_text(service.duration_minutes), "with engineer" if service.needs_engineer else ""]
    return ServiceCard(
        code=service.code,
        name=service.name,
        description=service.description,
        facts=" · ".join(filter(None, facts)),
        price=price,
        is_chosen=service.code == answers.service,
    )
