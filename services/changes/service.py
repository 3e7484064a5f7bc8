"""Seeing a change before it is made, and making it."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from models.bookings import BookingStatus
from models.changes import ChangeKind, ChangeWish
from services import holds
from services.bookings import (
    BookingView,
    LetterPart,
    check_version,
    find_booking,
    find_in_queue,
    full_view_of,
    redacted_for,
    wishes,
)
from services.changes import claims, exchange, history, notices, overtaking, plan, requests
from services.changes.plan import Plan
from services.changes.showing import shown
from services.changes.snapshot import SessionSnapshot
from services.changes.types import Change, Preview
from services.core import clock
from services.core.access import Actor, Permission, require
from services.core.studio import studio_info
from services.scheduling import Answer, SlotTaken

_FREE = Answer(True)


def preview(session: Session, actor: Actor, number: str, change: Change, now: datetime | None = None) -> Preview:
    """What the change would mean. Stores nothing; a slot that is taken is said, not raised."""
    require(actor, Permission.BOOK_SESSIONS, Permission.SWAP_RESOURCES)
    now = now or clock.now()
    booking = find_booking(session, actor, number)
    check_version(session, booking, change.expected_version)
    made = plan.make(session, actor, booking, change, now)
    after, answer = _tried(session, actor, made, now)
    found = shown(session, actor, made, after, answer)
    return found if answer.bookable else replace(found, exchange=exchange.instead(session, actor, made, now))


def apply(session: Session, actor: Actor, number: str, change: Change, now: datetime | None = None) -> BookingView:
    """Makes the change: time, rows, lines, history, audit and mails, or nothing.

    Raises SlotTaken with conflicts and alternatives, VersionChanged, NotChangeable.
    """
    require(actor, Permission.BOOK_SESSIONS, Permission.SWAP_RESOURCES)
    whole, parts = apply_untold(session, actor, number, change, now or clock.now())
    tell_changed(session, whole, parts)
    return redacted_for(actor, whole)


def apply_untold(
    session: Session, actor: Actor, number: str, change: Change, now: datetime
) -> tuple[BookingView, list[LetterPart]]:
    """As `apply`, for one of several: whoever changes them tells of all of them with `tell_changed`."""
    require(actor, Permission.BOOK_SESSIONS, Permission.SWAP_RESOURCES)
    booking = find_in_queue(session, actor, number, now, change.expected_version)
    made = plan.make(session, actor, booking, change, now)
    after = claims.take(session, actor, made, now)
    was_with = holds.met_by_hold(session, booking)
    claims.put(session, booking, made.before, after)
    holds.rejoin(session, actor, booking, was_with, now)
    overtaking.tell(session, booking, made.before, after, now)
    history.record(session, actor, made, after, now, reason=change.reason.strip())
    _close_requests(session, actor, made, now)
    sides = made.before.side(), after.side()
    parts = notices.parts(session, booking, *sides, made.difference_cents, made.studio)
    return full_view_of(session, booking.id or 0), parts


def tell_changed(session: Session, booking: BookingView, parts: list[LetterPart]) -> None:
    """One mail to each reader. `booking`: the first of them."""
    what = "A hold has moved" if booking.status is BookingStatus.HOLD else "The session has changed"
    notices.send(session, what, parts, studio_info(session), booking.id)


def _tried(session: Session, actor: Actor, made: Plan, now: datetime) -> tuple[SessionSnapshot, Answer]:
    """The very claim a change makes, taken back at once."""
    savepoint = session.begin_nested()
    try:
        after, answer = claims.take(session, actor, made, now), _FREE
    except SlotTaken as taken:
        after, answer = made.after, taken.answer
    savepoint.rollback()
    return after, answer


def _close_requests(session: Session, actor: Actor, made: Plan, now: datetime) -> None:
    """Who asked to be replaced and is, has what they asked for; so has the client who asked for a change.

    Another engineer alone is seldom what a client asks for: that is left to whoever answers.
    """
    if made.kind is not ChangeKind.ENGINEER_SWAP:
        wishes.close_for(session, actor, made.booking, ChangeWish.CHANGE, now)
    old, new = made.before.engineer, made.after.engineer
    if old is None or (new and new.id == old.id):
        return
    requests.close_for(session, actor, made.booking.id or 0, old.id, now)
