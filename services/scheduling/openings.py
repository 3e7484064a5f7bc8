"""The first time that fits, over many days, in one statement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from models.catalog import ResourceKind
from services.core.studio import studio_zone
from services.scheduling import queries
from services.scheduling.snapshot import AvailabilitySnapshot, Timetable
from services.scheduling.types import SlotRequest, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Sessions of a service. Without rooms: in any one; `any_engineer`: with whoever may work there and is free."""

    service: str
    minutes: int
    first_day: date
    days: int
    room_ids: tuple[int, ...] = ()
    engineer_id: int | None = None
    any_engineer: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    start: datetime
    room_ids: tuple[int, ...]
    engineer_id: int | None


def first_opening(
    session: Session, search: Search, earliest: datetime, within: Sequence[Span] | None = None, but: Sequence[Span] = ()
) -> Opening | None:
    """The soonest start, in the studio's steps, that availability sells under one of the days: `within` one of
    these spans, if there are any, and with a session that meets none of `but`. Rooms in their order, then engineers.
    """
    picture = queries.picture(
        session,
        studio_zone(session),
        search.first_day,
        search.days,
        minutes=search.minutes,
        room_ids=search.room_ids or None,
        engineer_ids=_engineers(search),
        service=search.service,
    )
    sold = _sold(picture, within)
    found: Opening | None = None
    for wish in _wishes(picture, search, earliest):
        until = picture.days[-1].span.end if found is None else found.start
        start = next(_starts(picture, wish, earliest, until, sold, but), None)
        if start is not None:
            found = Opening(start, wish.room_ids, wish.engineer_id)
    return found


def _sold(picture: AvailabilitySnapshot, within: Sequence[Span] | None) -> list[Span]:
    """A day is what availability shows under it: from its midnight to the end of its hours, past midnight too."""
    days = [one.span for one in picture.days]
    if within is None:
        return days
    met = (Span(max(day.start, one.start), min(day.end, one.end)) for one in within for day in days)
    return sorted((span for span in met if span.start < span.end), key=lambda span: span.start)


def _starts(
    picture: AvailabilitySnapshot,
    wish: SlotRequest,
    earliest: datetime,
    until: datetime,
    within: Sequence[Span],
    but: Sequence[Span],
) -> Iterator[datetime]:
    for span in within:
        if span.end <= earliest or span.start >= until:
            continue
        for at in picture.starts((wish,), Span(span.start, min(span.end, until)), earliest):
            if not any(wish.spans_at(at)[0].overlaps(one) for one in but):
                yield at


def _engineers(search: Search) -> tuple[int, ...] | None:
    if search.any_engineer:
        return None
    return () if search.engineer_id is None else (search.engineer_id,)


def _wishes(picture: AvailabilitySnapshot, search: Search, now: datetime) -> Iterator[SlotRequest]:
    """One for each choice of rooms and engineer that has enough free time in one piece somewhere."""
    minutes, buffer = search.minutes, picture.buffer_minutes or 0
    known = all(id_ in picture.resources for id_ in search.room_ids)
    single = [(room.id,) for room in picture.of_kind(ResourceKind.ROOM)]
    for room_ids in ([search.room_ids] if known else []) if search.room_ids else single:
        rooms = [picture.resources[room_id] for room_id in room_ids]
        if all(_has(room, minutes, now) for room in rooms):
            for engineer_id in _choices(picture, search, rooms, now):
                yield SlotRequest(now, minutes, room_ids, buffer, engineer_id)


def _choices(
    picture: AvailabilitySnapshot, search: Search, rooms: Sequence[Timetable], now: datetime
) -> list[int | None]:
    if not search.any_engineer:
        return [search.engineer_id] if search.engineer_id is None or search.engineer_id in picture.resources else []
    people = picture.of_kind(ResourceKind.ENGINEER)
    able = [one for one in people if all(one.id in room.engineer_ids for room in rooms)]
    able.sort(key=lambda one: not any(one.id in room.primary_ids for room in rooms))
    return [one.id for one in able if _has(one, search.minutes, now)]


def _has(resource: Timetable, minutes: int, now: datetime) -> bool:
    length, after = timedelta(minutes=minutes).total_seconds(), now.timestamp()
    return resource.is_usable and any(end - max(start, after) >= length for start, end in resource.free.pairs)
