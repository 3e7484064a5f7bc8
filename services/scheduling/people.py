"""What people do: when performers are free, when engineers work, and what somebody has ahead of them."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session

from models.catalog import ResourceKind
from models.scheduling import AllocationReason
from services.core.access import Actor, Permission, require
from services.core.clock import day_bounds, offsets
from services.core.errors import Invalid, NotAllowed
from services.core.fields import MAX_ID
from services.core.studio import studio_zone
from services.scheduling import queries
from services.scheduling.conflicts import SESSION, in_way
from services.scheduling.rules import check_days
from services.scheduling.statements import PERFORMERS
from services.scheduling.types import AgendaEntry, PersonFree, Span, SpanSet

_MAX_DAYS = 62
# Written as the exclusion constraint is, so that its index serves.
_AGENDA = text(
    f"""
select a.reason::text as reason, lower(a.during) as first, upper(a.during) as last, b.id as booking_id, {SESSION}
  from allocation a left join booking b on b.id = a.booking_id left join client c on c.id = b.client_id
 where int8range(a.resource_id, a.resource_id, '[]') && int8range(:id, :id, '[]')
   and a.during && tstzrange(:start, :end)
 order by lower(a.during)
"""
)


def performer_availability(session: Session, actor: Actor, day: date) -> tuple[PersonFree, ...]:
    """Within the local day: hours − closures − what takes their time. Performers get themselves alone."""
    require(actor, Permission.BOOK_SESSIONS, Permission.VIEW_ALL_SESSIONS, Permission.UPDATE_OWN_AVAILABILITY)
    zone = studio_zone(session)
    start, end = day_bounds(day, 1, zone)
    is_all = actor.can(Permission.BOOK_SESSIONS) or actor.can(Permission.VIEW_ALL_SESSIONS)
    asked = {"day": day, "start": start, "end": end, "is_all": is_all, "own": actor.performer_id or 0}
    asked |= asdict(offsets(zone, day, day))
    return tuple(PersonFree(row.id, row.name, SpanSet(row.free).spans()) for row in session.execute(PERFORMERS, asked))


def engineers_at_work(session: Session, actor: Actor, first_day: date, days: int) -> dict[int, tuple[Span, ...]]:
    """Spans by engineer, on into the night after the last day; closures, sessions and time off are not taken off.

    Engineers get themselves alone.
    """
    require(actor, Permission.VIEW_ALL_SESSIONS, Permission.VIEW_OWN_SESSIONS)
    check_days(days, _MAX_DAYS)
    own = () if actor.engineer_id is None else (actor.engineer_id,)
    ids = None if actor.can(Permission.VIEW_ALL_SESSIONS) else own
    zone = studio_zone(session)
    snapshot = queries.snapshot(session, zone, first_day, days, minutes=1, room_ids=(), engineer_ids=ids)
    return {one.id: one.hours.spans() for one in snapshot.of_kind(ResourceKind.ENGINEER)}


def agenda(session: Session, actor: Actor, resource_id: int, start: datetime, end: datetime) -> tuple[AgendaEntry, ...]:
    """One's own, or anybody's for who keeps the catalog. A session ends without its buffer."""
    require(actor, Permission.UPDATE_OWN_AVAILABILITY, Permission.MANAGE_CATALOG)
    if resource_id not in actor.resource_ids and not actor.can(Permission.MANAGE_CATALOG):
        raise NotAllowed("You may see only your own schedule.")
    if not timedelta(0) < end - start <= timedelta(days=_MAX_DAYS):
        raise Invalid("Ask for at most two months.", field="end")
    rows = session.execute(_AGENDA, {"id": min(resource_id, MAX_ID), "start": start, "end": end})
    return tuple(
        AgendaEntry(
            kind=AllocationReason(row.reason),
            start=row.first.astimezone(UTC),
            end=(row.end if row.booking_id else row.last).astimezone(UTC),
            session=in_way(row) if row.booking_id else None,
        )
        for row in rows
    )
