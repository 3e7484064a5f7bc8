"""The strip of pencilled time above the calendar: each hold's rank, and the clock that runs against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services import bookings
from services.core import dates as when
from services.core.access import Actor
from services.core.studio import Studio
from services.holds import HoldView, ordinal
from studio_app import routes
from studio_app.state.calendar.presenter import length_text
from studio_app.state.calendar.scene import scene, sessions
from studio_app.state.presenter import soon_text


@dataclass(frozen=True)
class Pencilled:
    booking: int
    rank: str
    """`first hold`."""
    who: str
    when: str
    place: str
    clock: str
    is_pressing: bool
    href: str


def pencilled(session: Any, actor: Actor, query: Mapping[str, str], now: datetime) -> list[Pencilled]:
    """The holds among what the calendar shows."""
    seen = scene(session, actor, query, now)
    found = bookings.list_holds(session, actor, seen.start, seen.end, now)
    shown = {row.id for row in sessions(session, actor, seen, [one.id for one in found])} if found else set()
    return [_pencilled(one, now, seen.studio) for one in found if one.id in shown]


def _pencilled(hold: HoldView, now: datetime, studio: Studio) -> Pencilled:
    return Pencilled(
        booking=hold.id,
        rank=f"{ordinal(hold.rank)} hold",
        who=hold.artist_name or hold.client_name,
        when=when.session_text(hold.start, hold.end, studio),
        place=" · ".join(filter(None, (", ".join(hold.room_names) or "Online", hold.engineer_name))),
        clock=_clock(hold, now, studio),
        is_pressing=hold.challenge is not None or bool(hold.blocked_by),
        href=routes.booking(hold.number),
    )


def _clock(hold: HoldView, now: datetime, studio: Studio) -> str:
    if hold.blocked_by:
        return f"its time went to {hold.blocked_by}"
    if hold.challenge:
        left = max(hold.challenge.due_at - now, timedelta(0))
        by = hold.challenge.by_client or hold.challenge.by_number
        return f"{length_text(left)} left, challenged by {by}"
    if hold.expires_at:
        return f"until {soon_text(hold.expires_at, studio)}"
    return "until it is released"
