"""What was changed of a session since it was sold: the swap history, and what it was at first."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.bookings import BookingView
from services.changes import ChangeKind, ChangeView
from services.core.studio import Studio
from studio_app.state.changes.differences import Difference, differences, engineer_text, rooms_text
from studio_app.state.presenter import cents_text, moment_text

_KINDS = {
    ChangeKind.TIME: "Moved",
    ChangeKind.MOVE: "Moved",
    ChangeKind.ROOM_SWAP: "Room swapped",
    ChangeKind.ROOMS: "Rooms changed",
    ChangeKind.ENGINEER_SWAP: "Engineer swapped",
    ChangeKind.EXTENSION: "Extended",
}


@dataclass(frozen=True)
class ChangeShown:
    what: str
    differences: list[Difference]
    price: str
    """Empty where there is none to see."""
    by: str
    why: str
    undone: str
    """By whom and when; empty while it stands."""
    can_undo: bool
    """Only the last one that stands."""


@dataclass(frozen=True)
class Originals:
    """What was sold, where it is another now."""

    time: str = ""
    rooms: str = ""
    engineer: str = ""


def changes_shown(changes: Sequence[ChangeView], booking: BookingView, studio: Studio) -> list[ChangeShown]:
    standing = [change for change in changes if change.undone_at is None]
    last = standing[0].id if standing and _may_change(standing[0], booking) else 0
    return [_shown(change, studio, can_undo=change.id == last) for change in changes]


def originals(changes: Sequence[ChangeView], booking: BookingView, studio: Studio) -> Originals:
    """`changes` newest first, as they are read. Overtime that is charged leaves the time as it was booked."""
    standing = [change for change in changes if change.undone_at is None]
    if not standing:
        return Originals()
    first, now = standing[-1].before, standing[0].after
    other = {difference.what: difference.before for difference in differences(first, now, studio)}
    return Originals(
        time=other.get("Time", "") if (first.start, first.end) != (booking.start, booking.end) else "",
        rooms=rooms_text(first) if {"Room", "Rooms"} & other.keys() else "",
        engineer=engineer_text(first) if "Engineer" in other else "",
    )


def difference_text(cents: int | None, studio: Studio) -> str:
    if cents is None:
        return ""
    return f"+{cents_text(cents, studio)}" if cents > 0 else cents_text(cents, studio) if cents else "Same price"


def _may_change(change: ChangeView, booking: BookingView) -> bool:
    """What was charged as overtime is taken back from a session that is over, too."""
    is_over = booking.status == "COMPLETED" and change.kind is ChangeKind.EXTENSION
    return booking.status.is_open or is_over


def _shown(change: ChangeView, studio: Studio, *, can_undo: bool) -> ChangeShown:
    undone = f"{change.undone_by}, {moment_text(change.undone_at, studio)}" if change.undone_at else ""
    return ChangeShown(
        what=_KINDS[change.kind],
        differences=differences(change.before, change.after, studio),
        price=difference_text(change.price_difference_cents, studio),
        by=f"{change.who}, {moment_text(change.at, studio)}",
        why=change.reason,
        undone=undone,
        can_undo=can_undo,
    )
