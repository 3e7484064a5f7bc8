"""Holds as their screens show them: plain texts, made on the server."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from services import bookings
from services.bookings import BookingStatus
from services.core import dates as when
from services.core.access import Actor
from services.core.errors import DomainError
from services.core.studio import Studio
from services.holds import HoldRef, HoldView, ordinal
from studio_app import routes
from studio_app.state.bookings.wizard.answers import Answers, to_booking
from studio_app.state.presenter import soon_text


@dataclass(frozen=True)
class OtherHold:
    """A hold that it meets: `Second hold · PS-10231 · Ben`."""

    number: str
    href: str
    rank: str
    client: str


@dataclass(frozen=True)
class HoldShown:
    id: int = 0
    number: str = ""
    href: str = ""
    rank: str = ""
    is_first: bool = False
    client: str = ""
    artist: str = ""
    service: str = ""
    day: str = ""
    time: str = ""
    rooms: str = ""
    engineer: str = ""
    placed: str = ""
    expires: str = ""
    others: list[OtherHold] = field(default_factory=list)
    clock: str = ""
    """While it is challenged: by when it has to answer."""
    left: str = ""
    """How long that is from now."""
    challenger: str = ""
    asked: list[str] = field(default_factory=list)
    """What it asks of those above."""
    blocked: str = ""
    can_confirm: bool = False
    can_challenge: bool = False


def hold_shown(hold: HoldView, studio: Studio, now: datetime) -> HoldShown:
    clock = hold.challenge
    return HoldShown(
        id=hold.id,
        number=hold.number,
        href=routes.booking(hold.number),
        rank=rank_text(hold.rank),
        is_first=hold.rank == 1,
        client=hold.client_name,
        artist="" if hold.artist_name == hold.client_name else hold.artist_name,
        service=hold.service_name,
        day=when.day_text(hold.start.astimezone(studio.zone).date(), studio),
        time=when.span_text(hold.start, hold.end, studio),
        rooms=", ".join(hold.room_names) or "Online",
        engineer=hold.engineer_name,
        placed=soon_text(hold.placed_at, studio),
        expires=soon_text(hold.expires_at, studio) or "Never by itself",
        others=_others((*hold.above, *hold.below)),
        clock=soon_text(clock.due_at, studio) if clock else "",
        left=left_text(clock.due_at - now) if clock else "",
        challenger=_named(clock.by_number, clock.by_client) if clock else "",
        asked=[
            f"{_named(one.number, one.client_name)} has until {soon_text(one.due_at, studio)} to answer"
            for one in hold.challenges
        ],
        blocked=hold.blocked_by,
        can_confirm=hold.can_confirm,
        can_challenge=hold.can_challenge,
    )


def rank_text(rank: int) -> str:
    return f"{ordinal(rank).capitalize()} hold" if rank else "Held no more"


def left_text(left: timedelta) -> str:
    """`23 h left`, `40 min left`."""
    minutes = int(left.total_seconds() // 60)
    if minutes <= 0:
        return "time is up"
    return f"{minutes // 60} h left" if minutes >= 120 else f"{minutes} min left"


def foreseen(session: Any, actor: Actor, answers: Answers) -> str:
    """The rank the wizard's answers would get as a hold, or whose hold they would overtake; empty: no session yet."""
    try:
        outlook = bookings.hold_outlook(session, actor, to_booking(answers, is_public=False))
    except DomainError:
        return ""
    if answers.status != BookingStatus.HOLD:
        return outlook.overtakes
    if not outlook.above:
        return "It would be the first hold of that time."
    above = ", ".join(_named(one.number, one.client_name) for one in outlook.above)
    return f"It would be the {ordinal(outlook.rank)} hold of that time. Above it: {above}."


def _others(refs: Iterable[HoldRef]) -> list[OtherHold]:
    return [OtherHold(one.number, routes.booking(one.number), rank_text(one.rank), one.client_name) for one in refs]


def _named(number: str, client: str) -> str:
    return f"{number} ({client})" if client else number
