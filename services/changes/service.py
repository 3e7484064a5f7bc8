"""Seeing a change before it is made, and making it."""

from datetime import datetime

from sqlmodel import Session

from models.bookings import BookingStatus
from services import audit, catalog, clock
from services.access import Actor, Permission, require
from services.bookings import BookingView, check_version, detail, find_in_line
from services.bookings import queries as booked
from services.bookings.letters import Part
from services.changes import claims, history, line, notices, plan, requests
from services.changes.effects import effects
from services.changes.plan import Plan
from services.changes.shape import Shape
from services.changes.types import SWAP_NOTE, Change, Preview, Told
from services.scheduling import Answer, SlotTaken

_FREE = Answer(True)


def preview(session: Session, actor: Actor, number: str, change: Change, now: datetime | None = None) -> Preview:
    """What the change would mean. Stores nothing; a slot that is taken is said, not raised."""
    require(actor, Permission.BOOK_SESSIONS, Permission.SWAP_RESOURCES)
    now = now or clock.now()
    booking = booked.find(session, actor, number)
    check_version(session, booking, change.expected_version)
    made = plan.make(session, actor, booking, change, now)
    after, answer = _tried(session, actor, made, now)
    return shown(session, actor, made, after, answer)


def apply(session: Session, actor: Actor, number: str, change: Change, now: datetime | None = None) -> BookingView:
    """Makes the change: time, rows, lines, history, audit and mails, or nothing.

    Raises SlotTaken with conflicts and alternatives, VersionChanged, NotChangeable.
    """
    require(actor, Permission.BOOK_SESSIONS, Permission.SWAP_RESOURCES)
    whole, parts = apply_untold(session, actor, number, change, now or clock.now())
    tell_changed(session, whole, parts)
    return detail.seen_by(actor, whole)


def apply_untold(
    session: Session, actor: Actor, number: str, change: Change, now: datetime
) -> tuple[BookingView, list[Part]]:
    """As `apply`, for one of several: whoever changes them tells of all of them with `tell_changed`."""
    require(actor, Permission.BOOK_SESSIONS, Permission.SWAP_RESOURCES)
    booking = find_in_line(session, actor, number)
    check_version(session, booking, change.expected_version)
    made = plan.make(session, actor, booking, change, now)
    after = claims.take(session, actor, made, now)
    was_with = line.met(session, booking)
    claims.put(session, booking, made.before, after)
    line.join(session, actor, booking, was_with, now)
    _record(session, actor, made, after, change.reason.strip(), now)
    _close_requests(session, actor, made, now)
    sides = made.before.side(), after.side()
    parts = notices.parts(session, booking, *sides, made.difference_cents, made.studio)
    return detail.full_view_of(session, booking.id or 0), parts


def tell_changed(session: Session, booking: BookingView, parts: list[Part]) -> None:
    """One mail to each reader. `booking`: the first of them."""
    what = "A hold has moved" if booking.status is BookingStatus.HOLD else "The session has changed"
    notices.send(session, what, parts, catalog.studio(session), booking.id)


def shown(session: Session, actor: Actor, made: Plan, after: Shape, answer: Answer) -> Preview:
    booking, money = made.booking, actor.can(Permission.VIEW_CLIENT_MONEY)
    total = booked.total_of(session, booking.id or 0) + made.difference_cents
    before_side, after_side = made.before.side(), after.side()
    rooms_change = [room.id for room in made.before.rooms] != [room.id for room in after.rooms]
    return Preview(
        number=booking.number,
        version=booking.version,
        kind=made.kind,
        before=before_side,
        after=after_side,
        lines=made.lines if money else (),
        price_difference_cents=made.difference_cents if money else None,
        total_cents=total if money else None,
        balance_cents=total - booked.paid_of(session, booking.id or 0) if money else None,
        effects=effects(made, after),
        told=as_seen(actor, notices.concerned(session, booking, before_side, after_side)),
        note=SWAP_NOTE if rooms_change else "",
        bookable=answer.bookable,
        reasons=answer.reasons,
        alternatives=answer.alternatives,
    )


def as_seen(actor: Actor, told: tuple[Told, ...]) -> tuple[Told, ...]:
    """Clients' addresses only for those who may see clients."""
    if actor.can(Permission.VIEW_CLIENTS):
        return told
    return tuple(Told(one.name, one.who, "") if one.who == "client" else one for one in told)


def _tried(session: Session, actor: Actor, made: Plan, now: datetime) -> tuple[Shape, Answer]:
    """The very claim a change makes, taken back at once."""
    savepoint = session.begin_nested()
    try:
        after, answer = claims.take(session, actor, made, now), _FREE
    except SlotTaken as taken:
        after, answer = made.after, taken.answer
    savepoint.rollback()
    return after, answer


def _record(session: Session, actor: Actor, made: Plan, after: Shape, reason: str, now: datetime) -> None:
    booking = made.booking
    history.add(session, actor, made, after, now, reason=reason)
    old, new = history.audited(made.before, after)
    audit.record(session, actor, "booking_changed", "booking", booking.id, before=old, after=new, description=reason)


def _close_requests(session: Session, actor: Actor, made: Plan, now: datetime) -> None:
    """Who asked to be replaced and is, has what they asked for."""
    old, new = made.before.engineer, made.after.engineer
    if old is None or (new and new.id == old.id):
        return
    requests.close_for(session, actor, made.booking.id or 0, old.id, now)
