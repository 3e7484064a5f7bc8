"""A change of a series as its fields ask for it, read and made in one transaction."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services import bookings, repeats
from services.bookings import BookingView
from services.changes import Change, Preview
from services.core.access import Actor, Permission
from services.core.studio import studio_info
from services.repeats import Scope
from studio_app.state.changes.whatif_preview import Wanted, as_it_is, change_of, choices
from studio_app.state.form import id_in_path

Choices = list[tuple[str, str]]

FIELDS = ("day", "time", "minutes", "engineer", "room")


def begin(session: Any, actor: Actor, number: str) -> tuple[dict[str, str], Choices, Choices]:
    """The session as it is, and the rooms and engineers it could have; none of what the person may not swap.

    A session of several rooms changes them one by one, not for the whole series.
    """
    booking = bookings.get_booking(session, actor, number)
    now = as_it_is(booking, studio_info(session).zone)
    room = str(now.rooms[0]) if len(now.rooms) == 1 else ""
    asked = {"day": now.day, "time": now.time, "minutes": now.minutes, "engineer": now.engineer, "room": room}
    if not actor.can(Permission.SWAP_RESOURCES):
        return asked, [], []
    rooms, engineers = choices(session, actor, booking)
    return asked, [(str(room_id), name) for room_id, name in rooms] if room else [], engineers


def changed(session: Any, actor: Actor, number: str, scope: str, asked: Mapping[str, str]) -> tuple[Preview, ...]:
    """What it would mean for each of them; nothing where nothing would change."""
    change = _change(session, actor, number, asked)
    return () if change == Change() else repeats.preview_series(session, actor, number, change, Scope(scope))


def change_all(
    session: Any, actor: Actor, number: str, scope: str, asked: Mapping[str, str], reason: str, version: int
) -> tuple[BookingView, ...]:
    change = replace(_change(session, actor, number, asked), reason=reason, expected_version=version)
    return repeats.change_series(session, actor, number, change, Scope(scope))


def cancelled(session: Any, actor: Actor, number: str, scope: str) -> tuple[Preview, ...]:
    return repeats.preview_cancel_series(session, actor, number, Scope(scope))


def _change(session: Any, actor: Actor, number: str, asked: Mapping[str, str]) -> Change:
    booking, zone = bookings.get_booking(session, actor, number), studio_info(session).zone
    room = id_in_path(asked["room"])
    rooms = (room,) if room else tuple(one.id for one in booking.rooms)
    return change_of(booking, Wanted(asked["day"], asked["time"], asked["minutes"], rooms, asked["engineer"]), zone)
