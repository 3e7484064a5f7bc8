"""What is free, as the screens and the API ask for it. Nothing here stores anything."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from models.catalog import ResourceKind
from services import catalog, online
from services.core import clock
from services.core.access import Actor, Permission, require
from services.core.checking import noted
from services.core.clock import business_date
from services.core.dates import hours_text
from services.core.errors import Invalid
from services.core.studio import studio_info, studio_zone
from services.scheduling import queries
from services.scheduling.openings import alternatives
from services.scheduling.reasons import Why
from services.scheduling.rules import Offered, check_day, check_days, check_request, checked_minutes
from services.scheduling.snapshot import AvailabilitySnapshot, OpenDay, Timetable
from services.scheduling.types import (
    Answer,
    DayAvailability,
    EngineerChoice,
    MicRequest,
    RoomFree,
    Slot,
    SlotRequest,
    Span,
    seconds,
)


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
    snapshot, requests = _look(session, actor, day, 1, minutes, room_ids, service, engineer_id, (), now)
    window = snapshot.days[0].span
    shown = Span(max(window.start, earliest), window.end)
    rooms = tuple(RoomFree(room.id, room.free.within(shown)) for room in _shown(snapshot, room_ids) if room.is_usable)
    return DayAvailability(day, rooms, tuple(snapshot.starts(requests, window, earliest)))


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
    snapshot, requests = _look(session, actor, day, 1, minutes, room_ids, service, engineer_id, tuple(mics), now)
    window = snapshot.days[0].span
    free = set(snapshot.starts(requests, window, earliest))
    return tuple(Slot(at, at in free) for at in snapshot.steps(window))


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
    check_days(days)
    now = now or clock.now()
    offered = offered_to(session, actor, now)
    earliest = offered.earliest if offered else now
    snapshot, requests = _look(session, actor, first_day, days, minutes, room_ids, service, None, (), now)
    return {
        one.day: (offered is None or one.day <= offered.last_day) and _has_room(snapshot, requests, one, earliest)
        for one in snapshot.days
    }


def why(
    session: Session, actor: Actor, request: SlotRequest, *, service: str | None = None, now: datetime | None = None
) -> Answer:
    """Everything in the way of a request, and what would work. A `service` lends its buffer."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    now = now or clock.now()
    offered = offered_to(session, actor, now)
    request = _with_buffer(session, request, service, now)
    if offered and service is not None:
        offered.check_minutes(request.minutes, catalog.service_by_code(session, service).duration_minutes)
    studio = studio_info(session)
    day = clock.business_date(request.start, studio.zone)
    snapshot = queries.snapshot_for(session, studio.zone, request, day)
    met = queries.meetings(session, snapshot.resources, request.occupied)
    reasons = Why(snapshot, met, request, now, actor.can(Permission.VIEW_ALL_SESSIONS), studio).reasons()
    if offered:
        reasons = (*offered.reasons(request.start, snapshot), *reasons)
    others = alternatives(session, request, studio, now, None, offered) if reasons else ()
    if offered and snapshot.off_step(request.start):
        others = tuple(one for one in others if one.start.minute != request.start.minute)
    return Answer(not reasons, reasons, others)


def engineer_choices(
    session: Session, actor: Actor, request: SlotRequest, *, service: str | None = None, now: datetime | None = None
) -> tuple[EngineerChoice, ...]:
    """Those who may work in all the rooms: the free ones first, of them whose own room it is."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    online.question(session, actor)
    now = now or clock.now()
    request = _with_buffer(session, replace(request, engineer_id=None), service, now)
    studio = studio_info(session)
    day = clock.business_date(request.start, studio.zone)
    minutes = request.minutes + request.buffer_minutes
    snapshot = queries.snapshot(
        session, studio.zone, day, minutes=minutes, room_ids=request.room_ids, engineer_ids=None
    )
    queries.check_known(snapshot, request.room_ids, None)
    rooms = [snapshot.resources[room_id] for room_id in request.room_ids]
    people = [one for one in snapshot.of_kind(ResourceKind.ENGINEER) if all(one.id in r.engineer_ids for r in rooms)]
    met = queries.meetings(session, [one.id for one in people], request.occupied)
    told = Why(snapshot, met, request, now, actor.can(Permission.VIEW_ALL_SESSIONS), studio)
    choices = [_choice(told, one, any(one.id in room.primary_ids for room in rooms)) for one in people]
    return tuple(sorted(choices, key=lambda one: (not one.is_free, not one.is_primary, one.name)))


def _choice(told: Why, engineer: Timetable, is_primary: bool) -> EngineerChoice:
    why_not = " ".join(reason.message for reason in told.engineer_time(engineer))
    is_free = engineer.fits(seconds(told.request.session), seconds(told.request.occupied))
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
    """The snapshot, and the requests of which one must fit: for all the rooms asked for, or for any room."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    check_day(first, now)
    snapshot = queries.snapshot(
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
    if service is not None and snapshot.buffer_minutes is None:
        catalog.service_by_code(session, service)
    queries.check_known(snapshot, room_ids, engineer_id)
    groups = [tuple(room_ids)] if room_ids else [(room.id,) for room in snapshot.of_kind(ResourceKind.ROOM)]
    buffer = snapshot.buffer_minutes or 0
    return snapshot, [SlotRequest(now, minutes, rooms, buffer, engineer_id, mics) for rooms in groups]


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


def _shown(snapshot: AvailabilitySnapshot, room_ids: Sequence[int]) -> list[Timetable]:
    return [snapshot.resources[one] for one in room_ids] if room_ids else snapshot.of_kind(ResourceKind.ROOM)


def _has_room(snapshot: AvailabilitySnapshot, requests: list[SlotRequest], day: OpenDay, now: datetime) -> bool:
    return next(snapshot.starts(requests, day.span, now), None) is not None


def _with_buffer(session: Session, request: SlotRequest, service: str | None, now: datetime) -> SlotRequest:
    if service is not None:
        request = replace(request, buffer_minutes=catalog.service_by_code(session, service).buffer_minutes)
    check_request(request, now)
    return request


def offered_to(session: Session, actor: Actor, now: datetime) -> Offered | None:
    """None for whoever books for the studio: they sell any time."""
    if actor.can(Permission.BOOK_SESSIONS):
        return None
    online.question(session, actor)
    return Offered(online.online_booking(session), studio_info(session), now)


def check_offered(
    session: Session, actor: Actor, start: datetime, minutes: int, usual: int, now: datetime | None = None
) -> None:
    """Refuses what is not sold to the actor, by its field. What is taken or closed is the claim's to refuse."""
    offered = offered_to(session, actor, now or clock.now())
    if offered is None:
        return
    noted(offered.check_minutes)(minutes, usual)
    day = business_date(start, offered.studio.zone)
    snapshot = queries.snapshot(session, offered.studio.zone, day, minutes=minutes, room_ids=())
    for reason in offered.reasons(start, snapshot):
        raise Invalid(reason.message, field="start", code=reason.code)


def check_offered_online(
    session: Session, actor: Actor, start: datetime, minutes: int, usual: int, now: datetime | None = None
) -> None:
    """As `check_offered`, for work within a period: it is sold at the service's own length, until the period's end."""
    offered = offered_to(session, actor, now or clock.now())
    if offered is None:
        return
    if minutes != usual:
        raise Invalid(f"Online work of this kind takes {hours_text(usual)}.", field="minutes")
    offered.check_day(business_date(start, offered.studio.zone), field="start")
