"""Which change it is, who may make it and when, and what it leaves in the ledger. On values alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models.bookings import BookingStatus
from models.changes import ChangeKind
from services.changes.errors import NoChange, NotChangeable
from services.changes.snapshot import EngineerSold, RoomSold, SessionSnapshot
from services.core.access import Permission
from services.scheduling import AllocatedSpan

_OPEN = frozenset({BookingStatus.HOLD, BookingStatus.PENDING, BookingStatus.CONFIRMED})
_UNDER_WAY = _OPEN | {BookingStatus.CHECKED_IN}
ALLOWED: dict[ChangeKind, frozenset[BookingStatus]] = {
    ChangeKind.TIME: _OPEN,
    ChangeKind.ROOMS: _OPEN,
    ChangeKind.MOVE: _OPEN,
    ChangeKind.ROOM_SWAP: _UNDER_WAY,
    ChangeKind.ENGINEER_SWAP: _UNDER_WAY,
    ChangeKind.EXTENSION: _UNDER_WAY,
}
"""Where a booking must stand for each kind of change; one that has ended never changes."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Old rooms and those that take their place; what is left over goes or comes."""

    swapped: tuple[tuple[RoomSold, RoomSold], ...]
    gone: tuple[RoomSold, ...]
    added: tuple[RoomSold, ...]
    kept: tuple[tuple[RoomSold, RoomSold], ...]


def kind_of(before: SessionSnapshot, after: SessionSnapshot) -> ChangeKind:
    is_time = (before.start, before.minutes, before.period_id) != (after.start, after.minutes, after.period_id)
    is_rooms = [room.id for room in before.rooms] != [room.id for room in after.rooms]
    is_engineer = _id(before.engineer) != _id(after.engineer)
    if not (is_time or is_rooms or is_engineer):
        raise NoChange
    if is_time + is_rooms + is_engineer > 1:
        return ChangeKind.MOVE
    if is_engineer:
        return ChangeKind.ENGINEER_SWAP
    if is_rooms:
        pairs = pair_rooms(before.rooms, after.rooms)
        return ChangeKind.ROOM_SWAP if pairs.swapped and not (pairs.gone or pairs.added) else ChangeKind.ROOMS
    is_longer = before.start == after.start and after.minutes > before.minutes
    return ChangeKind.EXTENSION if is_longer else ChangeKind.TIME


def permissions_for(before: SessionSnapshot, after: SessionSnapshot) -> frozenset[Permission]:
    """Time is part of booking; rooms and engineers are swapped by those who may (domain 2)."""
    needed = set()
    if (before.start, before.minutes, before.period_id) != (after.start, after.minutes, after.period_id):
        needed.add(Permission.BOOK_SESSIONS)
    if [room.id for room in before.rooms] != [room.id for room in after.rooms]:
        needed.add(Permission.SWAP_RESOURCES)
    if _id(before.engineer) != _id(after.engineer):
        needed.add(Permission.SWAP_RESOURCES)
    return frozenset(needed)


def check_status(number: str, status: BookingStatus, kind: ChangeKind) -> None:
    if status in ALLOWED[kind]:
        return
    if status is BookingStatus.CHECKED_IN:
        raise NotChangeable(number, status, "swap a room or the engineer, or extend it")
    raise NotChangeable(number, status, "its time, rooms and engineer stay as they are")


def pair_rooms(before: tuple[RoomSold, ...], after: tuple[RoomSold, ...]) -> Pairs:
    """In order: the first room that goes makes place for the first that comes."""
    old, new = {room.id: room for room in before}, {room.id: room for room in after}
    gone = [room for room in before if room.id not in new]
    added = [room for room in after if room.id not in old]
    many = min(len(gone), len(added))
    return Pairs(
        swapped=tuple(zip(gone[:many], added[:many], strict=True)),
        gone=tuple(gone[many:]),
        added=tuple(added[many:]),
        kept=tuple((old[room.id], room) for room in after if room.id in old),
    )


def original_of(old: int, first: int | None, new: int) -> int | None:
    """The first one through any number of swaps; none once it is back."""
    original = first or old
    return None if original == new else original


def floor_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def pivot_of(before: SessionSnapshot, after: SessionSnapshot, now: datetime) -> datetime:
    """From when on a change counts: the later of now, to the minute, and the start of the session."""
    if before.start != after.start:
        return after.start
    return min(max(floor_minute(now), before.start), before.end)


def has_begun(before: SessionSnapshot, after: SessionSnapshot, pivot: datetime) -> bool:
    """Whether the session keeps its start, and that has passed: then only the rest of it changes."""
    return before.start == after.start < pivot


def rearranged(
    held: Iterable[AllocatedSpan], wanted: Iterable[int], start: datetime, end: datetime, *, begun: bool
) -> tuple[AllocatedSpan, ...]:
    """The allocations after a change. In a session under way the past stays as it was held: what
    goes ends at `start`, what comes begins there, what stays runs on to `end`, buffer included."""
    missing, kept = set(wanted), []
    for one in held if begun else ():
        if one.end <= start:
            kept.append(one)
        elif one.resource_id in missing:
            missing.remove(one.resource_id)
            kept.append(AllocatedSpan(one.resource_id, one.start, end, one.id))
        elif one.start < start:
            kept.append(AllocatedSpan(one.resource_id, one.start, start, one.id))
    return tuple(
        sorted((*kept, *(AllocatedSpan(new, start, end) for new in missing)), key=lambda h: (h.resource_id, h.start))
    )


def _id(engineer: EngineerSold | None) -> int | None:
    return engineer.id if engineer else None
