"""What would work instead: the nearest three, each of which could be booked at this moment."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.catalog import ResourceKind
from services.core.clock import business_date
from services.core.dates import day_text, time_text
from services.scheduling import queries
from services.scheduling.offered import Offered
from services.scheduling.snapshot import AvailabilitySnapshot
from services.scheduling.types import Alternative, SlotRequest, Span
from services.scheduling.wording import listed

_MANY = 3
_FAR_DAYS = 14


def alternatives(
    session: Session,
    wish: SlotRequest,
    zone: ZoneInfo,
    now: datetime,
    except_booking_id: int | None = None,
    offered: Offered | None = None,
) -> tuple[Alternative, ...]:
    """Looks at the day and the next; only where nothing is free then, two weeks on. `offered`: what a visitor may."""
    if offered is None:
        return _alternatives(session, wish, zone, now, except_booking_id)
    found = _alternatives(session, wish, zone, offered.earliest, except_booking_id)
    return tuple(one for one in found if offered.has(one.start))


def _alternatives(
    session: Session, wish: SlotRequest, zone: ZoneInfo, now: datetime, except_booking_id: int | None
) -> tuple[Alternative, ...]:
    day = business_date(max(wish.start, now), zone)
    no_one = () if wish.engineer_id is None else None
    near = queries.picture(
        session,
        zone,
        day,
        2,
        minutes=wish.minutes + wish.buffer_minutes,
        engineer_ids=no_one,
        mic_option_ids=[mic.mic_option_id for mic in wish.mics],
        except_booking_id=except_booking_id,
    )
    return nearest(near, wish, now) or _later_on(session, zone, wish, day, now, except_booking_id)


def _later_on(
    session: Session, zone: ZoneInfo, wish: SlotRequest, day: date, now: datetime, except_booking_id: int | None
) -> tuple[Alternative, ...]:
    far = queries.picture_for(session, zone, wish, day, days=_FAR_DAYS, except_booking_id=except_booking_id)
    starts = sorted(_starts(far, wish, now), key=lambda at: abs(at - wish.start))[:_MANY]
    return tuple(_alternative(far, replace(wish, start=at), wish) for at in starts)


def nearest(picture: AvailabilitySnapshot, wish: SlotRequest, now: datetime) -> tuple[Alternative, ...]:
    """One of each kind, those closest in time first; more starts of the same rooms if that is not three."""
    kinds = (_other_rooms, _other_engineer, _sooner_and_later, _next_day)
    found = dict.fromkeys(other for kind in kinds for other in kind(picture, wish, now))
    starts = sorted(_starts(picture, wish, now), key=lambda at: abs(at - wish.start))
    more = (other for other in (replace(wish, start=at) for at in starts) if other not in found)
    found |= dict.fromkeys(islice(more, max(0, _MANY - len(found))))
    by_distance = sorted(found, key=lambda other: abs(other.start - wish.start))
    return tuple(_alternative(picture, other, wish) for other in by_distance[:_MANY])


def _is_known(picture: AvailabilitySnapshot, wish: SlotRequest) -> bool:
    """A retired room or engineer is not in the picture of what is on offer."""
    engineer = () if wish.engineer_id is None else (wish.engineer_id,)
    return all(one in picture.resources for one in (*wish.room_ids, *engineer))


def _fits(picture: AvailabilitySnapshot, wish: SlotRequest, now: datetime) -> bool:
    return _is_known(picture, wish) and picture.fits(wish, now)


def _other_rooms(picture: AvailabilitySnapshot, wish: SlotRequest, now: datetime) -> Iterator[SlotRequest]:
    """As many rooms at the same time, keeping those of the wish that are free."""
    fit = [room.id for room in picture.of_kind(ResourceKind.ROOM) if _fits(picture, _in(wish, (room.id,)), now)]
    kept = [room_id for room_id in wish.room_ids if room_id in fit]
    others = (room_id for room_id in fit if room_id not in wish.room_ids)
    rooms = tuple(room_id if room_id in kept else next(others, 0) for room_id in wish.room_ids)
    if rooms != wish.room_ids and all(rooms):
        yield _in(wish, rooms)


def _in(wish: SlotRequest, room_ids: tuple[int, ...]) -> SlotRequest:
    return replace(wish, room_ids=room_ids)


def _other_engineer(picture: AvailabilitySnapshot, wish: SlotRequest, now: datetime) -> Iterator[SlotRequest]:
    if wish.engineer_id is None:
        return
    people = (one.id for one in picture.of_kind(ResourceKind.ENGINEER) if one.id != wish.engineer_id)
    others = (replace(wish, engineer_id=engineer_id) for engineer_id in people)
    free = next((other for other in others if _fits(picture, other, now)), None)
    if free is not None:
        yield free


def _starts(picture: AvailabilitySnapshot, wish: SlotRequest, now: datetime) -> list[datetime]:
    whole = Span(picture.days[0].span.start, picture.days[-1].span.end)
    return list(picture.starts((wish,), whole, now)) if _is_known(picture, wish) else []


def _sooner_and_later(picture: AvailabilitySnapshot, wish: SlotRequest, now: datetime) -> Iterator[SlotRequest]:
    starts = _starts(picture, wish, now)
    sooner = max((at for at in starts if at < wish.start), default=None)
    later = min((at for at in starts if at > wish.start), default=None)
    yield from (replace(wish, start=at) for at in (sooner, later) if at is not None)


def _next_day(picture: AvailabilitySnapshot, wish: SlotRequest, now: datetime) -> Iterator[SlotRequest]:
    """By the wall clock; a time the clocks skip that night moves on with them."""
    local = wish.start.astimezone(picture.zone) + timedelta(days=1)
    other = replace(wish, start=local)
    if other.start <= picture.days[-1].span.end and _fits(picture, other, now):
        yield other


def _alternative(picture: AvailabilitySnapshot, other: SlotRequest, wish: SlotRequest) -> Alternative:
    day = other.start.astimezone(picture.zone).date()
    is_same_day = day == wish.start.astimezone(picture.zone).date()
    words = [] if is_same_day else [day_text(day)]
    words.append(time_text(other.start, picture.zone))
    words.append(listed([picture.resources[room_id].name for room_id in other.room_ids]))
    if other.engineer_id is not None and other.engineer_id != wish.engineer_id:
        words.append(picture.resources[other.engineer_id].name)
    return Alternative(other.start, other.room_ids, other.engineer_id, ", ".join(words))
