"""What a change to a session would mean, read in one transaction and put into words."""

from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from services import bookings, catalog, changes
from services.bookings import BookingView
from services.changes import Change, Exchange, Preview, SessionSummary
from services.core import clock, money
from services.core import dates as when
from services.core.access import Actor
from services.core.errors import Invalid
from services.core.studio import Studio, studio_info
from services.scheduling import Alternative
from studio_app.state.calendar.presenter import NOBODY, length_text, time_text
from studio_app.state.form import id_in_path

_ACTS = {
    "TIME": ("Move", "Move session"),
    "MOVE": ("Move", "Move session"),
    "ROOM_SWAP": ("Swap the room of", "Swap room"),
    "ROOMS": ("Change the rooms of", "Change rooms"),
    "ENGINEER_SWAP": ("Swap the engineer of", "Swap engineer"),
    "EXTENSION": ("Change the length of", "Change length"),
}
_LONGEST = 60 * 24 * 7


@dataclass(frozen=True)
class Drop:
    """Where a session was let go. Wall clock; `end` only when it was resized; columns only when they differ."""

    start: str
    end: str
    source: str
    target: str
    by: str


@dataclass(frozen=True)
class Wanted:
    """The whole session as it should be, as the fields of the dialog have it."""

    day: str = ""
    time: str = ""
    minutes: str = ""
    rooms: tuple[int, ...] = ()
    engineer: str = ""
    """Empty: nobody."""


@dataclass(frozen=True)
class Place:
    rooms: str = ""
    day: str = ""
    time: str = ""
    lasts: str = ""
    engineer: str = ""


@dataclass(frozen=True)
class Other:
    """The other session of an exchange, and what it means there."""

    number: str = ""
    version: int = 0
    rooms: str = ""
    """`Studio B → Studio A`."""
    difference: str = ""
    told: str = ""


@dataclass(frozen=True)
class WhatIf:
    """Empty where nothing would change."""

    title: str = ""
    act: str = ""
    before: Place = Place()
    after: Place = Place()
    lines: list[tuple[str, str]] = field(default_factory=list)
    difference: str = ""
    tone: str = ""
    total: str = ""
    effects: list[str] = field(default_factory=list)
    told: str = ""
    note: str = ""
    is_bookable: bool = False
    reasons: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    exchange: str = ""
    """The number of the session that has the room, where the two could exchange theirs."""
    other: Other = Other()
    """With whom rooms are exchanged, if that is what is asked."""


@dataclass(frozen=True)
class Seen:
    """A booking beside the change that is asked for, and what that would mean."""

    booking: BookingView
    base: Wanted
    """The booking as it is, to tell apart what the person asked for."""
    wanted: Wanted
    what_if: WhatIf
    alternatives: tuple[Alternative, ...] = ()


def opened(session: Any, actor: Actor, number: str, drop: Drop | None) -> Seen:
    booking = bookings.get_booking(session, actor, number)
    zone = studio_info(session).zone
    wanted = as_it_is(booking, zone)
    return seen(session, actor, number, _dropped(wanted, drop, booking, zone) if drop else wanted)


def seen(session: Any, actor: Actor, number: str, wanted: Wanted) -> Seen:
    booking, studio = bookings.get_booking(session, actor, number), studio_info(session)
    base, change = as_it_is(booking, studio.zone), change_of(booking, wanted, studio.zone)
    if change == Change():
        return Seen(booking, base, wanted, WhatIf())
    found = changes.preview(session, actor, number, change)
    others = tuple(one for one in found.alternatives if instead(wanted, one, studio.zone) != base)
    shown = replace(_in_words(found, booking, studio), alternatives=[one.label for one in others])
    return Seen(booking, base, wanted, shown, others)


def seen_exchanged(session: Any, actor: Actor, number: str, wanted: Wanted, other: str) -> Seen:
    """The room that is wanted is had of the session it is taken by, which gets this one's."""
    booking, studio = bookings.get_booking(session, actor, number), studio_info(session)
    asked = exchange_of(booking, wanted, other)
    mine, theirs = changes.preview_exchange(session, actor, number, asked)
    shown = _in_words(mine, booking, studio)
    with_other = Other(
        number=theirs.number,
        version=theirs.version,
        rooms=f"{_place(theirs.before, studio).rooms} → {_place(theirs.after, studio).rooms}",
        difference=_difference(theirs.price_difference_cents, studio),
        told=", ".join(one.name for one in theirs.told if one.who != "staff"),
    )
    shown = replace(shown, title=f"Exchange rooms with {other}?", act="Exchange rooms", other=with_other)
    return Seen(booking, as_it_is(booking, studio.zone), wanted, shown)


def exchange_of(booking: BookingView, wanted: Wanted, other: str) -> Exchange:
    """The one room that is to go, for the one that is to come."""
    had = tuple(room.id for room in booking.rooms)
    gone = [room for room in had if room not in wanted.rooms]
    come = [room for room in wanted.rooms if room not in had]
    if (len(gone), len(come)) != (1, 1):
        raise Invalid("An exchange is of one room for another.", field="rooms")
    return Exchange(other=other, room_id=gone[0], other_room_id=come[0])


def seen_anew(session: Any, actor: Actor, number: str, base: Wanted, wanted: Wanted) -> Seen:
    """What the person changed of `base`, asked of the booking as somebody else has left it."""
    booking = bookings.get_booking(session, actor, number)
    now = as_it_is(booking, studio_info(session).zone)
    own = {name: value for name, value in asdict(wanted).items() if value != getattr(base, name)}
    return seen(session, actor, number, replace(now, **own))


def choices(session: Any, actor: Actor, booking: BookingView) -> tuple[list[tuple[int, str]], list[tuple[str, str]]]:
    """Rooms and engineers to choose from; its own also when they are retired."""
    rooms = {room.id: room.name for room in booking.rooms} | {
        room.id: room.name for room in catalog.list_rooms(session, actor)
    }
    people = {one.id: one.name for one in catalog.list_engineers(session, actor)}
    if booking.engineer:
        people.setdefault(booking.engineer.id, booking.engineer.name)
    return list(rooms.items()), [(str(one), name) for one, name in people.items()]


def last_change(session: Any, actor: Actor, booking: BookingView) -> str:
    """The change that undo would take back, in words; empty where there is none."""
    for one in changes.changes_of(session, actor, booking.number)[:1]:
        if one.undone_at is None:
            before = _place(one.before, studio_info(session))
            return f"Before {one.who}'s change: {', '.join(filter(None, (before.rooms, before.day, before.time)))}"
    return ""


def as_it_is(booking: BookingView, zone: ZoneInfo) -> Wanted:
    local = booking.start.astimezone(zone)
    return Wanted(
        day=local.date().isoformat(),
        time=f"{local:%H:%M}",
        minutes=str(booking.minutes),
        rooms=tuple(room.id for room in booking.rooms),
        engineer=str(booking.engineer.id) if booking.engineer else "",
    )


def instead(wanted: Wanted, other: Alternative, zone: ZoneInfo) -> Wanted:
    local = other.start.astimezone(zone)
    engineer = str(other.engineer_id) if other.engineer_id else wanted.engineer
    rooms = other.room_ids or wanted.rooms
    return replace(wanted, day=local.date().isoformat(), time=f"{local:%H:%M}", rooms=rooms, engineer=engineer)


def change_of(booking: BookingView, wanted: Wanted, zone: ZoneInfo) -> Change:
    """Only what differs from the booking as it is now."""
    now, minutes = as_it_is(booking, zone), _minutes(wanted.minutes)
    is_moved = (wanted.day, wanted.time) != (now.day, now.time)
    is_other = wanted.engineer != now.engineer
    return Change(
        start=_local(wanted) if is_moved else None,
        minutes=minutes if minutes != booking.minutes else None,
        room_ids=wanted.rooms if wanted.rooms != now.rooms else None,
        engineer_id=id_in_path(wanted.engineer) if is_other and wanted.engineer else None,
        without_engineer=is_other and not wanted.engineer,
    )


def _dropped(wanted: Wanted, drop: Drop, booking: BookingView, zone: ZoneInfo) -> Wanted:
    start = _wall_clock(drop.start)
    moved = replace(wanted, day=start.date().isoformat(), time=f"{start:%H:%M}")
    if drop.end:
        # Where only the end was pulled the start is the booking's own: in an hour that comes twice, maybe the second.
        stays = (moved.day, moved.time) == (wanted.day, wanted.time)
        begins = booking.start if stays else clock.to_instant(start, zone)
        length = clock.to_instant(_wall_clock(drop.end), zone, field="minutes") - begins
        moved = replace(moved, minutes=str(int(length / timedelta(minutes=1))))
    if not drop.target or drop.target == drop.source:
        return moved
    if drop.by == "engineers":
        return replace(moved, engineer="" if drop.target == NOBODY else drop.target)
    source, target = id_in_path(drop.source), id_in_path(drop.target)
    if not target:
        raise Invalid("A session in the studio needs a room.")
    rooms = [target if room == source else room for room in moved.rooms]
    return replace(moved, rooms=tuple(dict.fromkeys(rooms)))


def _wall_clock(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError as error:
        raise Invalid("Choose a time.", field="time") from error


def _local(wanted: Wanted) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(wanted.day), time.fromisoformat(wanted.time).replace(tzinfo=None))
    except ValueError as error:
        raise Invalid("Choose a day and a time.", field="time") from error


def _minutes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:7]) <= _LONGEST):
        raise Invalid("Write the length in minutes.", field="minutes")
    return int(text)


def _in_words(found: Preview, booking: BookingView, studio: Studio) -> WhatIf:
    asks, act = _ACTS.get(found.kind, ("Change", "Change session"))
    who = booking.artist.name if booking.artist else booking.client.name
    return WhatIf(
        title=f"{asks} {who}?",
        act=act,
        before=_place(found.before, studio),
        after=_place(found.after, studio),
        lines=[(line.description, _cents(line.amount_cents, studio)) for line in found.lines],
        difference=_difference(found.price_difference_cents, studio),
        tone="ok" if (found.price_difference_cents or 0) < 0 else "",
        total=_cents(found.total_cents, studio),
        effects=list(found.effects),
        told=", ".join(one.name for one in found.told),
        note=found.note,
        is_bookable=found.bookable,
        reasons=list(dict.fromkeys(reason.message for reason in found.reasons)),
        exchange=found.exchange,
    )


def _place(side: SessionSummary, studio: Studio) -> Place:
    return Place(
        rooms=", ".join(room.name for room in side.rooms) or "Online",
        day=when.day_text(side.start.astimezone(studio.zone).date(), studio),
        time=time_text(side.start, side.end, studio),
        lasts=length_text(timedelta(minutes=side.minutes)),
        engineer=side.engineer.name if side.engineer else "No engineer",
    )


def _difference(cents: int | None, studio: Studio) -> str:
    if cents is None:
        return ""
    return f"+{_cents(cents, studio)}" if cents > 0 else _cents(cents, studio) if cents else "Same price"


def _cents(cents: int | None, studio: Studio) -> str:
    return "" if cents is None else money.as_text(cents, studio.currency, studio.locale)
