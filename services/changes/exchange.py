"""Two sessions of the same time exchange their rooms: one change, seen first, made whole, undone whole."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from models.bookings import Booking
from models.changes import ChangeKind, ChangeWish
from services import holds
from services.bookings import BookingView, find_booking, find_in_queue, full_view_of, redacted_for, wishes
from services.changes import claims, history, notices, overtaking, plan, queries
from services.changes.errors import NotChangeable
from services.changes.plan import Plan
from services.changes.rules import pair_rooms
from services.changes.showing import shown
from services.changes.snapshot import SessionSnapshot
from services.changes.types import Change, Exchange, Preview
from services.core import clock
from services.core.access import Actor, Permission, require
from services.core.errors import DomainError, Invalid
from services.core.studio import studio_info
from services.scheduling import Answer, SlotTaken

_FREE = Answer(True)


def preview_exchange(
    session: Session, actor: Actor, number: str, asked: Exchange, now: datetime | None = None
) -> tuple[Preview, Preview]:
    """What it would mean for both. Stores nothing; what is in the way of either is said of both."""
    require(actor, Permission.SWAP_RESOURCES)
    now = now or clock.now()
    both = _planned(session, actor, *_found(session, actor, number, asked), asked, now)
    savepoint = session.begin_nested()
    try:
        afters, answer = take_together(session, actor, both, now), _FREE
    except SlotTaken as taken:
        afters, answer = [made.after for made in both], taken.answer
    savepoint.rollback()
    mine, other = (
        shown(session, actor, made, after, answer, is_exchange=True) for made, after in zip(both, afters, strict=True)
    )
    return mine, other


def exchange_rooms(
    session: Session, actor: Actor, number: str, asked: Exchange, now: datetime | None = None
) -> tuple[BookingView, BookingView]:
    """Makes it: rooms, lines, history, audit and mails of both, or nothing.

    Raises SlotTaken with what is in the way, VersionChanged, NotChangeable.
    """
    require(actor, Permission.SWAP_RESOURCES)
    now = now or clock.now()
    holds.lock_queues(session, [booking.id or 0 for booking in _found(session, actor, number, asked)])
    found = (
        find_in_queue(session, actor, number, now, asked.expected_version),
        find_in_queue(session, actor, asked.other, now, asked.other_version),
    )
    both = _planned(session, actor, *found, asked, now)
    afters = take_together(session, actor, both, now)
    reason, parts = asked.reason.strip(), []
    for made, after, partner in zip(both, afters, reversed(found), strict=True):
        words = f"rooms exchanged with {partner.number}{': ' if reason else ''}{reason}"
        overtaking.tell(session, made.booking, made.before, after, now)
        history.record(session, actor, made, after, now, reason=reason, words=words, exchanged_with=partner.id)
        wishes.close_for(session, actor, made.booking, ChangeWish.CHANGE, now)
        sides = made.before.side(), after.side()
        parts += notices.parts(session, made.booking, *sides, made.difference_cents, made.studio)
    notices.send(session, "Two sessions exchange their rooms", parts, studio_info(session), found[0].id)
    mine, other = (redacted_for(actor, full_view_of(session, booking.id or 0)) for booking in found)
    return mine, other


def instead(session: Session, actor: Actor, made: Plan, now: datetime) -> str:
    """Of a swap that is refused: the number of the session that has the room, where the two could exchange theirs."""
    if made.kind is not ChangeKind.ROOM_SWAP or not made.booking.status.holds_time:
        return ""
    swapped = pair_rooms(made.before.rooms, made.after.rooms).swapped
    if len(swapped) != 1:
        return ""
    old, new = swapped[0]
    numbers = queries.in_room_then(session, new.id, made.pivot, made.before.end, but=made.booking.id or 0)
    if len(numbers) != 1:
        return ""
    asked = Exchange(other=numbers[0], room_id=old.id, other_room_id=new.id)
    try:
        found = preview_exchange(session, actor, made.booking.number, asked, now)
    except DomainError:
        return ""
    return numbers[0] if all(one.bookable for one in found) else ""


def take_together(session: Session, actor: Actor, both: tuple[Plan, Plan], now: datetime) -> list[SessionSnapshot]:
    """Each gives its time back, then takes what the other had; SlotTaken names the session that cannot."""
    claims.give_back_together(session, [(made.booking, made.before, made.after) for made in both])
    return [_taken(session, actor, made, now) for made in both]


def _taken(session: Session, actor: Actor, made: Plan, now: datetime) -> SessionSnapshot:
    try:
        after = claims.take(session, actor, made, now)
    except SlotTaken as taken:
        number = made.booking.number
        reasons = (replace(one, message=f"{number}: {one.message}") for one in taken.answer.reasons)
        raise SlotTaken(Answer(False, tuple(reasons))) from taken
    claims.put(session, made.booking, made.before, after)
    return after


def _found(session: Session, actor: Actor, number: str, asked: Exchange) -> tuple[Booking, Booking]:
    if asked.other == number:
        raise Invalid("A session exchanges rooms with another one.", field="with")
    return find_booking(session, actor, number), find_booking(session, actor, asked.other)


def _planned(
    session: Session, actor: Actor, mine: Booking, other: Booking, asked: Exchange, now: datetime
) -> tuple[Plan, Plan]:
    for booking in (mine, other):
        if not booking.status.holds_time:
            raise NotChangeable(booking.number, booking.status, "it has no room to exchange")
    if mine.start >= other.end or other.start >= mine.end:
        raise Invalid("The two are not at the same time; move one of them instead.", field="with")
    gives = _room(session, mine, asked.room_id, "room")
    gets = _room(session, other, asked.other_room_id, "other_room")
    there, back = Change(swap_room=(gives, gets), reason=asked.reason), Change(swap_room=(gets, gives))
    return plan.make(session, actor, mine, there, now), plan.make(session, actor, other, back, now)


def _room(session: Session, booking: Booking, room_id: int | None, field: str) -> int:
    rooms = [room.id for room in queries.shape_of(session, booking).rooms]
    if not rooms:
        raise Invalid(f"{booking.number} is online work; it has no room.", field=field)
    if room_id is None and len(rooms) > 1:
        raise Invalid(f"{booking.number} has {len(rooms)} rooms. Say which one it gives.", field=field)
    chosen = rooms[0] if room_id is None else room_id
    if chosen not in rooms:
        raise Invalid(f"{booking.number} is not in that room.", field=field)
    return chosen
