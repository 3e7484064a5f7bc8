"""A change onto a time of day that the clocks skip: shown beside the other dates of a series, never made."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from models.changes import ChangeKind
from services.bookings import find_booking, paid_of, total_of
from services.changes import queries
from services.changes.types import Preview
from services.core.access import Actor, Permission, require
from services.core.dates import clock_text, day_text
from services.core.studio import Studio, studio_info
from services.scheduling import Reason, ReasonCode


def skipped_time(local: datetime, studio: Studio) -> Reason:
    """What is in the way of a wall-clock time that does not exist."""
    at, day = clock_text(local.time(), studio), day_text(local.date(), studio)
    return Reason(ReasonCode.CLOSED, f"The clocks skip {at} on {day}.")


def preview_skipped(
    session: Session, actor: Actor, number: str, local: datetime, minutes: int | None = None
) -> Preview:
    """As any preview that cannot be: `local` is where it would begin, by a clock that skips it."""
    require(actor, Permission.BOOK_SESSIONS, Permission.SWAP_RESOURCES)
    booking, money = find_booking(session, actor, number), actor.can(Permission.VIEW_CLIENT_MONEY)
    before = queries.shape_of(session, booking).side()
    studio = studio_info(session)
    length, start = minutes or before.minutes, local.replace(tzinfo=studio.zone)
    total = total_of(session, booking.id or 0)
    return Preview(
        number=number,
        version=booking.version,
        kind=ChangeKind.TIME,
        before=before,
        after=replace(before, start=start, end=start + timedelta(minutes=length), minutes=length),
        lines=(),
        price_difference_cents=0 if money else None,
        total_cents=total if money else None,
        balance_cents=total - paid_of(session, booking.id or 0) if money else None,
        effects=(),
        told=(),
        note="",
        bookable=False,
        reasons=(skipped_time(local, studio),),
    )
