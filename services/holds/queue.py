"""The queue of the holds of one time: who stands before whom is always computed, never stored (domain 7)."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, false, func, literal, or_, select, text, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col

from models.bookings import Booking, BookingRoom, BookingStatus
from models.clients import Client
from models.holds import Hold
from services.core.access import Actor, Permission
from services.core.freed import Freed
from services.holds.errors import HoldAbove
from services.holds.types import MetHold
from services.scheduling import SlotRequest

_TAKEN = text(
    """
select distinct on (b.id) b.id,
       coalesce(o.number, case when a.lockout_id is null then 'time off' else 'a lockout' end) as taken_by
  from booking b
  join (select booking_id, room_id as resource_id from booking_room
        union all select id, engineer_id from booking where id = any(:ids) and engineer_id is not null) r
    on r.booking_id = b.id
  join allocation a
    on int8range(a.resource_id, a.resource_id, '[]') && int8range(r.resource_id, r.resource_id, '[]')
   and a.during && tstzrange(b.start, b."end" + make_interval(mins => b.buffer_minutes))
  left join booking o on o.id = a.booking_id
 where b.id = any(:ids) and b.status = 'HOLD'
 order by b.id, lower(a.during)
"""
)

_HAD = text(
    """
select distinct b.id
  from booking b
  join (select booking_id, room_id as resource_id from booking_room
        union all select id, engineer_id from booking where status = 'HOLD') r on r.booking_id = b.id
  join jsonb_to_recordset(cast(:spans as jsonb)) as gone(resource_id int, start timestamptz, "end" timestamptz)
    on gone.resource_id = r.resource_id and b.start < gone."end"
   and b."end" + make_interval(mins => b.buffer_minutes) > gone.start
 where b.status = 'HOLD' and b.start > :now
"""
)


def lock_queues(session: Session, ids: Collection[int]) -> list[int]:
    """Locks these holds and all that they meet, and says which those are."""
    return held_among(lock_with_met(session, select(col(Booking.id)).where(col(Booking.id).in_(ids))))


def held_among(locked: Sequence[Booking]) -> list[int]:
    return [one.id for one in locked if one.id is not None and one.status is BookingStatus.HOLD]


def lock_with_met(session: Session, wanted: Any) -> Sequence[Booking]:
    """Of a statement for ids, the bookings, locked; of holds, all that they meet too.

    By ascending id, so that nobody waits crosswise.
    """
    mine, other = _another(Booking), _another(Booking)
    met = (
        select(other.id)
        .select_from(mine)
        .join(other, and_(other.status == BookingStatus.HOLD, _meets(mine, other)))
        .where(mine.id.in_(wanted), mine.status == BookingStatus.HOLD)
    )
    rows = select(Booking).where(col(Booking.id).in_(wanted.union_all(met))).order_by(col(Booking.id))
    locked = rows.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.execute(locked).scalars().all()


def check_first(session: Session, actor: Actor, booking: Booking) -> None:
    """A hold is confirmed when nothing stands above it; HoldAbove otherwise."""
    assert booking.id is not None
    above = standing_above(session, booking.id)
    if above:
        reveal = actor.can(Permission.VIEW_ALL_SESSIONS)
        raise HoldAbove(booking.number, [(one.id, one.number, one.client_name if reveal else "") for one in above])


def standing_above(session: Session, hold_id: int) -> list[MetHold]:
    """The holds that come first; one whose time a session has taken cannot be confirmed, and stands in nobody's way."""
    above = [one for one in holds_met(session, [hold_id])[hold_id] if one.is_above]
    gone = taken(session, [one.id for one in above])
    return [one for one in above if one.id not in gone]


def taken(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Of these holds, those whose time is taken: by which booking, or in words by what."""
    found = session.execute(_TAKEN, {"ids": list(ids)}) if ids else ()
    return {row.id: row.taken_by for row in found}


def given_back(session: Session, spans: Iterable[Freed], now: datetime) -> list[int]:
    """Holds to come whose time one of these sessions had, and nobody has now."""
    gone = [
        {"resource_id": one.resource_id, "start": one.start.isoformat(), "end": one.end.isoformat()}
        for one in spans
        if one.resource_id is not None
    ]
    ids = list(session.scalars(_HAD, {"spans": json.dumps(gone), "now": now})) if gone else []
    still = taken(session, ids)
    return sorted(one for one in ids if one not in still)


def holds_met(session: Session, ids: Collection[int]) -> dict[int, list[MetHold]]:
    """For each of these bookings the active holds it meets, first in the queue first.

    The bookings themselves need not be held any more, but each has been a hold.
    """
    mine, other, my_hold, its_hold = _another(Booking), _another(Booking), _another(Hold), _another(Hold)
    seen: tuple[Any, ...] = (other.id, other.number, col(Client.name), other.start, _rank(other, its_hold))
    statement = (
        select(mine.id, *seen, _before(its_hold, my_hold))
        .select_from(mine)
        .join(my_hold, my_hold.id == mine.id)
        .join(other, and_(other.status == BookingStatus.HOLD, _meets(mine, other)))
        .join(its_hold, its_hold.id == other.id)
        .join(Client, col(Client.id) == other.client_id)
        .where(mine.id.in_(ids))
        .order_by(its_hold.placed_at, its_hold.id)
    )
    found: dict[int, list[MetHold]] = defaultdict(list)
    for id_, *met in session.execute(statement):
        found[id_].append(MetHold(*met))
    return found


def holds_met_by(session: Session, wish: SlotRequest) -> list[MetHold]:
    """The holds that would stand above one placed now, and that a session booked now would overtake."""
    other, hold = _another(Booking), _another(Hold)
    room = select(literal(1)).where(
        col(BookingRoom.booking_id) == other.id, col(BookingRoom.room_id).in_(wish.room_ids)
    )
    same_engineer = other.engineer_id == wish.engineer_id if wish.engineer_id else false()
    occupied = wish.occupied
    statement = (
        select(other.id, other.number, col(Client.name), other.start, _rank(other, hold), literal(True))
        .select_from(other)
        .join(hold, hold.id == other.id)
        .join(Client, col(Client.id) == other.client_id)
        .where(
            other.status == BookingStatus.HOLD,
            other.start < occupied.end,
            _until(other) > occupied.start,
            or_(same_engineer, room.correlate(other).exists()),
        )
        .order_by(hold.placed_at, hold.id)
    )
    return [MetHold(*row) for row in session.execute(statement)]


def _rank(booking: Any, hold: Any) -> ScalarSelect[int]:
    other, placed = _another(Booking), _another(Hold)
    return (
        select(1 + func.count())
        .select_from(other)
        .join(placed, placed.id == other.id)
        .where(other.status == BookingStatus.HOLD, _meets(booking, other), _before(placed, hold))
        .correlate(booking, hold)
        .scalar_subquery()
    )


def _before(one: Any, other: Any) -> ColumnElement[bool]:
    return tuple_(one.placed_at, one.id) < tuple_(other.placed_at, other.id)


def _meets(one: Any, other: Any) -> ColumnElement[bool]:
    """Their times overlap, buffers included, and they share a room or the engineer."""
    its, others = _another(BookingRoom), _another(BookingRoom)
    room = select(literal(1)).where(
        its.booking_id == one.id, others.booking_id == other.id, its.room_id == others.room_id
    )
    return and_(
        one.id != other.id,
        one.start < _until(other),
        other.start < _until(one),
        or_(one.engineer_id == other.engineer_id, room.correlate(one, other).exists()),
    )


def _until(booking: Any) -> ColumnElement[datetime]:
    until: ColumnElement[datetime] = booking.end + func.make_interval(0, 0, 0, 0, 0, booking.buffer_minutes)
    return until


def _another(model: type[SQLModel]) -> Any:
    return aliased(model)
