"""Online work is sold by the minutes of a period: what is left, and the claim on it."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy import text
from sqlmodel import Session

from models.bookings import BookingStatus
from services.core import clock
from services.core.access import Actor, Permission, require
from services.core.clock import business_date
from services.core.dates import day_text
from services.core.errors import Invalid, NotFound
from services.core.studio import Studio, studio_zone
from services.scheduling.availability import offered_to
from services.scheduling.errors import CapacityTaken
from services.scheduling.reasons import clock_span
from services.scheduling.rules import MAX_BUFFER_MINUTES, MAX_SESSION_MINUTES, check_day, check_days
from services.scheduling.statements import CAPACITY
from services.scheduling.types import (
    Alternative,
    Answer,
    PeriodCapacity,
    Reason,
    ReasonCode,
    ServiceFit,
    Span,
    from_seconds,
)

_OTHER_DAYS = 14
_HOLDING = [status.value for status in BookingStatus if status.holds_time]

# The WHERE refuses without a database error; the CHECK of the table stands behind it.
_CLAIM = text(
    """
insert into capacity_day as sold (day, period_id, capacity_minutes, used_minutes)
select cast(:day as date), id, capacity_minutes, :minutes from period
 where id = :period_id and :minutes <= capacity_minutes
on conflict (day, period_id) do update
   set capacity_minutes = excluded.capacity_minutes, used_minutes = sold.used_minutes + excluded.used_minutes
 where sold.used_minutes + excluded.used_minutes <= excluded.capacity_minutes
returning used_minutes
"""
)
_RELEASE = text(
    "update capacity_day set used_minutes = used_minutes - :minutes where day = :day and period_id = :period_id"
)


def claim_capacity(
    session: Session, *, day: date, period_id: int, minutes: int, studio: Studio, now: datetime
) -> PeriodCapacity:
    """Takes minutes of a period; CapacityTaken says what else has room."""
    if not 1 <= minutes <= MAX_SESSION_MINUTES + MAX_BUFFER_MINUTES:
        raise Invalid("Online work takes from 1 minute to 48 hours.", field="minutes")
    check_day(day, now)
    periods = periods_of(session, day)
    period = next((one for one in periods if one.period_id == period_id), None)
    reason = _not_on_sale(session, day, period_id, studio) if period is None else _past(period, now)
    if period is None or reason is not None:
        raise _refusal(session, reason, day, minutes, studio, now)
    savepoint = session.begin_nested()
    used = session.scalar(_CLAIM, {"day": day, "period_id": period_id, "minutes": minutes})
    if used is None:
        savepoint.rollback()
        raise _refusal(session, _short(session, day, period, minutes, studio), day, minutes, studio, now)
    savepoint.commit()
    return next(one for one in periods_of(session, day) if one.period_id == period_id)


def release_capacity(session: Session, *, day: date, period_id: int, minutes: int) -> None:
    session.execute(_RELEASE, {"day": day, "period_id": period_id, "minutes": minutes})


def capacity(session: Session, actor: Actor, day: date, now: datetime | None = None) -> tuple[PeriodCapacity, ...]:
    """The day's periods, none on a closed day, and which online services still fit."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    if offered := offered_to(session, actor, now or clock.now()):
        offered.check_day(day)
    return capacity_days(session, actor, day, 1, now)[day]


def capacity_days(
    session: Session, actor: Actor, first_day: date, days: int, now: datetime | None = None
) -> dict[date, tuple[PeriodCapacity, ...]]:
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    check_day(first_day, now)
    check_days(days)
    offered = offered_to(session, actor, now)
    read = _read(session, first_day, days)
    shown = (first_day + timedelta(days=n) for n in range(days))
    return {
        day: tuple(_as_of(period, now) for period in read.get(day, ()) if offered is None or day <= offered.last_day)
        for day in shown
    }


def online_minutes(session: Session, first_day: date, days: int) -> int:
    """What those days have to sell of online work, sold or not."""
    return sum(one.capacity_minutes for periods in _read(session, first_day, days).values() for one in periods)


def periods_of(session: Session, day: date) -> tuple[PeriodCapacity, ...]:
    return _read(session, day, 1).get(day, ())


def _read(session: Session, first_day: date, days: int) -> dict[date, tuple[PeriodCapacity, ...]]:
    found: dict[date, list[PeriodCapacity]] = {}
    last_day = first_day + timedelta(days=days)
    wall = asdict(clock.offsets(studio_zone(session), first_day, last_day))
    for row in session.execute(CAPACITY, {"first": first_day, "days": days, "holding": _HOLDING, **wall}):
        left = max(0, row.capacity_minutes - row.used_minutes)
        span = from_seconds(row.opens, row.shuts)
        period = PeriodCapacity(
            period_id=row.id,
            name=row.name,
            start=span.start,
            end=span.end,
            capacity_minutes=row.capacity_minutes,
            used_minutes=row.used_minutes,
            bookings=row.bookings,
            services=tuple(_fit(code, name, minutes, left) for code, name, minutes in row.services),
        )
        found.setdefault(row.day, []).append(period)
    return {day: tuple(periods) for day, periods in found.items()}


def _fit(code: str, name: str, minutes: int, left: int) -> ServiceFit:
    if minutes <= left:
        return ServiceFit(code, name, minutes, fits=True)
    has = "none are" if not left else f"{left} are"
    return ServiceFit(code, name, minutes, fits=False, message=f"{name} needs {minutes} minutes, and {has} left.")


def _as_of(period: PeriodCapacity, now: datetime) -> PeriodCapacity:
    """Nothing fits into what has passed."""
    past = _past(period, now)
    if past is None:
        return period
    return replace(period, services=tuple(replace(one, fits=False, message=past.message) for one in period.services))


def _past(period: PeriodCapacity, now: datetime) -> Reason | None:
    if period.end > now:
        return None
    return Reason(ReasonCode.PAST, f"{period.name} of that day has passed.", None, period.start, period.end)


def _short(session: Session, day: date, period: PeriodCapacity, minutes: int, studio: Studio) -> Reason:
    left = next(one for one in periods_of(session, day) if one.period_id == period.period_id).remaining_minutes
    message = f"{period.name} on {day_text(day, studio)} has {left} minutes left, and {minutes} are needed."
    return Reason(ReasonCode.CAPACITY_SHORT, message, None, period.start, period.end)


def _not_on_sale(session: Session, day: date, period_id: int, studio: Studio) -> Reason:
    name = session.scalar(text("select name from period where id = :id"), {"id": period_id})
    if name is None:
        raise NotFound("There is no such period.", field="period")
    closed = text("select reason from closure where :day between first_day and last_day order by id limit 1")
    if closure := session.scalar(closed, {"day": day}):
        return Reason(ReasonCode.CLOSURE, f"The studio is closed on {day_text(day, studio)}: {closure}.")
    return Reason(ReasonCode.CLOSED, f"There is no {name} on {day_text(day, studio)}.")


def _refusal(
    session: Session, reason: Reason | None, day: date, minutes: int, studio: Studio, now: datetime
) -> CapacityTaken:
    first = max(day, business_date(now, studio.zone))
    fitting = (
        period
        for periods in _read(session, first, _OTHER_DAYS).values()
        for period in periods
        if period.remaining_minutes >= minutes and period.end > now
    )
    return CapacityTaken(Answer(False, (reason,) if reason else (), _offers(fitting, studio)))


def _offers(periods: Iterable[PeriodCapacity], studio: Studio) -> tuple[Alternative, ...]:
    return tuple(Alternative(period.start, (), None, _label(period, studio)) for period in islice(periods, 3))


def _label(period: PeriodCapacity, studio: Studio) -> str:
    day = business_date(period.start, studio.zone)
    return f"{day_text(day, studio)}, {period.name} {clock_span(Span(period.start, period.end), studio, day)}"
