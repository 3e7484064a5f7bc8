"""Days and hours on which an engineer or performer does not work."""

from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import Session, col, select

from models.absences import TimeOff
from models.catalog import Resource, ResourceKind
from models.scheduling import AllocationReason
from services import scheduling
from services.absences.types import NewTimeOff, TimeOffView
from services.core import audit, clock, freed
from services.core.access import Actor, Permission, require
from services.core.checking import all_at_once, noted
from services.core.errors import NotAllowed, NotFound
from services.core.fields import MAX_ID, parse_text
from services.core.studio import studio_info
from services.scheduling import Span, check_span, refuse_if_met, still_to_come

_MOST_WORDS = 500
_PEOPLE = (ResourceKind.ENGINEER, ResourceKind.PERFORMER)


def take_time_off(session: Session, actor: Actor, new: NewTimeOff, now: datetime | None = None) -> TimeOffView:
    """Refused with the list of the sessions it would fall on."""
    _require_own(actor, new.resource_id)
    now, span = now or clock.now(), Span(new.start, new.end)
    note = _checked(new, now)
    person = session.get(Resource, new.resource_id) if 0 < new.resource_id <= MAX_ID else None
    if person is None or person.kind not in _PEOPLE:
        raise NotFound("There is no such engineer or performer.", field="resource_id")
    scheduling.lock(session, [new.resource_id])
    taken = still_to_come(span, now)
    refuse_if_met(session, [new.resource_id], taken, studio_info(session))
    row = TimeOff(
        resource_id=new.resource_id,
        during=Range(new.start.astimezone(UTC), new.end.astimezone(UTC)),
        status=new.status,
        reason=new.reason,
        note=note,
        created_by=actor.user_id,
    )
    session.add(row)
    session.flush()
    scheduling.allocate(session, [new.resource_id], taken, AllocationReason.TIME_OFF, time_off_id=row.id)
    audit.record(session, actor, "time_off_taken", "time_off", row.id, after=_plain(new))
    return _view(row)


def cancel_time_off(session: Session, actor: Actor, time_off_id: int) -> TimeOffView:
    require(actor, Permission.UPDATE_OWN_AVAILABILITY, Permission.MANAGE_CATALOG)
    row = session.get(TimeOff, time_off_id) if 0 < time_off_id <= MAX_ID else None
    if row is None:
        raise NotFound("There is no such time off.")
    _require_own(actor, row.resource_id)
    view = _view(row)
    session.delete(row)
    session.flush()
    freed.note(session, view.start, view.end)
    audit.record(session, actor, "time_off_cancelled", "time_off", time_off_id, before=_plain(view))
    return view


def list_time_off(
    session: Session, actor: Actor, resource_id: int, now: datetime | None = None
) -> tuple[TimeOffView, ...]:
    """What has not ended, the next first."""
    _require_own(actor, resource_id)
    rows = session.exec(
        select(TimeOff)
        .where(TimeOff.resource_id == resource_id, func.upper(TimeOff.during) > (now or clock.now()))
        .order_by(func.lower(TimeOff.during), col(TimeOff.id))
    )
    return tuple(_view(row) for row in rows)


@all_at_once
def _checked(new: NewTimeOff, now: datetime) -> str:
    """The note."""
    noted(check_span)(Span(new.start, new.end), now)
    return parse_text(new.note, "note", "The note", limit=_MOST_WORDS)


def _require_own(actor: Actor, resource_id: int) -> None:
    """One's own, or anybody's for who keeps the catalog."""
    require(actor, Permission.UPDATE_OWN_AVAILABILITY, Permission.MANAGE_CATALOG)
    if resource_id not in actor.resource_ids and not actor.can(Permission.MANAGE_CATALOG):
        raise NotAllowed("You may change only your own time off.")


def _view(row: TimeOff) -> TimeOffView:
    start, end = row.during.lower, row.during.upper
    assert row.id is not None
    assert start is not None
    assert end is not None
    return TimeOffView(
        id=row.id,
        resource_id=row.resource_id,
        start=start.astimezone(UTC),
        end=end.astimezone(UTC),
        status=row.status,
        reason=row.reason,
        note=row.note,
    )


def _plain(time_off: NewTimeOff) -> dict[str, object]:
    return asdict(time_off) | {"start": time_off.start.isoformat(), "end": time_off.end.isoformat()}
