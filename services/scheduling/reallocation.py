"""The exact stretches a booking holds, for changes to a session that was sold."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from services.core import db, freed
from services.scheduling import ledger
from services.scheduling.conflicts import refuse_if_given_away
from services.scheduling.errors import SlotTaken
from services.scheduling.service import JUST_TAKEN, OVERLAP, release
from services.scheduling.types import AllocatedSpan, Answer, Span

_HELD = text(
    """
select resource_id, lower(during), upper(during), id from allocation
 where booking_id = :booking_id order by resource_id, lower(during)
"""
)
_HOLD = text(
    """
insert into allocation (id, resource_id, during, reason, booking_id)
values (coalesce(:id, nextval(pg_get_serial_sequence('allocation', 'id'))),
        :resource_id, tstzrange(:start, :end), 'SESSION', :booking_id)
"""
)


# What has not begun goes whole, what is running ends there. The answer is of before: what was held from then on.
_FREE = text(
    """
with gone as (
    delete from allocation where booking_id = :booking_id and lower(during) >= :at returning id
), cut as (
    update allocation set during = tstzrange(lower(during), :at)
     where booking_id = :booking_id and lower(during) < :at and upper(during) > :at returning id
)
select greatest(lower(during), :at), upper(during), resource_id from allocation
 where booking_id = :booking_id and upper(during) > :at
"""
)


def free_from(session: Session, booking_id: int, at: datetime) -> bool:
    """Gives back what the booking holds from `at` on: whether there was any."""
    gone = session.execute(_FREE, {"booking_id": booking_id, "at": at}).all()
    for start, end, resource_id in gone:
        freed.note(session, start, end, resource_id)
    return bool(gone)


def allocate_again(
    session: Session,
    booking_id: int,
    resource_ids: Collection[int],
    span: Span,
    freed_from: datetime,
    zone: ZoneInfo,
    *,
    reveal: bool,
) -> None:
    """Takes back what `free_from` gave at `freed_from`: each of these to the end of `span`. Refused with who has it
    now; who was in a room before the session came there is in nobody's way.
    """
    ledger.lock(session, resource_ids)
    held = allocations_of(session, booking_id)
    last = {one.resource_id: one for one in held if one.resource_id in resource_ids}
    kept = [one for one in held if one not in last.values()]
    longer = [replace(one, end=span.end) for one in last.values()]
    anew = [AllocatedSpan(one, max(span.start, freed_from), span.end) for one in resource_ids if one not in last]
    wanted = [AllocatedSpan(one.resource_id, one.end, span.end) for one in last.values()] + anew
    refuse_if_given_away(session, booking_id, wanted, zone, reveal=reveal)
    reallocate(session, booking_id, (*kept, *longer, *anew))


def allocations_of(session: Session, booking_id: int) -> tuple[AllocatedSpan, ...]:
    rows = session.execute(_HELD, {"booking_id": booking_id})
    return tuple(
        AllocatedSpan(resource, start.astimezone(UTC), end.astimezone(UTC), id_) for resource, start, end, id_ in rows
    )


def release_all(
    session: Session, booking_ids: Iterable[int], resource_ids: Iterable[int], mic_option_ids: Iterable[int]
) -> None:
    """Gives the time of several bookings back, for them to take each other's. Locks all of it first, in one order."""
    ledger.lock(session, resource_ids, mic_option_ids)
    for booking_id in sorted(booking_ids):
        release(session, booking_id)


def reallocate(session: Session, booking_id: int, held: Iterable[AllocatedSpan]) -> None:
    """Gives the booking's time back and takes this instead. Call with what it takes anew locked."""
    release(session, booking_id)
    try:
        for one in sorted(held, key=lambda one: (one.resource_id, one.start)):
            taken = {"id": one.id, "resource_id": one.resource_id, "start": one.start, "end": one.end}
            session.execute(_HOLD, taken | {"booking_id": booking_id})
    except DBAPIError as error:
        if db.sqlstate(error) != OVERLAP:
            raise
        raise SlotTaken(Answer(False, (JUST_TAKEN,))) from error
