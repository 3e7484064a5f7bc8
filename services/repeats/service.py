"""Booking the same again by a rule: every conflict first, then all of them or those chosen, in one transaction."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col

from models.bookings import Booking
from models.series import BookingSeries
from services import bookings, changes
from services.bookings import BookingStatus, BookingView, NewBooking
from services.core import audit, clock
from services.core.access import Actor, Permission, require
from services.core.errors import Conflict, Invalid
from services.core.studio import Studio, studio_info
from services.repeats import queries
from services.repeats.errors import NotRepeated, RepeatTaken
from services.repeats.rules import instant, occurrences
from services.repeats.types import Occurrence, Series
from services.scheduling import Answer, SlotTaken


def preview(
    session: Session, actor: Actor, number: str, rule: str, now: datetime | None = None
) -> tuple[Occurrence, ...]:
    """Every further date of the rule, with its price or with what is in the way. Stores nothing.

    The rule's COUNT is how many sessions there are in the end, this one included.
    """
    require(actor, Permission.BOOK_SESSIONS)
    booking, studio = _repeatable(session, actor, number), studio_info(session)
    order = queries.order_of(session, booking)
    now = now or clock.now()
    return tuple(
        _look(session, actor, booking, order, local, studio, now) for local in occurrences(rule, booking.start, studio)
    )


def repeat(
    session: Session,
    actor: Actor,
    number: str,
    rule: str,
    chosen: Iterable[datetime] | None = None,
    now: datetime | None = None,
) -> tuple[BookingView, ...]:
    """Books every date of the rule, or those chosen; RepeatTaken names all that are not free, and nothing is stored."""
    require(actor, Permission.BOOK_SESSIONS)
    booking, studio = _repeatable(session, actor, number), studio_info(session)
    now = now or clock.now()
    wanted = _chosen(occurrences(rule, booking.start, studio), chosen, studio)
    order = queries.order_of(session, booking)
    starts = [start for local in wanted if (start := instant(local, studio.zone))]
    try:
        with session.begin_nested():
            if len(starts) < len(wanted):
                raise _SkippedTime
            orders = [replace(order, start=start) for start in starts]
            made = tuple(bookings.create_untold(session, actor, one, now) for one in orders)
    except (SlotTaken, _SkippedTime) as refusal:
        looked = [_look(session, actor, booking, order, local, studio, now) for local in wanted]
        taken = [one for one in looked if not one.bookable]
        if not taken:  # taken by the dates before it: they meet each other
            raise
        raise RepeatTaken(taken, studio) from refusal
    _join(session, actor, booking, rule, made)
    bookings.tell_created(session, [one.id for one in made], studio)
    return made


def series_of(session: Session, actor: Actor, number: str) -> Series:
    """Everything repeated together with this booking."""
    require(actor, Permission.VIEW_OWN_SESSIONS)
    booking = bookings.get_booking(session, actor, number)
    series_id = queries.series_id_of(session, booking.id)
    if series_id is None:
        raise NotRepeated(number)
    return queries.series(session, series_id)


class _SkippedTime(Exception):
    """One of the dates has no such time: the clocks go forward."""


def _repeatable(session: Session, actor: Actor, number: str) -> BookingView:
    booking = bookings.get_booking(session, actor, number)
    if booking.status in (BookingStatus.CANCELLED, BookingStatus.EXPIRED):
        raise Conflict(f"{number} is {booking.status.value.lower()}; book the session anew.", code="wrong_status")
    return booking


def _chosen(
    all_of_them: tuple[datetime, ...], chosen: Iterable[datetime] | None, studio: Studio
) -> tuple[datetime, ...]:
    """The wall-clock starts to book; what is chosen must be a date of the rule."""
    if chosen is None:
        return all_of_them
    wanted = {(at if at.tzinfo is None else at.astimezone(studio.zone)).replace(tzinfo=None) for at in chosen}
    if not wanted or not wanted <= set(all_of_them):
        raise Invalid("Choose dates of the rule.", field="chosen")
    return tuple(at for at in all_of_them if at in wanted)


def _look(
    session: Session,
    actor: Actor,
    booking: BookingView,
    order: NewBooking,
    local: datetime,
    studio: Studio,
    now: datetime,
) -> Occurrence:
    start = instant(local, studio.zone)
    if start is None:
        at = local.replace(tzinfo=studio.zone)
        skipped = Answer(False, (changes.skipped_time(local, studio),))
        return Occurrence(at, at + timedelta(minutes=booking.minutes), skipped)
    seen = bookings.dry_run(session, actor, replace(order, start=start), now)
    price = seen.quote.total_cents if actor.can(Permission.VIEW_CLIENT_MONEY) else None
    return Occurrence(seen.start, seen.end, seen.answer, price)


def _join(session: Session, actor: Actor, booking: BookingView, rule: str, made: tuple[BookingView, ...]) -> None:
    """All of them are one series from now on; what was one already grows by them."""
    series_id = queries.series_id_of(session, booking.id)
    if series_id is None:
        series = BookingSeries(rule=rule, created_by=actor.user_id)
        session.add(series)
        session.flush()
        series_id = series.id
    members = [booking.id, *(one.id for one in made)]
    session.execute(update(Booking).where(col(Booking.id).in_(members)).values(series_id=series_id))
    after = {"rule": rule, "bookings": [one.number for one in made]}
    audit.record(session, actor, "booking_repeated", "booking", booking.id, after=after)
