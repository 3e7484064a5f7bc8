"""The exact stretches a booking holds, for changes to a session that was sold."""

from collections.abc import Iterable
from datetime import UTC

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from services import db
from services.scheduling import ledger
from services.scheduling.errors import SlotTaken
from services.scheduling.service import JUST_TAKEN, OVERLAP, release
from services.scheduling.types import Answer, Held

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


def held_by(session: Session, booking_id: int) -> tuple[Held, ...]:
    rows = session.execute(_HELD, {"booking_id": booking_id})
    return tuple(Held(resource, start.astimezone(UTC), end.astimezone(UTC), id_) for resource, start, end, id_ in rows)


def release_together(
    session: Session, booking_ids: Iterable[int], resource_ids: Iterable[int], mic_option_ids: Iterable[int]
) -> None:
    """Gives the time of several bookings back, for them to take each other's. Locks all of it first, in one order."""
    ledger.lock(session, resource_ids, mic_option_ids)
    for booking_id in sorted(booking_ids):
        release(session, booking_id)


def hold_instead(session: Session, booking_id: int, held: Iterable[Held]) -> None:
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
