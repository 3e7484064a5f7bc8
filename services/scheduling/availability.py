"""What is free, as the screens and the API ask for it. Nothing here stores anything."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from models.catalog import ResourceKind
from services import catalog, online
from services.core import clock
from services.core.access import Actor, Permission, require
from services.core.errors import Invalid
from services.core.studio import studio_zone
from services.scheduling import queries
from services.scheduling.alternatives import alternatives
from services.scheduling.offered import offered_to
from services.scheduling.reasons import Why
from services.scheduling.rules import check_day, check_wish, checked_minutes
from services.scheduling.snapshot import AvailabilitySnapshot, OpenDay, Timetable
from services.scheduling.span_set import seconds
from services.scheduling.types import (
    Answer,
    DayAvailability,
    EngineerChoice,
    MicRequest,
    RoomFree,
    Slot,
    SlotRequest,
    Span,
)

_MAX_DAYS = 100


def day_availability(
    session: Session,
    actor: Actor,
    day: date,
    minutes: int,
    room_ids: Sequence[int] = (),
    service: str | None = None,
    engineer_id: int | None = None,
    now: datetime | None = None,
) -> DayAvailability:
    """Free time of each room, and starts that fit all of them (without rooms: any) and the engineer."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    earliest = _earliest(session, actor, day, minutes, service, now)
    picture, wishes = _look(session, actor, day, 1, minutes, room_ids, service, engineer_id, (), now)
    window = picture.days[0].span
    shown = Span(max(window.start, earliest), window.end)
    rooms = tuple(RoomFree(room.id, room.free.within(shown)) for room in _shown(picture, room_ids) if room.is_usable)
    return DayAvailability(day, rooms, tuple(picture.starts(wishes, window, earliest)))


def slots(
    session: Session,
    actor: Actor,
    day: date,
    minutes: int,
    room_ids: Sequence[int] = (),
    service: str | None = None,
    engineer_id: int | None = None,
    mics: Sequence[MicRequest] = (),
    now: datetime | None = None,
) -> tuple[Slot, ...]:
    """Every start on offer in the opening hours that begin on the day, those past midnight too."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    earliest = _earliest(session, actor, day, minutes, service, now)
    picture, wishes = _look(session, actor, day, 1, minutes, room_ids, service, engineer_id, tuple(mics), now)
    window = picture.days[0].span
    free = set(picture.starts(wishes, window, earliest))
    return tuple(Slot(at, at in free) for at in picture.steps(window))


def month_availability(
    session: Session,
    actor: Actor,
    first_day: date,
    days: int,
    minutes: int,
    room_ids: Sequence[int] = (),
    service: str | None = None,
    now: datetime | None = None,
) -> dict[date, bool]:
    """Which days have at least one start that fits all the rooms (without rooms: any)."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    if not 1 <= days <= _MAX_DAYS:
        raise Invalid(f"Ask for 1 to {_MAX_DAYS} days.", field="days")
    now = now or clock.now()
    offered = offered_to(session, actor, now)
    earliest = offered.earliest if offered else now
    picture, wishes = _look(session, actor, first_day, days, minutes, room_ids, service, None, (), now)
    return {
        one.day: (offered is None or one.day <= offered.last_day) and _has_room(picture, wishes, one, earliest)
        for one in picture.days
    }


def why(
    session: Session, actor: Actor, wish: SlotRequest, *, service: str | None = None, now: datetime | None = None
) -> Answer:
    """Everything in the way of a wish, and what would work. A `service` lends its buffer."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    offered = offered_to(session, actor, now)
    wish = _with_buffer(session, wish, service, now)
    if offered and service is not None:
        offered.check_minutes(wish.minutes, catalog.service_by_code(session, service).duration_minutes)
    zone = studio_zone(session)
    picture = queries.picture_for(session, zone, wish, clock.business_date(wish.start, zone))
    met = queries.meetings(session, picture.resources, wish.occupied)
    reasons = Why(picture, met, wish, now, actor.can(Permission.VIEW_ALL_SESSIONS)).reasons()
    if offered:
        reasons = (*offered.reasons(wish.start, picture), *reasons)
    others = alternatives(session, wish, zone, now, None, offered) if reasons else ()
    if offered and picture.off_step(wish.start):
        others = tuple(one for one in others if one.start.minute != wish.start.minute)
    return Answer(not reasons, reasons, others)


def engineer_choices(
    session: Session, actor: Actor, wish: SlotRequest, *, service: str | None = None, now: datetime | None = None
) -> tuple[EngineerChoice, ...]:
    """Those who may work in all the rooms: the free ones first, of them whose own room it is."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    online.question(session, actor)
    now = now or clock.now()
    wish = _with_buffer(session, replace(wish, engineer_id=None), service, now)
    zone = studio_zone(session)
    day = clock.business_date(wish.start, zone)
    minutes = wish.minutes + wish.buffer_minutes
    picture = queries.picture(session, zone, day, minutes=minutes, room_ids=wish.room_ids, engineer_ids=None)
    queries.check_known(picture, wish.room_ids, None)
    rooms = [picture.resources[room_id] for room_id in wish.room_ids]
    people = [one for one in picture.of_kind(ResourceKind.ENGINEER) if all(one.id in r.engineer_ids for r in rooms)]
    met = queries.meetings(session, [one.id for one in people], wish.occupied)
    told = Why(picture, met, wish, now, actor.can(Permission.VIEW_ALL_SESSIONS))
    choices = [_choice(told, one, any(one.id in room.primary_ids for room in rooms)) for one in people]
    return tuple(sorted(choices, key=lambda one: (not one.is_free, not one.is_primary, one.name)))


def _choice(told: Why, engineer: Timetable, is_primary: bool) -> EngineerChoice:
    why_not = " ".join(reason.message for reason in told.engineer_time(engineer))
    is_free = engineer.fits(seconds(told.wish.session), seconds(told.wish.occupied))
    return EngineerChoice(engineer.id, engineer.name, is_free, is_primary, why_not)


def _look(
    session: Session,
    actor: Actor,
    first: date,
    days: int,
    minutes: int,
    room_ids: Sequence[int],
    service: str | None,
    engineer_id: int | None,
    mics: tuple[MicRequest, ...],
    now: datetime,
) -> tuple[AvailabilitySnapshot, list[SlotRequest]]:
    """The picture, and the wishes of which one must fit: for all the rooms asked for, or for any room."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    check_day(first, now)
    picture = queries.picture(
        session,
        studio_zone(session),
        first,
        days,
        minutes=checked_minutes(minutes),
        room_ids=room_ids or None,
        engineer_ids=() if engineer_id is None else (engineer_id,),
        mic_option_ids=[mic.mic_option_id for mic in mics],
        service=service,
    )
    if service is not None and picture.buffer_minutes is None:
        catalog.service_by_code(session, service)
    queries.check_known(picture, room_ids, engineer_id)
    groups = [tuple(room_ids)] if room_ids else [(room.id,) for room in picture.of_kind(ResourceKind.ROOM)]
    buffer = picture.buffer_minutes or 0
    return picture, [SlotRequest(now, minutes, rooms, buffer, engineer_id, mics) for rooms in groups]


def _earliest(session: Session, actor: Actor, day: date, minutes: int, service: str | None, now: datetime) -> datetime:
    """The first start on offer; a visitor's day and length are refused where they are not sold at all."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    offered = offered_to(session, actor, now)
    if offered is None:
        return now
    offered.check_day(day)
    usual = catalog.service_by_code(session, service).duration_minutes if service is not None else None
    offered.check_minutes(minutes, usual)
    return offered.earliest


def _shown(picture: AvailabilitySnapshot, room_ids: Sequence[int]) -> list[Timetable]:
    return [picture.resources[one] for one in room_ids] if room_ids else picture.of_kind(ResourceKind.ROOM)


def _has_room(picture: AvailabilitySnapshot, wishes: list[SlotRequest], day: OpenDay, now: datetime) -> bool:
    return next(picture.starts(wishes, day.span, now), None) is not None


def _with_buffer(session: Session, wish: SlotRequest, service: str | None, now: datetime) -> SlotRequest:
    if service is not None:
        wish = replace(wish, buffer_minutes=catalog.service_by_code(session, service).buffer_minutes)
    check_wish(wish, now)
    return wish
