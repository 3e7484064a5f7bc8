"""The screens before the place: the coming weeks with their free days, and the services."""

from datetime import date, timedelta
from typing import Any

from services import catalog, scheduling
from services.bookings import ServiceMode
from services.catalog import ServiceView
from services.core import clock
from services.core import dates as when
from services.core.access import Actor, Permission
from services.core.dates import hours_text
from services.core.studio import Studio, studio_info
from studio_app.state.bookings.wizard.answers import Answers
from studio_app.state.bookings.wizard.price import minutes_of, money_text, service_of
from studio_app.state.bookings.wizard.shown import DayCell, Days, ServiceCard

_PAGE = timedelta(weeks=5)
_MOST_PAGES = 16
"""About a year and a half."""


def read_days(session: Any, actor: Actor, answers: Answers, asked: str) -> Days:
    """Five weeks across the month's end, this week on, and which days have room for the service, or for an hour.

    `asked`: an ISO day of the weeks wanted; empty for those of the day chosen.
    """
    studio = studio_info(session)
    today = clock.business_date(clock.now(), studio.zone)
    page = _page_of(date.fromisoformat(asked) if asked else answers.date or today, today)
    first = _week_of(today) + page * _PAGE
    shown = [first + timedelta(days=one) for one in range(_PAGE.days)]
    free = free_days(session, actor, answers, max(first, today), first + _PAGE)
    cells = [_cell(day, today, free, answers, studio, is_first=day == max(first, today)) for day in shown]
    return Days(
        title=_span_title(max(first, today), shown[-1], studio),
        key=first.isoformat(),
        weeks=[cells[at : at + 7] for at in range(0, len(cells), 7)],
        has_earlier=page > 0,
        has_later=page < _MOST_PAGES,
    )


def turned(key: str, step: int) -> str:
    """The weeks before or after those that begin on `key`."""
    return (date.fromisoformat(key) + (_PAGE if step > 0 else -_PAGE)).isoformat()


def next_free_day(session: Any, actor: Actor, answers: Answers) -> str:
    """ISO; empty where nothing is free in the weeks ahead."""
    today = clock.business_date(clock.now(), studio_info(session).zone)
    free = free_days(session, actor, answers, today, today + 2 * _PAGE)
    return min(free).isoformat() if free else ""


def read_services(session: Any, actor: Actor, answers: Answers) -> list[ServiceCard]:
    """Staff also sell what the public page does not show."""
    studio, mode = studio_info(session), ServiceMode(answers.mode)
    on_sale = catalog.services_on_sale(session, mode)
    shown = on_sale if actor.can(Permission.BOOK_SESSIONS) else [one for one in on_sale if one.is_visible]
    return [_service_card(one, answers, studio) for one in shown]


def _week_of(day: date) -> date:
    """Weeks begin on Sunday."""
    return day - timedelta(days=(day.weekday() + 1) % 7)


def _page_of(day: date, today: date) -> int:
    return min(max((day - _week_of(today)) // _PAGE, 0), _MOST_PAGES)


def _span_title(first: date, last: date, studio: Studio) -> str:
    """`November – December 2026`."""
    start = when.month_name(first, studio) if first.year == last.year else when.month_text(first, studio)
    return f"{start} – {when.month_text(last, studio)}"


def free_days(session: Any, actor: Actor, answers: Answers, first: date, end: date) -> set[date]:
    days = (end - first).days
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


def _cell(day: date, today: date, free: set[date], answers: Answers, studio: Studio, *, is_first: bool) -> DayCell:
    look = ("free" if day in free else "full") if day >= today else ""
    return DayCell(
        day=day.isoformat(),
        number=day.day,
        month=when.short_month_name(day, studio) if day.day == 1 or is_first else "",
        label=when.long_day_text(day, studio) + ("" if look == "free" else ", nothing free"),
        look=look,
        is_chosen=answers.day == day.isoformat(),
    )


def _service_card(service: ServiceView, answers: Answers, studio: Studio) -> ServiceCard:
    unit = " per hour" if service.pricing.value == "HOURLY" else ""
    own = f"{money_text(service.price_cents, studio)}{unit}{'' if answers.is_online else ' + room'}"
    facts = [hours_text(service.duration_minutes), "with engineer" if service.needs_engineer else ""]
    return ServiceCard(
        code=service.code,
        name=service.name,
        description=service.description,
        facts=" · ".join(filter(None, facts)),
        price=own if service.price_cents else "by room and engineer",
        is_chosen=service.code == answers.service,
    )
