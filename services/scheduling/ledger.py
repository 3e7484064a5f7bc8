"""Writing to the ledger of time. Whatever takes time goes through here."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session

from models.scheduling import AllocationReason
from services.scheduling.types import Span

# In ascending order, always: two that share resources then wait, and never for each other.
_LOCK = text(
    """
select id from resource
 where id = any(cast(:ids as bigint[]))
    or id in (select id from gear_unit where mic_option_id = any(cast(:options as bigint[])))
 order by id for no key update
"""
)

_ALLOCATE = text(
    """
insert into allocation (resource_id, during, reason, booking_id, lockout_id, time_off_id)
select id, tstzrange(:start, :end), :reason, cast(:booking_id as int), cast(:lockout_id as int),
       cast(:time_off_id as int)
  from unnest(cast(:ids as int[])) as id order by id
"""
)

_END = text(
    """
update allocation set during = tstzrange(lower(during), :at)
 where resource_id = any(cast(:ids as int[])) and lower(during) < :at and upper(during) > :at
   and booking_id is not null
"""
)

# Plain statements, not the session's own savepoint: the transaction's end releases it, and that saves a round trip.
_TRY = text("savepoint trying")
_LET_GO = text("rollback to savepoint trying")


def begin_trying(session: Session) -> None:
    """What is locked from here on can be let go again before the transaction ends."""
    session.execute(_TRY)


def let_go(session: Session) -> None:
    session.execute(_LET_GO)


def lock(session: Session, resource_ids: Iterable[int], mic_option_ids: Iterable[int] = ()) -> None:
    """Nobody else takes time of these, or of the units of these microphones, until the transaction ends."""
    session.execute(_LOCK, {"ids": list(resource_ids), "options": list(mic_option_ids)})


def allocate(
    session: Session,
    resource_ids: Sequence[int],
    span: Span,
    reason: AllocationReason,
    *,
    booking_id: int | None = None,
    lockout_id: int | None = None,
    time_off_id: int | None = None,
) -> None:
    session.execute(
        _ALLOCATE,
        {
            "ids": list(resource_ids),
            "start": span.start,
            "end": span.end,
            "reason": reason.value,
            "booking_id": booking_id,
            "lockout_id": lockout_id,
            "time_off_id": time_off_id,
        },
    )


def end_at(session: Session, resource_ids: Sequence[int], at: datetime) -> None:
    """What sessions hold beyond that instant is free. Call with the resources locked, of sessions that are over."""
    session.execute(_END, {"ids": list(resource_ids), "at": at})
