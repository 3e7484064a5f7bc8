"""A pencilled booking takes its place in line, and leaves it: confirmed, released or expired.

There is one way out of a hold, whoever opens the door: its challenges end, those behind it
move up, and everybody concerned is told.
"""

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlmodel import Session, col

from models.bookings import Booking
from models.holds import ChallengeOutcome, Hold, HoldChallenge
from services.bookings import hold_mails
from services.bookings.ranks import holds_met, place_among
from services.bookings.types import BookingView
from services.core import audit
from services.core.access import Actor
from services.core.errors import Invalid
from services.core.studio import Studio


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


def keep_deadlines(session: Session, booking: Booking) -> None:
    """Call when its session has moved: nobody has longer to answer than until their own session."""
    start = booking.start
    open_ = update(HoldChallenge).where(col(HoldChallenge.outcome) == ChallengeOutcome.OPEN)
    its = or_(col(HoldChallenge.challenged_id) == booking.id, col(HoldChallenge.challenger_id) == booking.id)
    session.execute(open_.where(its, col(HoldChallenge.due_at) > start).values(due_at=start))


def left(session: Session, actor: Actor, booking: BookingView, outcome: ChallengeOutcome, now: datetime) -> None:
    """Call when its status is HOLD no more."""
    _end_challenges(session, booking.id, outcome, now)
    behind = [one for one in holds_met(session, [booking.id])[booking.id] if not one.is_above]
    for one in behind:
        audit.record(
            session,
            actor,
            "hold_promoted",
            "booking",
            one.id,
            before={"rank": one.rank + 1},
            after={"rank": one.rank},
            description=f"{booking.number} was {outcome.value.lower()}",
        )
    hold_mails.left(session, booking, behind, outcome, now)


def _end_challenges(session: Session, id_: int, outcome: ChallengeOutcome, now: datetime) -> None:
    """Those made to it have their answer; those it made itself are moot."""
    open_ = update(HoldChallenge).where(col(HoldChallenge.outcome) == ChallengeOutcome.OPEN)
    made_to_it, made_by_it = col(HoldChallenge.challenged_id) == id_, col(HoldChallenge.challenger_id) == id_
    session.execute(open_.where(made_to_it).values(outcome=outcome, resolved_at=now))
    session.execute(open_.where(made_by_it).values(outcome=ChallengeOutcome.WITHDRAWN, resolved_at=now))
