"""Times that fit: the first over many days, and the nearest to one that does not, each bookable at this moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from sqlmodel import Session

from models.catalog import ResourceKind
from services.core.clock import business_date
from services.core.dates import Localized, day_text, time_text
from services.core.studio import Studio, studio_zone
from services.scheduling import queries
from services.scheduling.reasons import listed
from services.scheduling.rules import Offered
from services.scheduling.snapshot import AvailabilitySnapshot, Timetable
from services.scheduling.types import Alternative, SlotRequest, Span

_MANY = 3
_FAR_DAYS = 14


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
    snapshot = queries.snapshot(
        session,
        studio_zone(session),
        search.first_day,
        search.days,
        minutes=search.minutes,
        room_ids=search.room_ids or None,
        engineer_ids=_engineers(search),
        service=search.service,
    )
    sold = _sold(snapshot, within)
    found: Opening | None = None
    for request in _requests(snapshot, search, earliest):
        until = snapshot.days[-1].span.end if found is None else found.start
        start = next(_starts_within(snapshot, request, earliest, until, sold, but), None)
        if start is not None:
            found = Opening(start, request.room_ids, request.engineer_id)
    return found


def _sold(snapshot: AvailabilitySnapshot, within: Sequence[Span] | None) -> list[Span]:
    """A day is what availability shows under it: from its midnight to the end of its hours, past midnight too."""
    days = [one.span for one in snapshot.days]
    if within is None:
        return days
    met = (Span(max(day.start, one.start), min(day.end, one.end)) for one in within for day in days)
    return sorted((span for span in met if span.start < span.end), key=lambda span: span.start)


def _starts_within(
    snapshot: AvailabilitySnapshot,
    request: SlotRequest,
    earliest: datetime,
    until: datetime,
    within: Sequence[Span],
    but: Sequence[Span],
) -> Iterator[datetime]:
    for span in within:
        if span.end <= earliest or span.start >= until:
            continue
        for at in snapshot.starts((request,), Span(span.start, min(span.end, until)), earliest):
            if not any(request.spans_at(at)[0].overlaps(one) for one in but):
                yield at


def _engineers(search: Search) -> tuple[int, ...] | None:
    if search.any_engineer:
        return None
    return () if search.engineer_id is None else (search.engineer_id,)


def _requests(snapshot: AvailabilitySnapshot, search: Search, now: datetime) -> Iterator[SlotRequest]:
    """One for each choice of rooms and engineer that has enough free time in one piece somewhere."""
    minutes, buffer = search.minutes, snapshot.buffer_minutes or 0
    known = all(id_ in snapshot.resources for id_ in search.room_ids)
    single = [(room.id,) for room in snapshot.of_kind(ResourceKind.ROOM)]
    for room_ids in ([search.room_ids] if known else []) if search.room_ids else single:
        rooms = [snapshot.resources[room_id] for room_id in room_ids]
        if all(_has(room, minutes, now) for room in rooms):
            for engineer_id in _choices(snapshot, search, rooms, now):
                yield SlotRequest(now, minutes, room_ids, buffer, engineer_id)


def _choices(
    snapshot: AvailabilitySnapshot, search: Search, rooms: Sequence[Timetable], now: datetime
) -> list[int | None]:
    if not search.any_engineer:
        return [search.engineer_id] if search.engineer_id is None or search.engineer_id in snapshot.resources else []
    people = snapshot.of_kind(ResourceKind.ENGINEER)
    able = [one for one in people if all(one.id in room.engineer_ids for room in rooms)]
    able.sort(key=lambda one: not any(one.id in room.primary_ids for room in rooms))
    return [one.id for one in able if _has(one, search.minutes, now)]


def _has(resource: Timetable, minutes: int, now: datetime) -> bool:
    length, after = timedelta(minutes=minutes).total_seconds(), now.timestamp()
    return resource.is_usable and any(end - max(start, after) >= length for start, end in resource.free.pairs)


def alternatives(
    session: Session,
    request: SlotRequest,
    studio: Studio,
    now: datetime,
    except_booking_id: int | None = None,
    offered: Offered | None = None,
) -> tuple[Alternative, ...]:
    """Looks at the day and the next; only where nothing is free then, two weeks on. `offered`: what a visitor may."""
    if offered is None:
        return _alternatives(session, request, studio, now, except_booking_id)
    found = _alternatives(session, request, studio, offered.earliest, except_booking_id)
    return tuple(one for one in found if offered.has(one.start))


def _alternatives(
    session: Session, request: SlotRequest, studio: Studio, now: datetime, except_booking_id: int | None
) -> tuple[Alternative, ...]:
    day = business_date(max(request.start, now), studio.zone)
    no_one = () if request.engineer_id is None else None
    near = queries.snapshot(
        session,
        studio.zone,
        day,
        2,
        minutes=request.minutes + request.buffer_minutes,
        engineer_ids=no_one,
        mic_option_ids=[mic.mic_option_id for mic in request.mics],
        except_booking_id=except_booking_id,
    )
    return nearest(near, request, now, studio) or _later_on(session, studio, request, day, now, except_booking_id)


def _later_on(
    session: Session, studio: Studio, request: SlotRequest, day: date, now: datetime, except_booking_id: int | None
) -> tuple[Alternative, ...]:
    far = queries.snapshot_for(session, studio.zone, request, day, days=_FAR_DAYS, except_booking_id=except_booking_id)
    starts = sorted(_starts(far, request, now), key=lambda at: abs(at - request.start))[:_MANY]
    return tuple(_alternative(far, replace(request, start=at), request, studio) for at in starts)


def nearest(
    snapshot: AvailabilitySnapshot, request: SlotRequest, now: datetime, studio: Localized
) -> tuple[Alternative, ...]:
    """One of each kind, those closest in time first; more starts of the same rooms if that is not three."""
    kinds = (_other_rooms, _other_engineer, _sooner_and_later, _next_day)
    found = dict.fromkeys(other for kind in kinds for other in kind(snapshot, request, now))
    starts = sorted(_starts(snapshot, request, now), key=lambda at: abs(at - request.start))
    more = (other for other in (replace(request, start=at) for at in starts) if other not in found)
    found |= dict.fromkeys(islice(more, max(0, _MANY - len(found))))
    by_distance = sorted(found, key=lambda other: abs(other.start - request.start))
    return tuple(_alternative(snapshot, other, request, studio) for other in by_distance[:_MANY])


def _is_known(snapshot: AvailabilitySnapshot, request: SlotRequest) -> bool:
    """A retired room or engineer is not in the snapshot of what is on offer."""
    engineer = () if request.engineer_id is None else (request.engineer_id,)
    return all(one in snapshot.resources for one in (*request.room_ids, *engineer))


def _fits(snapshot: AvailabilitySnapshot, request: SlotRequest, now: datetime) -> bool:
    return _is_known(snapshot, request) and snapshot.fits(request, now)


def _other_rooms(snapshot: AvailabilitySnapshot, request: SlotRequest, now: datetime) -> Iterator[SlotRequest]:
    """As many rooms at the same time, keeping those of the request that are free."""
    fit = [room.id for room in snapshot.of_kind(ResourceKind.ROOM) if _fits(snapshot, _in(request, (room.id,)), now)]
    kept = [room_id for room_id in request.room_ids if room_id in fit]
    others = (room_id for room_id in fit if room_id not in request.room_ids)
    rooms = tuple(room_id if room_id in kept else next(others, 0) for room_id in request.room_ids)
    if rooms != request.room_ids and all(rooms):
        yield _in(request, rooms)


def _in(request: SlotRequest, room_ids: tuple[int, ...]) -> SlotRequest:
    return replace(request, room_ids=room_ids)


def _other_engineer(snapshot: AvailabilitySnapshot, request: SlotRequest, now: datetime) -> Iterator[SlotRequest]:
    if request.engineer_id is None:
        return
    people = (one.id for one in snapshot.of_kind(ResourceKind.ENGINEER) if one.id != request.engineer_id)
    others = (replace(request, engineer_id=engineer_id) for engineer_id in people)
    free = next((other for other in others if _fits(snapshot, other, now)), None)
    if free is not None:
        yield free


def _starts(snapshot: AvailabilitySnapshot, request: SlotRequest, now: datetime) -> list[datetime]:
    whole = Span(snapshot.days[0].span.start, snapshot.days[-1].span.end)
    return list(snapshot.starts((request,), whole, now)) if _is_known(snapshot, request) else []


def _sooner_and_later(snapshot: AvailabilitySnapshot, request: SlotRequest, now: datetime) -> Iterator[SlotRequest]:
    starts = _starts(snapshot, request, now)
    sooner = max((at for at in starts if at < request.start), default=None)
    later = min((at for at in starts if at > request.start), default=None)
    yield from (replace(request, start=at) for at in (sooner, later) if at is not None)


def _next_day(snapshot: AvailabilitySnapshot, request: SlotRequest, now: datetime) -> Iterator[SlotRequest]:
    """By the wall clock; a time the clocks skip that night moves on with them."""
    local = request.start.astimezone(snapshot.zone) + timedelta(days=1)
    other = replace(request, start=local)
    if other.start <= snapshot.days[-1].span.end and _fits(snapshot, other, now):
        yield other


def _alternative(
    snapshot: AvailabilitySnapshot, other: SlotRequest, request: SlotRequest, studio: Localized
) -> Alternative:
    day = other.start.astimezone(snapshot.zone).date()
    is_same_day = day == request.start.astimezone(snapshot.zone).date()
    words = [] if is_same_day else [day_text(day, studio)]
    words.append(time_text(other.start, studio))
    words.append(listed([snapshot.resources[room_id].name for room_id in other.room_ids]))
    if other.engineer_id is not None and other.engineer_id != request.engineer_id:
        words.append(snapshot.resources[other.engineer_id].name)
    return Alternative(other.start, other.room_ids, other.engineer_id, ", ".join(words))
