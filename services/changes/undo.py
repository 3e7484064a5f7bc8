"""The last change taken back: everything as it was, to the byte, or refused."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete

from models.bookings import Booking, BookingLine, BookingStatus
from models.changes import BookingChange, ChangeKind
from services import holds
from services.bookings import (
    BookingView,
    LetterPart,
    check_version,
    find_booking,
    find_in_queue,
    full_view_of,
    redacted_for,
)
from services.changes import claims, notices, overtaking, queries
from services.changes import snapshot as shape
from services.changes.errors import CannotUndo, NothingToUndo
from services.changes.history import audited
from services.changes.rules import check_status, floor_minute, has_begun, permissions_for, pivot_of
from services.changes.snapshot import SessionSnapshot
from services.core import audit, clock
from services.core.access import Actor, Permission, require
from services.core.studio import Studio, studio_info
from services.scheduling import Answer, Claim, Reason, ReasonCode, SlotTaken


@dataclass(frozen=True, slots=True)
class _Back:
    """One booking, the change that is taken back, and the shapes from and to."""

    booking: Booking
    row: BookingChange
    current: SessionSnapshot
    before: SessionSnapshot


def undo(
    session: Session, actor: Actor, number: str, expected_version: int | None = None, now: datetime | None = None
) -> BookingView:
    """With an exchange of rooms, of both sessions.

    Raises SlotTaken when the old time is gone, CannotUndo when the booking has moved on since.
    """
    require(actor, Permission.BOOK_SESSIONS, Permission.SWAP_RESOURCES)
    now = now or clock.now()
    booking = _locked(session, actor, number, now)
    check_version(session, booking, expected_version)
    backs = [_back(session, actor, booking, _last(session, booking), now)]
    partner_id = queries.exchanged_with(backs[0].row)
    if partner_id is not None:
        partner = find_in_queue(session, actor, session.get_one(Booking, partner_id).number, now)
        backs.append(_back(session, actor, partner, _of_partner(session, partner, booking), now))
        claims.give_back_together(session, [(back.booking, back.current, back.before) for back in backs])
    studio, parts = studio_info(session), []
    for back in backs:
        parts += _put_back(session, actor, back, studio, now)
    for back in backs:
        overtaking.tell(session, back.booking, back.current, back.before, now)
    notices.send(session, "A change is taken back", parts, studio, booking.id)
    whole = full_view_of(session, booking.id or 0)
    return redacted_for(actor, whole)


def _locked(session: Session, actor: Actor, number: str, now: datetime) -> Booking:
    """With the one it exchanged rooms with, by ascending id."""
    seen = find_booking(session, actor, number)
    partner_id = queries.exchanged_with(queries.last_standing(session, seen.id or 0))
    if partner_id is not None:
        holds.lock_queues(session, [seen.id or 0, partner_id])
    return find_in_queue(session, actor, number, now)


def _last(session: Session, booking: Booking) -> BookingChange:
    row = queries.last_standing(session, booking.id or 0)
    if row is None:
        raise NothingToUndo(booking.number)
    return row


def _of_partner(session: Session, partner: Booking, booking: Booking) -> BookingChange:
    row = queries.last_standing(session, partner.id or 0)
    if row is None or queries.exchanged_with(row) != booking.id:
        raise CannotUndo(
            f"{booking.number} exchanged rooms with {partner.number}, which has changed since. Take that back first."
        )
    return row


def _back(session: Session, actor: Actor, booking: Booking, row: BookingChange, now: datetime) -> _Back:
    current, before = queries.shape_of(session, booking), shape.from_json(row.before["shape"])
    for permission in permissions_for(current, before):
        require(actor, permission)
    _check_context(booking, row, before, current, now)
    return _Back(booking, row, current, before)


def _put_back(session: Session, actor: Actor, back: _Back, studio: Studio, now: datetime) -> list[LetterPart]:
    """Time, rows, lines, history and audit of one; what is written of it."""
    booking, row, current, before = back.booking, back.row, back.current, back.before
    _take_back(session, actor, booking, current, before, studio, now)
    was_with = holds.met_by_hold(session, booking)
    claims.put(session, booking, current, before)
    holds.rejoin(session, actor, booking, was_with, now, since=row.changed_at)
    session.exec(delete(BookingLine).where(col(BookingLine.change_id) == row.id))
    row.undone_at, row.undone_by = now, actor.user_id
    session.add(row)
    old, new = audited(current, before)
    words = f"{row.kind.replace('_', ' ').lower()} taken back"
    audit.record(
        session, actor, "booking_change_undone", "booking", booking.id, before=old, after=new, description=words
    )
    sides = current.side(), before.side()
    return notices.parts(session, booking, *sides, -row.price_difference_cents, studio)


def _check_context(
    booking: Booking, row: BookingChange, before: SessionSnapshot, current: SessionSnapshot, now: datetime
) -> None:
    """What was charged as overtime took no time; it may be taken back from a session that is over."""
    if queries.is_overtime(row) and booking.status is BookingStatus.COMPLETED:
        return
    check_status(booking.number, booking.status, ChangeKind(row.kind))
    if BookingStatus(row.before["status"]).holds_time != booking.status.holds_time:
        raise CannotUndo(f"{booking.number} was a hold when that was changed. Make a new change instead.")
    if before.start == current.start and before.end <= floor_minute(now):
        raise CannotUndo(f"{booking.number} has run past the end it had before.")


def _take_back(
    session: Session,
    actor: Actor,
    booking: Booking,
    current: SessionSnapshot,
    before: SessionSnapshot,
    studio: Studio,
    now: datetime,
) -> None:
    """What it needs from now on must still be free; what lies behind is put back as it was."""
    if booking.status is BookingStatus.COMPLETED:
        return
    if not booking.status.holds_time:
        claims.check_not_past(before, now)
    elif before.period_id is not None:
        claims.swap_capacity(session, booking, current, before, studio, now)
    else:
        pivot = pivot_of(current, before, now)
        begun = has_begun(current, before, pivot)
        not_before = now if current.start != before.start else pivot
        wish = claims.wish_of(booking, before, pivot)
        _check_units(before, claims.claim_again(session, actor, booking, wish, studio, not_before, begun=begun))


def _check_units(before: SessionSnapshot, claim: Claim) -> None:
    """The very microphones it had, not others like them."""
    found = {unit for _, unit in claim.gear}
    for mic in before.mics:
        if mic.unit_id not in found:
            gone = Reason(ReasonCode.MIC_SHORT, f"The {mic.unit_name} it had is taken then.", mic.unit_id)
            raise SlotTaken(Answer(False, (gone,)))
