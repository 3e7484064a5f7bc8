"""A lower hold asks those above it to confirm or release in time; each answers one challenge at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.bookings import Booking
from models.clients import Client
from models.holds import ChallengeOutcome, HoldChallenge
from services.core import audit
from services.core.access import Actor, Permission
from services.core.dates import day_time_text
from services.core.studio import Studio, studio_info
from services.holds import mails
from services.holds.errors import AlreadyChallenged, HoldTaken, NothingAbove
from services.holds.queue import holds_met, standing_above, taken
from services.holds.rules import Asked
from services.holds.types import MetHold


@dataclass(frozen=True, slots=True)
class OpenChallenge:
    id: int
    challenger_id: int
    challenger_number: str
    challenger_client: str
    challenged_id: int
    challenged_number: str
    challenged_client: str
    due_at: datetime


def challenge(session: Session, actor: Actor, booking: Booking, now: datetime) -> None:
    """Every hold above that nobody has asked yet. Call with the booking and all that it meets locked."""
    id_ = booking.id or 0
    reveal = actor.can(Permission.VIEW_ALL_SESSIONS)
    if taken_by := taken(session, [id_]).get(id_):
        raise HoldTaken(booking.number, taken_by if reveal else "another session")
    above = standing_above(session, id_)
    if not above:
        raise NothingAbove(booking.number)
    studio = studio_info(session)
    for asked in _not_asked_yet(session, actor, above, studio, now):
        due_at = min(now + timedelta(hours=studio.challenge_hours), booking.start, asked.start)
        _ask(session, actor, booking, asked, due_at, now)
        mails.challenged(session, id_, asked.id, due_at, studio)


def open_challenges(session: Session, ids: Collection[int]) -> tuple[OpenChallenge, ...]:
    """Those made by or to these holds."""
    lower: Any = aliased(Booking)
    upper: Any = aliased(Booking)
    client: Any = aliased(Client)
    other: Any = aliased(Client)
    sides: tuple[Any, ...] = (lower.id, lower.number, client.name, upper.id, upper.number, other.name)
    statement = (
        select(col(HoldChallenge.id), *sides, col(HoldChallenge.due_at))
        .join(lower, lower.id == HoldChallenge.challenger_id)
        .join(upper, upper.id == HoldChallenge.challenged_id)
        .join(client, client.id == lower.client_id)
        .join(other, other.id == upper.client_id)
        .where(col(HoldChallenge.outcome) == ChallengeOutcome.OPEN, or_(lower.id.in_(ids), upper.id.in_(ids)))
        .order_by(col(HoldChallenge.due_at), col(HoldChallenge.id))
    )
    return tuple(OpenChallenge(*row) for row in session.execute(statement))


def keep_deadlines(session: Session, booking: Booking) -> None:
    """Call when its session has moved: nobody has longer to answer than until their own session."""
    start = booking.start
    open_ = update(HoldChallenge).where(col(HoldChallenge.outcome) == ChallengeOutcome.OPEN)
    its = or_(col(HoldChallenge.challenged_id) == booking.id, col(HoldChallenge.challenger_id) == booking.id)
    session.execute(open_.where(its, col(HoldChallenge.due_at) > start).values(due_at=start))


def end_challenges(session: Session, hold_id: int, outcome: ChallengeOutcome, now: datetime) -> None:
    """Those made to it have their answer; those it made itself are moot."""
    open_ = update(HoldChallenge).where(col(HoldChallenge.outcome) == ChallengeOutcome.OPEN)
    made_to_it, made_by_it = col(HoldChallenge.challenged_id) == hold_id, col(HoldChallenge.challenger_id) == hold_id
    session.execute(open_.where(made_to_it).values(outcome=outcome, resolved_at=now))
    session.execute(open_.where(made_by_it).values(outcome=ChallengeOutcome.WITHDRAWN, resolved_at=now))


def unanswered(session: Session, held: Collection[int], now: datetime) -> list[Asked]:
    """Challenges to these holds whose time is over; those that lead nowhere any more are withdrawn."""
    over = [one for one in open_challenges(session, held) if one.challenged_id in held and one.due_at <= now]
    moot = _moot(session, over)
    _withdraw(session, moot, now)
    return [Asked(one.challenged_id, one.challenger_number, one.due_at) for one in over if one not in moot]


def _not_asked_yet(
    session: Session, actor: Actor, above: Sequence[MetHold], studio: Studio, now: datetime
) -> list[MetHold]:
    """AlreadyChallenged when there is none."""
    ids = {one.id for one in above}
    asked = [one for one in open_challenges(session, ids) if one.challenged_id in ids]
    moot = _moot(session, asked)
    _withdraw(session, moot, now)
    running = {one.challenged_id: one for one in asked if one not in moot}
    free = [one for one in above if one.id not in running]
    if not free:
        raise _refusal(actor, running[above[0].id], studio)
    return free


def _moot(session: Session, challenges: Sequence[OpenChallenge]) -> list[OpenChallenge]:
    """Those whose two holds do not meet any more, because one of them has moved."""
    met = holds_met(session, {one.challenged_id for one in challenges}) if challenges else {}
    behind = {(id_, one.id) for id_, others in met.items() for one in others if not one.is_above}
    return [one for one in challenges if (one.challenged_id, one.challenger_id) not in behind]


def _withdraw(session: Session, challenges: Sequence[OpenChallenge], now: datetime) -> None:
    if not challenges:
        return
    these = update(HoldChallenge).where(col(HoldChallenge.id).in_([one.id for one in challenges]))
    session.execute(these.values(outcome=ChallengeOutcome.WITHDRAWN, resolved_at=now))


def _refusal(actor: Actor, running: OpenChallenge, studio: Studio) -> AlreadyChallenged:
    until = day_time_text(running.due_at, studio)
    by = running.challenger_number if actor.can(Permission.VIEW_ALL_SESSIONS) else ""
    return AlreadyChallenged(running.challenged_number, by, until, running.due_at.astimezone(studio.zone).isoformat())


def _ask(session: Session, actor: Actor, booking: Booking, asked: MetHold, due_at: datetime, now: datetime) -> None:
    """In the history of both."""
    session.add(
        HoldChallenge(
            challenger_id=booking.id or 0,
            challenged_id=asked.id,
            due_at=due_at,
            created_by=actor.user_id,
            created_at=now,
        )
    )
    session.flush()
    after = {"challenger": booking.number, "challenged": asked.number, "due_at": due_at.isoformat()}
    for id_ in (booking.id, asked.id):
        audit.record(session, actor, "hold_challenged", "booking", id_, after=after)
