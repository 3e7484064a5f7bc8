"""Takes and gives back time. Whoever claims, stores in the same transaction."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from models.scheduling import AllocationReason
from services.catalog import RoomView
from services.core import db, freed
from services.core.clock import business_date
from services.core.errors import NotFound
from services.core.studio import Studio
from services.scheduling import ledger, queries
from services.scheduling.conflicts import refuse_if_given_away
from services.scheduling.errors import SlotTaken
from services.scheduling.openings import alternatives
from services.scheduling.reasons import Why
from services.scheduling.rules import Offered, check_request
from services.scheduling.types import AllocatedSpan, Answer, Claim, Reason, ReasonCode, SlotRequest, Span

_OVERLAP = "23P01"
_RELEASE = text(
    "delete from allocation where booking_id = :booking_id returning lower(during), upper(during), resource_id"
)
_JUST_TAKEN = Reason(ReasonCode.BOOKED, "Somebody else has just taken part of that time.")
_ALLOCATIONS = text(
    """
select resource_id, lower(during), upper(during), id from allocation
 where booking_id = :booking_id order by resource_id, lower(during)
"""
)
_ALLOCATE_AGAIN = text(
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


def claim(
    session: Session,
    request: SlotRequest,
    *,
    now: datetime,
    studio: Studio,
    rooms: Mapping[int, RoomView],
    reveal: bool,
    except_booking_id: int | None = None,
    offered: Offered | None = None,
) -> Claim:
    """Locks everything the request takes until the transaction ends, or SlotTaken and locks nothing.

    `rooms` are those that exist. `reveal` names bookings and clients in the refusal.
    `except_booking_id` is a booking that moves: its own time is not in its way. `offered` bounds the alternatives.
    """
    check_request(request, now)
    if any(room_id not in rooms for room_id in request.room_ids):
        raise NotFound("There is no such room.", field="rooms")
    session.flush()
    ledger.begin_trying(session)
    engineer = () if request.engineer_id is None else (request.engineer_id,)
    ledger.lock(session, (*request.room_ids, *engineer), [mic.mic_option_id for mic in request.mics])
    day = business_date(request.start, studio.zone)
    snapshot = queries.snapshot_for(session, studio.zone, request, day, except_booking_id=except_booking_id)
    if snapshot.fits(request, now):
        return Claim(request, snapshot.pick_units(request))
    met = queries.meetings(session, snapshot.resources, request.occupied, except_booking_id=except_booking_id)
    ledger.let_go(session)
    reasons = Why(snapshot, met, request, now, reveal, studio).reasons()
    others = alternatives(session, request, studio, now, except_booking_id, offered)
    raise SlotTaken(Answer(False, reasons, others))


def store(session: Session, claim: Claim, booking_id: int) -> None:
    """Writes the claim's allocations, buffer included."""
    with taken_if_overlapping():
        ledger.allocate(
            session, claim.resource_ids, claim.request.occupied, AllocationReason.SESSION, booking_id=booking_id
        )


def allocations(claim: Claim) -> list[dict[str, Any]]:
    """What `store` would write, as rows for a statement that stores the booking as well."""
    during = f"[{claim.request.occupied.start},{claim.request.occupied.end})"
    return [{"resource_id": id_, "during": during, "reason": AllocationReason.SESSION} for id_ in claim.resource_ids]


@contextmanager
def taken_if_overlapping() -> Iterator[None]:
    """Around a statement that writes allocations: what the constraint refuses is SlotTaken."""
    try:
        yield
    except DBAPIError as error:
        if db.sqlstate(error) != _OVERLAP:
            raise
        raise SlotTaken(Answer(False, (_JUST_TAKEN,))) from error


def release(session: Session, booking_id: int) -> None:
    """Gives the booking's time back; the audit ledger remembers it."""
    for start, end, resource_id in session.execute(_RELEASE, {"booking_id": booking_id}):
        freed.note(session, start, end, resource_id)


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
    studio: Studio,
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
    refuse_if_given_away(session, booking_id, wanted, studio, reveal=reveal)
    reallocate(session, booking_id, (*kept, *longer, *anew))


def allocations_of(session: Session, booking_id: int) -> tuple[AllocatedSpan, ...]:
    rows = session.execute(_ALLOCATIONS, {"booking_id": booking_id})
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
    with taken_if_overlapping():
        for one in sorted(held, key=lambda one: (one.resource_id, one.start)):
            taken = {"id": one.id, "resource_id": one.resource_id, "start": one.start, "end": one.end}
            session.execute(_ALLOCATE_AGAIN, taken | {"booking_id": booking_id})
