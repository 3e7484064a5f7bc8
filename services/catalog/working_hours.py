"""When an engineer works: the weekly hours, and extra time outside them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import combinations

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import Session, col

from models.catalog import Engineer, ExtraAvailability, WorkingHours
from services import audit
from services.access import Actor, Permission, require
from services.catalog import checks
from services.catalog.queries import extra_availability, working_hours
from services.catalog.rows import add, load, remove
from services.catalog.rules import overlapping
from services.catalog.types import ExtraAvailabilityView, WeekStretch, WorkingHoursView
from services.errors import Invalid, NotAllowed
from services.fields import parse_text

_MOST_STRETCHES = 28
_LONGEST_EXTRA = timedelta(days=31)


def set_working_hours(
    session: Session, actor: Actor, engineer_id: int, week: Iterable[WeekStretch]
) -> tuple[WorkingHoursView, ...]:
    """Replaces the whole week."""
    require(actor, Permission.MANAGE_CATALOG, Permission.UPDATE_OWN_AVAILABILITY)
    _require_own(actor, engineer_id)
    stretches = _checked(week)
    load(session, Engineer, engineer_id, "engineer")
    own = col(WorkingHours.resource_id) == engineer_id
    before = working_hours(session, own)
    session.execute(delete(WorkingHours).where(own))
    session.add_all(WorkingHours(resource_id=engineer_id, **checks.stretch(part)) for part in stretches)
    session.flush()
    after = working_hours(session, own)
    audit.record(
        session,
        actor,
        "working_hours_set",
        "engineer",
        engineer_id,
        before={"hours": [_text(part) for part in before]},
        after={"hours": [_text(part) for part in after]},
    )
    return after


def add_extra_availability(
    session: Session, actor: Actor, engineer_id: int, start: datetime, end: datetime, note: str = ""
) -> ExtraAvailabilityView:
    require(actor, Permission.MANAGE_CATALOG, Permission.UPDATE_OWN_AVAILABILITY)
    _require_own(actor, engineer_id)
    _check_span(start, end)
    load(session, Engineer, engineer_id, "engineer")
    extra = ExtraAvailability(
        resource_id=engineer_id, during=Range(start, end, bounds="[)"), note=parse_text(note, "note", "The note")
    )
    add(session, actor, "extra_availability_added", extra)
    return extra_availability(session, col(ExtraAvailability.id) == extra.id)[0]


def remove_extra_availability(session: Session, actor: Actor, extra_id: int) -> None:
    require(actor, Permission.MANAGE_CATALOG, Permission.UPDATE_OWN_AVAILABILITY)
    extra = load(session, ExtraAvailability, extra_id, "extra availability")
    _require_own(actor, extra.resource_id)
    remove(session, actor, "extra_availability_removed", extra)


def _require_own(actor: Actor, engineer_id: int) -> None:
    if not actor.can(Permission.MANAGE_CATALOG) and actor.engineer_id != engineer_id:
        raise NotAllowed("You may change your own availability only.")


def _checked(week: Iterable[WeekStretch]) -> list[WeekStretch]:
    stretches = list(week)
    if len(stretches) > _MOST_STRETCHES:
        raise Invalid(f"A week has at most {_MOST_STRETCHES} stretches.", field="week")
    for part in stretches:
        checks.stretch(part)
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
    return f"{checks.WEEKDAYS[part.weekday]} {part.start:%H:%M}–{part.end:%H:%M}"
