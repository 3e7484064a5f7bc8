"""Changing or cancelling a series: this one, it and the following, or all that are still to come."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from services import bookings, changes
from services.bookings import BookingStatus, BookingView, LetterPart
from services.changes import Change, NoChange, Preview
from services.core import clock
from services.core.access import Actor, Permission, require
from services.core.errors import Conflict
from services.core.studio import studio_info
from services.repeats.errors import RepeatTaken
from services.repeats.rules import instant
from services.repeats.service import series_of
from services.repeats.types import Member, Occurrence, Scope
from services.scheduling import Answer

_CHANGEABLE = (BookingStatus.HOLD, BookingStatus.PENDING, BookingStatus.CONFIRMED)


def preview_series(
    session: Session, actor: Actor, number: str, change: Change, scope: Scope, now: datetime | None = None
) -> tuple[Preview, ...]:
    """What the change would mean for each of them, as if those before it had changed already. Stores nothing."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    attempt = session.begin_nested()
    try:
        return _seen(_change_all(session, actor, _asked(session, actor, number, change, scope, now), now))
    finally:
        attempt.rollback()


def change_series(
    session: Session, actor: Actor, number: str, change: Change, scope: Scope, now: datetime | None = None
) -> tuple[BookingView, ...]:
    """All of them in one transaction, or RepeatTaken with every one that cannot."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    with session.begin_nested():
        made = _change_all(session, actor, _asked(session, actor, number, change, scope, now), now)
        seen = _seen(made)
        taken = [
            Occurrence(one.after.start, one.after.end, Answer(False, one.reasons)) for one in seen if not one.bookable
        ]
        if taken:
            raise RepeatTaken(taken, studio_info(session))
    found = tuple(bookings.get_booking(session, actor, one.number) for one in seen)
    changes.tell_changed(session, found[0], [part for one in made for part in one.parts])
    return tuple(sorted(found, key=lambda booking: booking.start))


def preview_cancel_series(
    session: Session, actor: Actor, number: str, scope: Scope, now: datetime | None = None
) -> tuple[Preview, ...]:
    """The fee of each, and who is told. Stores nothing."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    members = _members(session, actor, number, scope, now)
    return tuple(changes.preview_cancellation(session, actor, member.number, now) for member in members)


def cancel_series(
    session: Session,
    actor: Actor,
    number: str,
    scope: Scope,
    reason: str = "",
    expected_version: int | None = None,
    now: datetime | None = None,
) -> tuple[BookingView, ...]:
    """Each by the policy it was sold under; `expected_version` is that of the booking the person looked at."""
    require(actor, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    bookings.check_version(session, bookings.find_in_queue(session, actor, number, now), expected_version)
    members = _members(session, actor, number, scope, now)
    return bookings.cancel_all(session, actor, [member.number for member in members], reason, now)


@dataclass(frozen=True, slots=True)
class _Asked:
    number: str
    change: Change


@dataclass(frozen=True, slots=True)
class _Changed:
    preview: Preview
    parts: list[LetterPart]
    """What its readers are to be told."""


def _asked(session: Session, actor: Actor, number: str, change: Change, scope: Scope, now: datetime) -> list[_Asked]:
    """The change of each one: a new time moves them all by as much on the wall clock.

    Later ones first when they move to later, so that none meets the next one's old time.
    """
    members = _members(session, actor, number, scope, now)
    this = next(member for member in members if member.number == number)
    if change.start is None:
        return [_Asked(one.number, _for(one, this, change)) for one in members]
    zone = studio_info(session).zone
    shift = _wall_clock(change.start, zone) - _local(this.start, zone)
    moved = [
        _Asked(one.number, replace(_for(one, this, change), start=_local(one.start, zone) + shift)) for one in members
    ]
    return moved[::-1] if shift > timedelta(0) else moved


def _for(member: Member, this: Member, change: Change) -> Change:
    """The version a person saw is that of the booking they looked at."""
    return change if member == this else replace(change, expected_version=None)


def _change_all(session: Session, actor: Actor, asked: list[_Asked], now: datetime) -> list[_Changed]:
    """In order of time. Those that are so already stay out of it; where all are, the refusal says so."""
    made, as_it_is, zone = [], None, studio_info(session).zone
    for one in asked:
        start = one.change.start
        if start is not None and instant(start, zone) is None:
            made.append(_Changed(changes.preview_skipped(session, actor, one.number, start, one.change.minutes), []))
            continue
        try:
            preview = changes.preview(session, actor, one.number, one.change, now=now)
        except NoChange as refusal:
            as_it_is = refusal
            continue
        parts = changes.apply_untold(session, actor, one.number, one.change, now)[1] if preview.bookable else []
        made.append(_Changed(preview, parts))
    if as_it_is and not made:
        raise as_it_is
    return sorted(made, key=lambda one: one.preview.before.start)


def _seen(made: list[_Changed]) -> tuple[Preview, ...]:
    return tuple(one.preview for one in made)


def _members(session: Session, actor: Actor, number: str, scope: Scope, now: datetime) -> list[Member]:
    """Those still to come and open, in order of time; this one among them, or it is refused."""
    series = series_of(session, actor, number)
    open_ = [one for one in series.members if one.status in _CHANGEABLE and one.start > now]
    this = next((one for one in open_ if one.number == number), None)
    if this is None:
        raise Conflict(f"{number} is over or under way; change one that is still to come.", code="wrong_status")
    if scope is Scope.THIS:
        return [this]
    return [one for one in open_ if scope is Scope.ALL or one.start >= this.start]


def _wall_clock(at: datetime, zone: ZoneInfo) -> datetime:
    """As it was asked for, also where the clocks skip it: that is one date in the way, not the end of all."""
    return at if at.tzinfo is None else _local(at, zone)


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)
