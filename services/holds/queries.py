"""Holds as they are read: a handful of statements for any number of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.bookings import Booking, BookingStatus
from models.clients import Client
from models.holds import ChallengeOutcome, Hold, HoldChallenge
from services import bookings
from services.bookings import BookingRow, BookingView, MetHold
from services.bookings.hold_clocks import last_moment
from services.core.access import Actor, Permission
from services.holds.errors import HoldNotFound
from services.holds.types import ChallengeMade, ChallengeView, HoldRef, HoldView


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


def number_of(session: Session, hold_id: int) -> str:
    statement = select(col(Booking.number)).join(Hold, col(Hold.id) == Booking.id).where(col(Hold.id) == hold_id)
    number: str | None = session.execute(statement).scalar_one_or_none()
    if number is None:
        raise HoldNotFound(hold_id)
    return number


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


def moot(session: Session, challenges: Sequence[OpenChallenge]) -> list[OpenChallenge]:
    """Those whose two holds do not meet any more, because one of them has moved."""
    met = bookings.holds_met(session, {one.challenged_id for one in challenges})
    behind = {(id_, one.id) for id_, others in met.items() for one in others if not one.is_above}
    return [one for one in challenges if (one.challenged_id, one.challenger_id) not in behind]


def withdraw(session: Session, challenges: Sequence[OpenChallenge], now: datetime) -> None:
    these = update(HoldChallenge).where(col(HoldChallenge.id).in_([one.id for one in challenges]))
    session.execute(these.values(outcome=ChallengeOutcome.WITHDRAWN, resolved_at=now))


def views(session: Session, actor: Actor, rows: Sequence[BookingRow], now: datetime) -> tuple[HoldView, ...]:
    return _views(session, actor, {row.id: _of_row(row) for row in rows}, now)


def view(session: Session, actor: Actor, booking: BookingView, now: datetime) -> HoldView:
    found = _views(session, actor, {booking.id: _of_view(booking)}, now)
    if not found:
        raise HoldNotFound(booking.number)
    return found[0]


def _views(session: Session, actor: Actor, facts: dict[int, dict[str, Any]], now: datetime) -> tuple[HoldView, ...]:
    ids = list(facts)
    held = select(col(Hold.id), col(Hold.placed_at), col(Hold.expires_at)).where(col(Hold.id).in_(ids))
    met = bookings.holds_met(session, ids)
    challenges = open_challenges(session, ids)
    blocked = bookings.taken(session, {*ids, *(one.id for others in met.values() for one in others)})
    seen = _Seen(actor, now)
    holds = {id_: (placed, expires) for id_, placed, expires in session.execute(held)}
    return tuple(
        seen.view(facts[id_], *holds[id_], met.get(id_, []), challenges, blocked) for id_ in ids if id_ in holds
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    actor: Actor
    now: datetime

    def view(
        self,
        facts: dict[str, Any],
        placed_at: datetime,
        expires_at: datetime | None,
        met: Sequence[MetHold],
        challenges: Sequence[OpenChallenge],
        taken: Mapping[int, str],
    ) -> HoldView:
        id_, is_held = facts["id"], facts["status"] is BookingStatus.HOLD
        if not is_held:
            met = ()
        above = tuple(self._ref(one) for one in met if one.is_above)
        # A hold that has been moved away leaves its challenges pointing at nothing.
        meets = {one.id for one in met}
        to_it = next((one for one in challenges if one.challenged_id == id_ and one.challenger_id in meets), None)
        by_it = tuple(one for one in challenges if one.challenger_id == id_ and one.challenged_id in meets)
        is_ahead = is_held and facts["start"] > self.now and self.actor.can(Permission.BOOK_SESSIONS)
        asked, blocked_by = {one.challenged_id for one in challenges}, taken.get(id_, "")
        in_line = [one for one in above if one.id not in taken]
        return HoldView(
            **facts,
            rank=len(above) + 1 if is_held else 0,
            placed_at=placed_at,
            expires_at=last_moment(expires_at, facts["start"]),
            challenge=self._challenge(to_it) if to_it else None,
            challenges=tuple(self._made(one) for one in by_it),
            above=above,
            below=tuple(self._ref(one) for one in met if not one.is_above),
            blocked_by=blocked_by if self._reveals or not blocked_by else "another session",
            can_confirm=is_ahead and not in_line and not blocked_by,
            can_challenge=is_ahead and not blocked_by and any(one.id not in asked for one in in_line),
        )

    @property
    def _reveals(self) -> bool:
        return self.actor.can(Permission.VIEW_ALL_SESSIONS)

    def _ref(self, met: MetHold) -> HoldRef:
        return HoldRef(met.id, met.number, self._name(met.client_name), met.rank)

    def _challenge(self, one: OpenChallenge) -> ChallengeView:
        return ChallengeView(one.id, one.challenger_number, self._name(one.challenger_client), one.due_at)

    def _made(self, one: OpenChallenge) -> ChallengeMade:
        return ChallengeMade(one.id, one.challenged_number, self._name(one.challenged_client), one.due_at)

    def _name(self, client: str) -> str:
        return client if self._reveals else ""


def _of_row(row: BookingRow) -> dict[str, Any]:
    same = ("id", "number", "status", "client_name", "artist_name", "service_name", "start", "end")
    return {name: getattr(row, name) for name in (*same, "room_ids", "room_names", "engineer_name")}


def _of_view(booking: BookingView) -> dict[str, Any]:
    same = ("id", "number", "status", "service_name", "start", "end")
    return {name: getattr(booking, name) for name in same} | {
        "client_name": booking.client.name,
        "artist_name": booking.artist.name if booking.artist else "",
        "room_ids": tuple(room.id for room in booking.rooms),
        "room_names": tuple(room.name for room in booking.rooms),
        "engineer_name": booking.engineer.name if booking.engineer else "",
    }
