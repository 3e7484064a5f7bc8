"""Takes and gives back time. Whoever claims, stores in the same transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
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
from services.scheduling.alternatives import alternatives
from services.scheduling.errors import SlotTaken
from services.scheduling.offered import Offered
from services.scheduling.reasons import Why
from services.scheduling.rules import check_wish
from services.scheduling.types import Answer, Claim, Reason, ReasonCode, SlotRequest

OVERLAP = "23P01"
_RELEASE = text(
    "delete from allocation where booking_id = :booking_id returning lower(during), upper(during), resource_id"
)
JUST_TAKEN = Reason(ReasonCode.BOOKED, "Somebody else has just taken part of that time.")


def claim(
    session: Session,
    wish: SlotRequest,
    *,
    now: datetime,
    studio: Studio,
    rooms: Mapping[int, RoomView],
    reveal: bool,
    except_booking_id: int | None = None,
    offered: Offered | None = None,
) -> Claim:
    """Locks everything the wish takes until the transaction ends, or SlotTaken and locks nothing.

    `rooms` are those that exist. `reveal` names bookings and clients in the refusal.
    `except_booking_id` is a booking that moves: its own time is not in its way. `offered` bounds the alternatives.
    """
    check_wish(wish, now)
    if any(room_id not in rooms for room_id in wish.room_ids):
        raise NotFound("There is no such room.", field="rooms")
    session.flush()
    ledger.begin_trying(session)
    engineer = () if wish.engineer_id is None else (wish.engineer_id,)
    ledger.lock(session, (*wish.room_ids, *engineer), [mic.mic_option_id for mic in wish.mics])
    day = business_date(wish.start, studio.zone)
    picture = queries.picture_for(session, studio.zone, wish, day, except_booking_id=except_booking_id)
    if picture.fits(wish, now):
        return Claim(wish, picture.pick_units(wish))
    met = queries.meetings(session, picture.resources, wish.occupied, except_booking_id=except_booking_id)
    ledger.let_go(session)
    reasons = Why(picture, met, wish, now, reveal).reasons()
    raise SlotTaken(Answer(False, reasons, alternatives(session, wish, studio.zone, now, except_booking_id, offered)))


def store(session: Session, claim: Claim, booking_id: int) -> None:
    """Writes the claim's allocations, buffer included."""
    with taken_if_overlapping():
        ledger.allocate(
            session, claim.resource_ids, claim.wish.occupied, AllocationReason.SESSION, booking_id=booking_id
        )


def allocations(claim: Claim) -> list[dict[str, Any]]:
    """What `store` would write, as rows for a statement that stores the booking as well."""
    during = f"[{claim.wish.occupied.start},{claim.wish.occupied.end})"
    return [{"resource_id": id_, "during": during, "reason": AllocationReason.SESSION} for id_ in claim.resource_ids]


@contextmanager
def taken_if_overlapping() -> Iterator[None]:
    """Around a statement that writes allocations: what the constraint refuses is SlotTaken."""
    try:
        yield
    except DBAPIError as error:
        if db.sqlstate(error) != OVERLAP:
            raise
        raise SlotTaken(Answer(False, (JUST_TAKEN,))) from error


def release(session: Session, booking_id: int) -> None:
    """Gives the booking's time back; the audit ledger remembers it."""
    for start, end, resource_id in session.execute(_RELEASE, {"booking_id": booking_id}):
        freed.note(session, start, end, resource_id)
