"""When the studio is open: the periods of the week, and the days it is closed."""

from datetime import date, datetime

from sqlalchemy import delete, select, text, update
from sqlmodel import Session, col

from models.catalog import Closure, Period
from models.scheduling import CapacityDay
from services.catalog.queries import closures, periods
from services.catalog.rules import WEEKDAYS, overlapping
from services.catalog.types import ClosureAdded, PeriodDetails, PeriodView
from services.catalog.upcoming import sessions_met
from services.core import checks, clock
from services.core.access import Actor, Permission, require
from services.core.checking import all_at_once
from services.core.dates import long_day_text
from services.core.errors import Conflict
from services.core.fields import parse_text
from services.core.records import checked
from services.core.rows import add, load, remove, save
from services.core.studio import Studio, studio_info

_LONGEST_CLOSURE_DAYS = 366


def save_period(
    session: Session, actor: Actor, details: PeriodDetails, period_id: int | None = None, now: datetime | None = None
) -> PeriodView:
    """A new period, or another shape of one; days to come follow it."""
    require(actor, Permission.MANAGE_CATALOG)
    values = checked(PeriodDetails, details)
    _one_at_a_time(session)
    _refuse_overlap(session, PeriodDetails(**values), period_id)
    if period_id is None:
        period = Period(**values)
        add(session, actor, "period_created", period)
    else:
        period = load(session, Period, period_id, "period")
        _follow(session, period, values["capacity_minutes"], now, same_day=values["weekday"] == period.weekday)
        save(session, actor, "period_updated", period, values)
    return _view(session, period)


def deactivate_period(session: Session, actor: Actor, period_id: int, now: datetime | None = None) -> PeriodView:
    """The studio is closed then. Refused while online work is sold on a day to come."""
    require(actor, Permission.MANAGE_CATALOG)
    period = load(session, Period, period_id, "period")
    _follow(session, period, 0, now, same_day=False)
    save(session, actor, "period_deactivated", period, {"is_active": False})
    return _view(session, period)


def activate_period(session: Session, actor: Actor, period_id: int) -> PeriodView:
    require(actor, Permission.MANAGE_CATALOG)
    _one_at_a_time(session)
    period = load(session, Period, period_id, "period")
    _refuse_overlap(session, _view(session, period), period_id)
    save(session, actor, "period_activated", period, {"is_active": True})
    return _view(session, period)


def add_closure(session: Session, actor: Actor, first_day: date, last_day: date, reason: str) -> ClosureAdded:
    """Closes the studio on these days, both included, and answers the sessions that meet it."""
    require(actor, Permission.MANAGE_CATALOG)
    length, reason = _checked_closure(first_day, last_day, reason)
    closure = Closure(first_day=first_day, last_day=last_day, reason=reason)
    add(session, actor, "closure_added", closure)
    start, end = clock.day_bounds(first_day, length, studio_info(session).zone)
    return ClosureAdded(
        closure=closures(session, col(Closure.id) == closure.id)[0], sessions=sessions_met(session, start, end)
    )


def remove_closure(session: Session, actor: Actor, closure_id: int) -> None:
    require(actor, Permission.MANAGE_CATALOG)
    remove(session, actor, "closure_removed", load(session, Closure, closure_id, "closure"))


def _view(session: Session, period: Period) -> PeriodView:
    return periods(session, col(Period.id) == period.id)[0]


def _one_at_a_time(session: Session) -> None:
    """Two people must not add periods that overlap each other; readers and bookings go on."""
    session.execute(text("lock table period in share row exclusive mode"))


def _refuse_overlap(session: Session, details: PeriodDetails, period_id: int | None) -> None:
    others = periods(session, col(Period.is_active), col(Period.id) != (period_id or 0))
    for other in others:
        if other.weekday == details.weekday and other.name == details.name:
            message = f"There is a period “{other.name}” on that weekday already."
            raise Conflict(message, code="name_taken", field="name")
        if overlapping([details, other]):
            hours = f"{other.start:%H:%M}–{other.end:%H:%M}"
            message = f"This overlaps {other.name}, {WEEKDAYS[other.weekday]} {hours}."
            raise Conflict(message, code="periods_overlap", field="start")


def _follow(session: Session, period: Period, capacity: int, now: datetime | None, *, same_day: bool) -> None:
    """Days to come get the new capacity; refused where more is sold, or anything on a day that ends."""
    studio = studio_info(session)
    today = clock.business_date(now or clock.now(), studio.zone)
    to_come = col(CapacityDay.period_id) == period.id, col(CapacityDay.day) >= today
    sold = select(CapacityDay).where(*to_come).order_by(col(CapacityDay.day)).with_for_update()
    for day in session.scalars(sold):
        if day.used_minutes > (capacity if same_day else 0):
            raise _oversold(period, day, today, studio)
    if same_day:
        session.execute(update(CapacityDay).where(*to_come).values(capacity_minutes=capacity))
    else:
        session.execute(delete(CapacityDay).where(*to_come))


def _oversold(period: Period, day: CapacityDay, today: date, studio: Studio) -> Conflict:
    sold = f"{day.used_minutes} minutes of {period.name} are sold on {long_day_text(day.day, studio)}."
    details = {"day": day.day.isoformat(), "used_minutes": day.used_minutes}
    way_out = "Move or cancel that work first"
    if day.day == today:
        way_out += "; what of it is done already stays, then change this tomorrow"
    refusal = f"{sold} {way_out}."
    return Conflict(refusal, code="capacity_sold", field="capacity_minutes", details=details)


@all_at_once
def _checked_closure(first_day: date, last_day: date, reason: str) -> tuple[int, str]:
    """How many days, and why."""
    checks.day_range(first_day, last_day, "first_day", "last_day")
    length = (last_day - first_day).days + 1
    return (
        checks.whole(length, "last_day", "The length in days", 1, _LONGEST_CLOSURE_DAYS),
        parse_text(reason, "reason", "The reason", required=True),
    )
