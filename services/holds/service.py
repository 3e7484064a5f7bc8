"""A pencilled booking takes its place in the queue, moves in it, and leaves it: confirmed, released or expired.

There is one way out of a hold, whoever opens the door: its challenges end, those behind it
move up, and everybody concerned is told. Called within the commands that make, change and end bookings.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.bookings import Booking, BookingStatus
from models.holds import ChallengeOutcome, Hold
from services.core import audit
from services.core.access import Actor
from services.core.errors import Invalid
from services.core.studio import Studio
from services.holds import mails
from services.holds.challenges import end_challenges, unanswered
from services.holds.queries import held_session
from services.holds.queue import holds_met
from services.holds.rules import Clock, Lapse, first_lapse, place_among
from services.holds.types import MetHold


def place(session: Session, actor: Actor, booking: Booking, studio: Studio, now: datetime) -> None:
    """Behind all holds that it meets; it is let go by itself after the studio's days."""
    assert booking.id is not None
    if booking.start <= now:
        raise Invalid("That time has passed.", field="start")
    kept = timedelta(days=studio.hold_days)
    session.add(Hold(id=booking.id, placed_at=now, expires_at=now + kept if kept else None))
    session.flush()
    rank = place_among(holds_met(session, [booking.id])[booking.id])
    audit.record(session, actor, "hold_placed", "booking", booking.id, after={"rank": rank})


def leave(session: Session, actor: Actor, booking_id: int, outcome: ChallengeOutcome, now: datetime) -> None:
    """Call when its status is HOLD no more."""
    end_challenges(session, booking_id, outcome, now)
    held = held_session(session, booking_id)
    behind = [one for one in holds_met(session, [booking_id])[booking_id] if not one.is_above]
    for one in behind:
        audit.record(
            session,
            actor,
            "hold_promoted",
            "booking",
            one.id,
            before={"rank": one.rank + 1},
            after={"rank": one.rank},
            description=f"{held.number} was {outcome.value.lower()}",
        )
    mails.left(session, held, behind, outcome, now)


def next_lapse(session: Session, held: Collection[int], now: datetime) -> Lapse | None:
    """Which of these holds, all locked, goes first by `now`, and why; moot challenges to them are withdrawn."""
    found = session.exec(
        select(Hold.id, Hold.expires_at, Booking.start)
        .join(Booking, col(Booking.id) == col(Hold.id))
        .where(col(Hold.id).in_(held), Booking.status == BookingStatus.HOLD)
    )
    return first_lapse([Clock(*row) for row in found], unanswered(session, held, now), now)


def met_by_hold(session: Session, booking: Booking) -> list[MetHold]:
    """The holds it stands in one queue with; none where it is no hold."""
    if booking.status is not BookingStatus.HOLD:
        return []
    return holds_met(session, [booking.id or 0])[booking.id or 0]


def set_placed_at(session: Session, booking_id: int, placed_at: datetime) -> None:
    session.get_one(Hold, booking_id, populate_existing=True).placed_at = placed_at
    session.flush()


def rejoin(
    session: Session,
    actor: Actor,
    booking: Booking,
    was_with: Sequence[MetHold],
    now: datetime,
    *,
    since: datetime | None = None,
) -> None:
    """Call once its session has moved: it passes nobody who was there before it (domain 7, order of arrival).

    With `since`, who was there before then has been passed fairly.
    """
    if booking.status is not BookingStatus.HOLD:
        return
    is_with, before = met_by_hold(session, booking), {one.id for one in was_with}
    passed = [one.id for one in is_with if not one.is_above and one.id not in before]
    placed = select(Hold.id).where(col(Hold.id).in_(passed))
    if since is not None:
        placed = placed.where(col(Hold.placed_at) > since)
    if session.exec(placed.limit(1)).first() is not None:
        set_placed_at(session, booking.id or 0, now)
    _promote(session, actor, booking, was_with, {one.id for one in is_with})


def _promote(session: Session, actor: Actor, booking: Booking, was_with: Sequence[MetHold], is_with: set[int]) -> None:
    for one in was_with:
        if not one.is_above and one.id not in is_with:
            rank = {"before": {"rank": one.rank}, "after": {"rank": one.rank - 1}}
            why = f"{booking.number} has moved"
            audit.record(session, actor, "hold_promoted", "booking", one.id, **rank, description=why)
