"""Holds as they are shown: a handful of statements for any number of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.bookings import BookingStatus
from models.holds import Hold
from services.core.access import Actor, Permission
from services.holds.challenges import OpenChallenge, open_challenges
from services.holds.errors import HoldNotFound
from services.holds.queue import holds_met, taken
from services.holds.rules import last_moment
from services.holds.types import BookedAsHold, ChallengeMade, ChallengeView, HoldRef, HoldView, MetHold

_BOOKED = [field.name for field in fields(BookedAsHold)]


def view(session: Session, actor: Actor, booked: BookedAsHold, now: datetime) -> HoldView:
    found = views(session, actor, [booked], now)
    if not found:
        raise HoldNotFound(booked.number)
    return found[0]


def views(session: Session, actor: Actor, booked: Sequence[BookedAsHold], now: datetime) -> tuple[HoldView, ...]:
    """In the order given; what never was a hold is left out."""
    ids = [one.id for one in booked]
    held = select(col(Hold.id), col(Hold.placed_at), col(Hold.expires_at)).where(col(Hold.id).in_(ids))
    met = holds_met(session, ids)
    challenges = open_challenges(session, ids)
    blocked = taken(session, {*ids, *(one.id for others in met.values() for one in others)})
    seen = _Seen(actor, now)
    holds = {id_: (placed, expires) for id_, placed, expires in session.execute(held)}
    return tuple(
        seen.view(one, *holds[one.id], met.get(one.id, []), challenges, blocked) for one in booked if one.id in holds
    )


def refs(actor: Actor, met: Sequence[MetHold]) -> tuple[HoldRef, ...]:
    """Other holds, their clients' names for those who may see all sessions."""
    reveal = actor.can(Permission.VIEW_ALL_SESSIONS)
    return tuple(HoldRef(one.id, one.number, one.client_name if reveal else "", one.rank) for one in met)


@dataclass(frozen=True, slots=True)
class _Seen:
    actor: Actor
    now: datetime

    def view(
        self,
        booked: BookedAsHold,
        placed_at: datetime,
        expires_at: datetime | None,
        met: Sequence[MetHold],
        challenges: Sequence[OpenChallenge],
        taken: Mapping[int, str],
    ) -> HoldView:
        id_, is_held = booked.id, booked.status is BookingStatus.HOLD
        if not is_held:
            met = ()
        above = refs(self.actor, [one for one in met if one.is_above])
        # A hold that has been moved away leaves its challenges pointing at nothing.
        meets = {one.id for one in met}
        to_it = next((one for one in challenges if one.challenged_id == id_ and one.challenger_id in meets), None)
        by_it = tuple(one for one in challenges if one.challenger_id == id_ and one.challenged_id in meets)
        is_ahead = is_held and booked.start > self.now and self.actor.can(Permission.BOOK_SESSIONS)
        asked, blocked_by = {one.challenged_id for one in challenges}, taken.get(id_, "")
        before_it = [one for one in above if one.id not in taken]
        return HoldView(
            **{name: getattr(booked, name) for name in _BOOKED},
            rank=len(above) + 1 if is_held else 0,
            placed_at=placed_at,
            expires_at=last_moment(expires_at, booked.start),
            challenge=self._challenge(to_it) if to_it else None,
            challenges=tuple(self._made(one) for one in by_it),
            above=above,
            below=refs(self.actor, [one for one in met if not one.is_above]),
            blocked_by=blocked_by if self._reveals or not blocked_by else "another session",
            can_confirm=is_ahead and not before_it and not blocked_by,
            can_challenge=is_ahead and not blocked_by and any(one.id not in asked for one in before_it),
        )

    @property
    def _reveals(self) -> bool:
        return self.actor.can(Permission.VIEW_ALL_SESSIONS)

    def _challenge(self, one: OpenChallenge) -> ChallengeView:
        return ChallengeView(one.id, one.challenger_number, self._name(one.challenger_client), one.due_at)

    def _made(self, one: OpenChallenge) -> ChallengeMade:
        return ChallengeMade(one.id, one.challenged_number, self._name(one.challenged_client), one.due_at)

    def _name(self, client: str) -> str:
        return client if self._reveals else ""
