"""What somebody has ahead of them, read from the ledger of time: sessions and time off."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session

from models.scheduling import AllocationReason
from services.core.access import Actor, Permission, require
from services.core.errors import Invalid, NotAllowed
from services.core.fields import MAX_ID
from services.scheduling.conflicts import SESSION, in_way
from services.scheduling.types import AgendaEntry

_LONGEST = timedelta(days=62)

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


def agenda(session: Session, actor: Actor, resource_id: int, start: datetime, end: datetime) -> tuple[AgendaEntry, ...]:
    """One's own, or anybody's for who keeps the catalog. A session ends without its buffer."""
    require(actor, Permission.UPDATE_OWN_AVAILABILITY, Permission.MANAGE_CATALOG)
    if resource_id not in actor.resource_ids and not actor.can(Permission.MANAGE_CATALOG):
        raise NotAllowed("You may see only your own schedule.")
    if not timedelta(0) < end - start <= _LONGEST:
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
