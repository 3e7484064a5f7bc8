"""What stands above the calendar: its title, where its links lead, and what it can be narrowed to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services import catalog
from services.bookings import BookingStatus
from services.core import dates as when
from services.core.access import Actor
from services.core.studio import Studio
from studio_app.state.calendar.presenter import TONES
from studio_app.state.calendar.query import SIDES, VIEWS, Asked
from studio_app.state.calendar.scene import Scene, scene

_WORDS = {BookingStatus.CONFIRMED: "confirmed"}

Choice = tuple[str, str, bool]
"""Value, text, whether it is chosen."""


@dataclass(frozen=True)
class Bar:
    asked: Asked
    title: str
    zone_name: str
    places: dict[str, str]
    """Where previous, today, next, every view and every side lead to."""
    is_own: bool
    rooms: list[Choice]
    engineers: list[Choice]
    statuses: list[Choice]
    services: list[tuple[str, str]]


def bar(session: Any, actor: Actor, query: Mapping[str, str], now: datetime) -> Bar:
    seen = scene(session, actor, query, now)
    asked, is_own = seen.asked, bool(seen.drawing.own)
    rooms = () if is_own else catalog.list_rooms(session, actor)
    engineers = () if is_own else catalog.list_engineers(session, actor)
    return Bar(
        asked=asked,
        title=_title(asked, seen.days, seen.studio),
        zone_name=seen.studio.zone.key.rpartition("/")[2].replace("_", " "),
        places=_places(seen),
        is_own=is_own,
        rooms=[(str(room.id), room.name, room.id in asked.rooms) for room in rooms],
        engineers=[(str(one.id), one.name, one.id in asked.engineers) for one in engineers],
        statuses=[
            (status, (word or _WORDS[status]).capitalize(), status in asked.statuses)
            for status, (_, word) in TONES.items()
        ],
        services=[(one.code, one.name) for one in catalog.list_services(session, actor)],
    )


def label(name: str, choices: list[Choice], otherwise: str) -> str:
    chosen = sum(is_chosen for *_, is_chosen in choices)
    return f"{name} · {f'{chosen} of {len(choices)}' if chosen else otherwise}"


def _places(seen: Scene) -> dict[str, str]:
    asked = seen.asked
    moves = {"previous": asked.moved(-1), "today": asked.on(seen.today), "next": asked.moved(1)}
    moves["all"] = Asked(asked.day, asked.view, asked.by)
    views = {view: replace(asked, view=view) for view in VIEWS}
    sides = {side: replace(asked, by=side) for side in SIDES}
    return {name: place.href for name, place in (moves | views | sides).items()}


def _title(asked: Asked, days: list[date], studio: Studio) -> str:
    if asked.view == "day":
        return when.long_day_text(asked.day, studio)
    if asked.view == "month":
        return when.month_text(asked.day, studio)
    return when.days_between_text(days[0], days[-1], studio)
