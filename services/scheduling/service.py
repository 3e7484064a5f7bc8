"""Takes and gives back time. Whoever claims, stores in the same transaction."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from services import db
from services.catalog import RoomView, Studio
from services.clock import business_date
from services.errors import NotFound
from services.scheduling import queries
from services.scheduling.alternatives import alternatives
from services.scheduling.errors import SlotTaken
from services.scheduling.reasons import Why
from services.scheduling.rules import check_wish
from services.scheduling.types import Answer, Claim, Reason, ReasonCode, Wish

_OVERLAP = "23P01"
_JUST_TAKEN = Reason(ReasonCode.BOOKED, "Somebody else has just taken part of that time.")

# In ascending order, always: two claims that share resources then wait, and never for each other.
_LOCK = text(
    """
select id from resource
 where id = any(cast(:ids as bigint[]))
    or id in (select id from gear_unit where mic_option_id = any(cast(:options as bigint[])))
 order by id for no key update
"""
)

_STORE = text(
    """
insert into allocation (resource_id, during, reason, booking_id)
select id, tstzrange(:start, :end), 'SESSION', :booking_id from unnest(cast(:ids as int[])) as id order by id
"""
)


def claim(
    session: Session,
    wish: Wish,
    *,
    now: datetime,
    studio: Studio,
    rooms: Mapping[int, RoomView],
    reveal: bool,
    except_booking_id: int | None = None,
) -> Claim:
    """Locks everything the wish takes until the transaction ends, or SlotTaken and locks nothing.

    `rooms` are those that exist. `reveal` names bookings and clients in the refusal.
    `except_booking_id` is a booking that moves: its own time is not in its way.
    """
    check_wish(wish, now)
    if any(room_id not in rooms for room_id in wish.room_ids):
        raise NotFound("There is no such room.", field="rooms")
    savepoint = session.begin_nested()
    _lock(session, wish)
    picture = queries.picture_for(
        session, wish, business_date(wish.start, studio.zone), except_booking_id=except_booking_id
    )
    if picture.fits(wish, now):
        savepoint.commit()
        return Claim(wish, picture.pick_units(wish))
    met = queries.meetings(session, picture.resources, wish.occupied, except_booking_id=except_booking_id)
    savepoint.rollback()
    reasons = Why(picture, met, wish, now, reveal).reasons()
    raise SlotTaken(Answer(False, reasons, alternatives(session, wish, studio.zone, now, except_booking_id)))


def _lock(session: Session, wish: Wish) -> None:
    engineer = () if wish.engineer_id is None else (wish.engineer_id,)
    options = [mic.mic_option_id for mic in wish.mics]
    session.execute(_LOCK, {"ids": [*wish.room_ids, *engineer], "options": options})


def store(session: Session, claim: Claim, booking_id: int) -> None:
    """Writes the claim's allocations, buffer included."""
    span = claim.wish.occupied
    values = {"ids": list(claim.resource_ids), "start": span.start, "end": span.end, "booking_id": booking_id}
    try:
        session.execute(_STORE, values)
    except DBAPIError as error:
        if db.sqlstate(error) != _OVERLAP:
            raise
        raise SlotTaken(Answer(False, (_JUST_TAKEN,))) from error


def release(session: Session, booking_id: int) -> None:
    """Gives the booking's time back; the audit ledger remembers it."""
    session.execute(text("delete from allocation where booking_id = :booking_id"), {"booking_id": booking_id})
