"""When an engineer or performer works: the weekly hours, and extra time outside them."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import combinations

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import Session, col

from models.catalog import ExtraAvailability, Resource, ResourceKind, WorkingHours
from services.catalog.queries import extra_availability, working_hours
from services.catalog.rules import WEEKDAYS, overlapping
from services.catalog.types import ExtraAvailabilityView, WeekStretch, WorkingHoursView
from services.core import audit, checks, clock
from services.core.access import Actor, Permission, require
from services.core.errors import Invalid, NotAllowed, NotFound
from services.core.fields import parse_text
from services.core.records import checked
from services.core.rows import add, load, remove
from services.core.studio import studio_info

_MOST_STRETCHES = 28
_LONGEST_EXTRA = timedelta(days=31)


def set_working_hours(
    session: Session, actor: Actor, resource_id: int, week: Iterable[WeekStretch]
) -> tuple[WorkingHoursView, ...]:
    """Replaces the whole week."""
    require(actor, Permission.MANAGE_CATALOG, Permission.UPDATE_OWN_AVAILABILITY)
    _require_own(actor, resource_id)
    stretches = _checked(week)
    person = _person(session, resource_id)
    own = col(WorkingHours.resource_id) == resource_id
    before = working_hours(session, own)
    session.execute(delete(WorkingHours).where(own))
    session.add_all(WorkingHours(resource_id=resource_id, **checked(WeekStretch, part)) for part in stretches)
    session.flush()
    after = working_hours(session, own)
    audit.record(
        session,
        actor,
        "working_hours_set",
        person.kind.lower(),
        resource_id,
        before={"hours": [_text(part) for part in before]},
        after={"hours": [_text(part) for part in after]},
    )
    return after


def add_extra_availability(
    session: Session, actor: Actor, resource_id: int, start: datetime, end: datetime, note: str = ""
) -> ExtraAvailabilityView:
    require(actor, Permission.MANAGE_CATALOG, Permission.UPDATE_OWN_AVAILABILITY)
    _require_own(actor, resource_id)
    _check_span(start, end)
    _person(session, resource_id)
    extra = ExtraAvailability(
        resource_id=resource_id, during=Range(start, end, bounds="[)"), note=parse_text(note, "note", "The note")
    )
    add(session, actor, "extra_availability_added", extra)
    return extra_availability(session, col(ExtraAvailability.id) == extra.id)[0]


def add_extra_days(
    session: Session,
    actor: Actor,
    resource_id: int,
    days: tuple[date, date],
    hours: tuple[time, time],
    note: str = "",
) -> tuple[ExtraAvailabilityView, ...]:
    """The same hours, studio time, on each of the days, both included.

    An end at or before its start is on the next day, so midnight to midnight is the whole day.
    """
    require(actor, Permission.MANAGE_CATALOG, Permission.UPDATE_OWN_AVAILABILITY)
    first, last = checks.day_range(*days, "start_day", "end_day")
    if last is None or last - first >= _LONGEST_EXTRA:
        raise Invalid("At most 31 days at once.", field="end_day")
    opens, shuts = checks.local_time(hours[0], "start"), checks.local_time(hours[1], "end")
    zone, next_day = studio_info(session).zone, timedelta(days=shuts <= opens)
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return tuple(
        add_extra_availability(
            session,
            actor,
            resource_id,
            clock.to_instant(datetime.combine(day, opens), zone, field="start"),
            clock.to_instant(datetime.combine(day + next_day, shuts), zone, field="end"),
            note,
        )
        for day in every
    )


def remove_extra_availability(session: Session, actor: Actor, extra_id: int) -> None:
    require(actor, Permission.MANAGE_CATALOG, Permission.UPDATE_OWN_AVAILABILITY)
    extra = load(session, ExtraAvailability, extra_id, "extra availability")
    _require_own(actor, extra.resource_id)
    remove(session, actor, "extra_availability_removed", extra)


def _require_own(actor: Actor, resource_id: int) -> None:
    if not actor.can(Permission.MANAGE_CATALOG) and resource_id not in actor.resource_ids:
        raise NotAllowed("You may change your own availability only.")


def _person(session: Session, resource_id: int) -> Resource:
    person = load(session, Resource, resource_id, "engineer or performer")
    if person.kind not in (ResourceKind.ENGINEER, ResourceKind.PERFORMER):
        raise NotFound("There is no such engineer or performer.")
    return person


def _checked(week: Iterable[WeekStretch]) -> list[WeekStretch]:
    stretches = list(week)
    if len(stretches) > _MOST_STRETCHES:
        raise Invalid(f"A week has at most {_MOST_STRETCHES} stretches.", field="week")
    for part in stretches:
        checked(WeekStretch, part)
    for one, other in combinations(stretches, 2):
        if overlapping([one, other]):
            raise Invalid(f"{_text(one)} and {_text(other)} overlap.", field="week")
    return stretches


def _check_span(start: datetime, end: datetime) -> None:
    for at, field in ((start, "start"), (end, "end")):
        if at.tzinfo is None:
            raise Invalid("Say in which time zone that is.", field=field)
        checks.day(at.date(), field)
    if not timedelta(0) < end - start <= _LONGEST_EXTRA:
        raise Invalid("The end comes after the start, within 31 days.", field="end")


def _text(part: WeekStretch) -> str:
    return f"{WEEKDAYS[part.weekday]} {part.start:%H:%M}–{part.end:%H:%M}"
