"""Sessions that changed after they were sold: one longer, one in another room, one moved and moved back."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from demo.life import Cast
from services import bookings, changes
from services.bookings import BookingFilters, BookingRow, BookingStatus, ServiceMode
from services.changes import Change
from services.core.access import Actor

_AHEAD, _DAYS = timedelta(days=2), timedelta(days=12)
_FIRM = BookingFilters(statuses=(BookingStatus.CONFIRMED,), mode=ServiceMode.IN_PERSON)


def change_some(session: Session, cast: Cast) -> None:
    """Whatever fits first, so it is the same every time."""
    actor, first = cast.staff[0], cast.now + _AHEAD
    rows = iter(bookings.calendar(session, actor, first, first + _DAYS, _FIRM))
    longer = ((row, Change(extra_minutes=30, reason="One more song")) for row in rows if row.start > first)
    _first_that_fits(session, actor, cast, longer)
    _first_that_fits(session, actor, cast, _other_rooms(cast, rows))
    later = ((row, Change(start=row.start + timedelta(hours=1), reason="The singer's train is late")) for row in rows)
    if number := _first_that_fits(session, actor, cast, later):
        changes.undo(session, actor, number, now=cast.now - timedelta(minutes=50))


def _other_rooms(cast: Cast, rows: Iterator[BookingRow]) -> Iterator[tuple[BookingRow, Change]]:
    for row in rows:
        if len(row.room_ids) == 1:
            for room_id in sorted(set(cast.room_ids.values()) - set(row.room_ids)):
                yield row, Change(room_ids=(room_id,), reason="The client asked for the other piano")


def _first_that_fits(session: Session, actor: Actor, cast: Cast, wanted: Iterator[tuple[BookingRow, Change]]) -> str:
    """Its number; empty where nothing fits. Nobody is owed anything back."""
    an_hour_ago = cast.now - timedelta(hours=1)
    for row, change in wanted:
        seen = changes.preview(session, actor, row.number, change, now=an_hour_ago)
        if seen.bookable and (seen.price_difference_cents or 0) >= 0:
            return changes.apply(session, actor, row.number, change, now=an_hour_ago).number
    return ""
