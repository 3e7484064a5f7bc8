"""Today as each role needs it, read in one transaction; money and times as texts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services import bookings
from services.bookings import BookingFilters, BookingRow, BookingStatus, OpenRequest, TodayView
from services.core import clock, money
from services.core import dates as when
from services.core.access import Actor, Permission
from services.core.paging import PageRequest
from services.core.studio import Studio, studio_info
from studio_app import routes
from studio_app.state.calendar.overview import look as calendar_look
from studio_app.state.calendar.presenter import time_text
from studio_app.state.today.figures import Figure, figures
from studio_app.state.today.strip import Strip, strip

P = Permission
S = BookingStatus

_COMING = timedelta(days=14)


@dataclass(frozen=True)
class Session:
    """A line of the day: of the day sheet, of an engineer's own sessions, of what is owed."""

    number: str
    href: str
    day: str
    at: str
    """When it begins."""
    time: str
    client: str
    artist: str
    service: str
    place: str
    engineer: str
    mics: str
    status: str
    is_late: bool
    can_check_in: bool
    version: int
    total: str
    balance: str


@dataclass(frozen=True)
class Hand:
    """Something that needs one."""

    number: str
    href: str
    status: str
    who: str
    what: str
    hint: str


@dataclass(frozen=True)
class Look:
    title: str
    sub: str
    strip: Strip | None
    figures: list[Figure]
    hands: list[Hand]
    arriving: list[Session]
    sessions: list[Session]
    coming: list[Session]
    owed: list[Session]


def look(session: Any, actor: Actor, now: datetime) -> Look:
    studio = studio_info(session)
    if not (actor.can(P.VIEW_OWN_SESSIONS) or actor.can(P.VIEW_PAYMENTS)):
        day = clock.business_date(now, studio.zone)
        return Look(when.long_day_text(day, studio), f"Welcome, {actor.name}", None, [], [], [], [], [], [])
    today = bookings.today(session, actor, now)
    is_all, sees_sessions = actor.can(P.VIEW_ALL_SESSIONS), actor.can(P.VIEW_OWN_SESSIONS)
    return Look(
        title=when.long_day_text(today.day, studio),
        sub=_sub(today, studio) if sees_sessions else f"Times in {_place(studio)}",
        strip=strip(calendar_look(session, actor, {}, now), now, studio.zone) if is_all or actor.engineer_id else None,
        figures=figures(session, actor, today, studio),
        hands=_hands(session, actor, today, studio, now) if is_all else _unpaid_alone(today, studio, now),
        arriving=[_line(row, studio, now) for row in today.arriving] if is_all else [],
        sessions=[_line(row, studio, now) for row in today.sessions] if sees_sessions else [],
        coming=_coming(session, actor, studio, today, now) if sees_sessions and not is_all else [],
        owed=_owed(session, actor, studio, now) if actor.can(P.VIEW_PAYMENTS) and not is_all else [],
    )


def _sub(today: TodayView, studio: Studio) -> str:
    count = len(today.sessions)
    sessions = "No sessions" if not count else "1 session" if count == 1 else f"{count} sessions"
    arriving = f"{len(today.arriving)} arriving in the next two hours" if today.arriving else ""
    running = sum(row.status is S.CHECKED_IN for row in today.sessions)
    in_session = f"{running} in session" if running else ""
    return " · ".join(filter(None, (sessions, in_session, arriving, f"times in {_place(studio)}")))


def _hands(session: Any, actor: Actor, today: TodayView, studio: Studio, now: datetime) -> list[Hand]:
    """Who waits for an answer first, then what is over and not finished. Each session is there once."""
    rows = {row.number: (row, _unpaid(row, studio, now)) for row in today.unpaid}
    rows |= {row.number: (row, _unsigned(row, studio)) for row in today.unsigned}
    for row in today.overdue:
        rows.pop(row.number, None)
    later = [hand for _, hand in sorted(rows.values(), key=lambda pair: pair[0].start)]
    return [*_asked(session, actor, studio), *(_overdue(row, studio) for row in today.overdue), *later]


def _asked(session: Any, actor: Actor, studio: Studio) -> list[Hand]:
    """Clients wait for an answer: the oldest first."""
    if not actor.can(P.BOOK_SESSIONS):
        return []
    return [_wish(one, studio) for one in bookings.open_change_requests(session, actor)]


def _wish(one: OpenRequest, studio: Studio) -> Hand:
    when_it_is = when.session_text(one.start, one.end, studio)
    what = f"asks to {one.wish.lower()} {one.service_name}, {when_it_is}"
    return Hand(one.number, routes.booking(one.number), "ASKED", one.client_name, what, one.message)


def _unpaid_alone(today: TodayView, studio: Studio, now: datetime) -> list[Hand]:
    """For who has no hand in the rest; empty for those who may not see money."""
    return [_unpaid(row, studio, now) for row in today.unpaid]


def _overdue(row: BookingRow, studio: Studio) -> Hand:
    what = f"{_room(row)}, {when.session_text(row.start, row.end, studio)}"
    if row.status is S.CHECKED_IN:
        return Hand(row.number, routes.booking(row.number), "OVER_TIME", _who(row), what, "Check out, or extend it")
    hint = "Check in who came after all, or enter a no-show"
    return Hand(row.number, routes.booking(row.number), "NOT_CHECKED_IN", _who(row), what, hint)


def _unsigned(row: BookingRow, studio: Studio) -> Hand:
    what = f"{_room(row)}, {when.session_text(row.start, row.end, studio)}"
    return Hand(
        row.number, routes.booking(row.number), "UNSIGNED", _who(row), what, "No payment can be taken until they sign"
    )


def _unpaid(row: BookingRow, studio: Studio, now: datetime) -> Hand:
    missing = min(row.deposit_cents or 0, row.total_cents or 0) - (row.paid_cents or 0)
    due = row.deposit_due_at
    by = "" if due is None else f" due {'since' if due < now else 'by'} {_moment(due, studio, now)}"
    is_held = row.status is S.PENDING and due is not None
    hint = "The time is released after that" if is_held else f"{_room(row)}, {_day(row, studio)}"
    what = f"deposit of {_money(missing, studio)}{by}"
    return Hand(row.number, routes.booking(row.number), "UNPAID", _who(row), what, hint)


def _coming(session: Any, actor: Actor, studio: Studio, today: TodayView, now: datetime) -> list[Session]:
    _, start = clock.day_bounds(today.day, 1, studio.zone)
    rows = bookings.calendar(session, actor, start, start + _COMING, BookingFilters())
    return [_line(row, studio, now) for row in rows if row.business_date > today.day and row.status is not S.HOLD]


def _owed(session: Any, actor: Actor, studio: Studio, now: datetime) -> list[Session]:
    sold = tuple(status for status in BookingStatus if status is not S.HOLD)
    page = PageRequest(page_size=10, sort="-balance")
    found = bookings.list_bookings(session, actor, page, BookingFilters(statuses=sold, unpaid=True))
    return [_line(row, studio, now) for row in found.data]


def _line(row: BookingRow, studio: Studio, now: datetime) -> Session:
    return Session(
        number=row.number,
        href=routes.booking(row.number),
        day=_day(row, studio),
        at=when.time_text(row.start, studio),
        time=row.period or time_text(row.start, row.end, studio),
        client=row.client_name,
        artist=row.artist_name if row.artist_name != row.client_name else "",
        service=row.service_name,
        place=_room(row),
        engineer=row.engineer_name,
        mics=", ".join(row.mic_names),
        status=row.status,
        is_late=row.start < now,
        can_check_in=row.status is S.CONFIRMED and row.check_in_from <= now,
        version=row.version,
        total="" if row.total_cents is None else _money(row.total_cents, studio),
        balance="" if row.balance_cents is None else _money(row.balance_cents, studio),
    )


def _room(row: BookingRow) -> str:
    return "Online" if row.period else ", ".join(row.room_names)


def _who(row: BookingRow) -> str:
    return row.artist_name or row.client_name


def _day(row: BookingRow, studio: Studio) -> str:
    return when.day_text(row.start.astimezone(studio.zone).date(), studio)


def _moment(at: datetime, studio: Studio, now: datetime) -> str:
    """`5:00 pm` today, with the day otherwise."""
    day = clock.business_date(at, studio.zone)
    time = when.time_text(at, studio)
    return time if day == clock.business_date(now, studio.zone) else when.day_time_text(at, studio)


def _place(studio: Studio) -> str:
    return when.place_text(studio.zone)


def _money(cents: int, studio: Studio) -> str:
    return money.as_text(cents, studio.currency, studio.locale)
