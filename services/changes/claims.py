"""The ledger of time under a change: what it takes, and the booking as it then stands."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, select

from models.bookings import Booking, BookingMic, BookingRoom
from services import bookings, catalog, holds, scheduling
from services.changes import queries
from services.changes.plan import Plan
from services.changes.rules import floor_minute, rearranged
from services.changes.snapshot import MicSet, SessionSnapshot
from services.core.access import Actor, Permission
from services.core.studio import Studio
from services.scheduling import Answer, Claim, MicRequest, Reason, ReasonCode, SlotRequest, SlotTaken

_PAST = Reason(ReasonCode.PAST, "That time has passed.")


def take(session: Session, actor: Actor, plan: Plan, now: datetime) -> SessionSnapshot:
    """Locks and checks what the change takes; the shape as it will be stored. SlotTaken otherwise.

    A hold takes nothing: its pencil moves, as long as that is not into the past.
    """
    booking, after = plan.booking, plan.after
    if not booking.status.holds_time:
        check_not_past(after, now)
        return after
    if after.period_id is not None:
        swap_capacity(session, booking, plan.before, after, plan.studio, now)
        return after
    wish = wish_of(booking, after, plan.pivot)
    not_before = now if plan.before.start != after.start else plan.pivot
    claim = claim_again(session, actor, booking, wish, plan.studio, not_before, begun=plan.has_begun)
    names = queries.names(session, [unit for _, unit in claim.gear])
    after = replace(after, mics=_with_units(after.mics, claim, names))
    held = rearranged(plan.before.held, after.resource_ids, plan.pivot, wish.occupied.end, begun=plan.has_begun)
    return replace(after, held=held)


def give_back_together(
    session: Session, changing: Collection[tuple[Booking, SessionSnapshot, SessionSnapshot]]
) -> None:
    """(booking, from, to) of several that take each other's time: all of it is locked first, in one order."""
    shapes = [shape for _, *both in changing for shape in both]
    scheduling.release_all(
        session,
        [booking.id or 0 for booking, _, _ in changing],
        {one for shape in shapes for one in shape.resource_ids},
        {mic.option_id for shape in shapes for mic in shape.mics},
    )


def claim_again(
    session: Session, actor: Actor, booking: Booking, wish: SlotRequest, studio: Studio, now: datetime, *, begun: bool
) -> Claim:
    """The booking's own time is not in its way."""
    bookings.make_way(session, wish.occupied.start, wish.occupied.end, now)
    rooms = catalog.rooms_by_id(session, wish.room_ids)
    reveal = actor.can(Permission.VIEW_ALL_SESSIONS)
    try:
        return scheduling.claim(
            session, wish, now=now, studio=studio, rooms=rooms, reveal=reveal, except_booking_id=booking.id
        )
    except SlotTaken as taken:
        if not begun:
            raise
        same_time = tuple(other for other in taken.answer.alternatives if other.start == wish.start)
        raise SlotTaken(replace(taken.answer, alternatives=same_time)) from taken


def wish_of(booking: Booking, shape: SessionSnapshot, start: datetime) -> SlotRequest:
    """What it needs from `start` on; the microphones it has, if they are free."""
    options = [mic.option_id for mic in shape.mics]
    return SlotRequest(
        start=start,
        minutes=(shape.end - start) // timedelta(minutes=1),
        room_ids=tuple(room.id for room in shape.rooms),
        buffer_minutes=booking.buffer_minutes,
        engineer_id=shape.engineer.id if shape.engineer else None,
        mics=tuple(MicRequest(option, options.count(option)) for option in dict.fromkeys(options)),
        units=tuple(mic.unit_id for mic in shape.mics if mic.unit_id is not None),
    )


def swap_capacity(
    session: Session, booking: Booking, before: SessionSnapshot, after: SessionSnapshot, studio: Studio, now: datetime
) -> None:
    """Online minutes go back to their day and period, and are taken of the new ones."""
    bookings.make_way(session, after.start, after.end, now)
    old, new = _capacity(booking, before), _capacity(booking, after)
    scheduling.release_capacity(session, **old)
    scheduling.claim_capacity(session, **new, studio=studio, now=now)


def _capacity(booking: Booking, shape: SessionSnapshot) -> dict[str, Any]:
    minutes = shape.minutes + booking.buffer_minutes
    return {"day": shape.business_date, "period_id": shape.period_id or 0, "minutes": minutes}


def put(session: Session, booking: Booking, before: SessionSnapshot, after: SessionSnapshot) -> None:
    """Stores the shape, whatever it was; the version counts on."""
    for name, value in after.to_columns().items():
        setattr(booking, name, value)
    booking.version += 1
    session.add(booking)
    if after.rooms != before.rooms:
        session.exec(delete(BookingRoom).where(col(BookingRoom.booking_id) == booking.id))
        session.add_all(_rows(booking, after))
    units = {mic.id: mic.unit_id for mic in after.mics}
    for row in session.exec(select(BookingMic).where(BookingMic.booking_id == booking.id)):
        row.gear_unit_id = units[row.id or 0]
    if after.placed_at is not None and after.placed_at != before.placed_at:
        holds.set_placed_at(session, booking.id or 0, after.placed_at)
    session.flush()
    if not booking.status.holds_time:
        holds.keep_deadlines(session, booking)
    if after.held != before.held:
        scheduling.reallocate(session, booking.id or 0, after.held)


def _rows(booking: Booking, shape: SessionSnapshot) -> list[BookingRoom]:
    return [
        BookingRoom(
            booking_id=booking.id or 0,
            room_id=room.id,
            position=position,
            hourly_rate_cents=room.rate_cents,
            original_room_id=room.original_id,
        )
        for position, room in enumerate(shape.rooms)
    ]


def _with_units(mics: tuple[MicSet, ...], claim: Claim, names: dict[int, str]) -> tuple[MicSet, ...]:
    """Each keeps its unit where the claim has it; the others share what is left."""
    left = list(claim.gear)
    kept = {}
    for mic in mics:
        if (mic.option_id, mic.unit_id) in left:
            left.remove((mic.option_id, mic.unit_id or 0))
            kept[mic.id] = mic
    for mic in mics:
        if mic.id not in kept:
            pair = next(pair for pair in left if pair[0] == mic.option_id)
            left.remove(pair)
            kept[mic.id] = replace(mic, unit_id=pair[1], unit_name=names[pair[1]])
    return tuple(kept[mic.id] for mic in mics)


def check_not_past(shape: SessionSnapshot, now: datetime) -> None:
    if shape.start < floor_minute(now):
        raise SlotTaken(Answer(False, (_PAST,)))
