"""What the calendar shows besides sessions: lockouts, time off and closures."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session

from services.absences.types import BlockView
from services.core import clock
from services.core.access import Actor, Permission, require
from services.core.errors import Invalid
from services.core.studio import studio_zone
from services.scheduling import WALL_CLOCK, Span, check_span, days_between

_LONGEST = timedelta(days=400)

_BLOCKS = text(
    f"""
select 'lockout' as kind, l.id, a.resource_id, lower(l.during) as start, upper(l.during) as "end",
       left(l.kind, 1) || lower(replace(substr(l.kind, 2), '_', ' '))
           || case when :is_all then ': ' || l.reason else '' end as label
  from lockout l join allocation a on a.lockout_id = l.id
 where l.during && tstzrange(:start, :end) and (:is_all or :sees_rooms)
union all
select 'time_off', t.id, t.resource_id, lower(t.during), upper(t.during), initcap(t.status)
  from time_off t where t.during && tstzrange(:start, :end) and (:is_all or t.resource_id = any(cast(:own as int[])))
union all
select 'closure', c.id, null, lower(c.during), upper(c.during), c.reason
  from (select closure.id, reason, {days_between("first_day", "last_day", "wall")} as during
          from closure, (select {WALL_CLOCK}) as wall) c where c.during && tstzrange(:start, :end)
 order by start, kind, resource_id
"""
)


def blocks(session: Session, actor: Actor, start: datetime, end: datetime) -> tuple[BlockView, ...]:
    """Engineers see the studio's, performers only its closures, and both of people's only their own."""
    require(actor, Permission.VIEW_ALL_SESSIONS, Permission.VIEW_OWN_SESSIONS)
    check_span(Span(start, end), clock.now())
    if end - start > _LONGEST:
        raise Invalid("Ask for at most 400 days.", field="end")
    is_all = actor.can(Permission.VIEW_ALL_SESSIONS)
    seen = {"is_all": is_all, "sees_rooms": actor.engineer_id is not None, "own": list(actor.resource_ids)}
    wall = asdict(clock.offsets(studio_zone(session), start.date(), end.date()))
    rows = session.execute(_BLOCKS, {"start": start, "end": end, **wall, **seen})
    return tuple(
        BlockView(r.kind, r.id, r.resource_id, r.start.astimezone(UTC), r.end.astimezone(UTC), r.label) for r in rows
    )
