"""Rooms with their free starts, or the periods of online work."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from services import catalog, online, scheduling
from services.catalog import RoomView, ServiceView
from services.core import clock
from services.core import dates as when
from services.core.access import Actor
from services.core.dates import hours_text
from services.core.studio import Studio, studio_info
from services.scheduling import MicRequest, PeriodCapacity, Slot, SlotRequest
from studio_app.state.bookings.wizard.answers import Answers, mics_of
from studio_app.state.bookings.wizard.days import free_days
from studio_app.state.bookings.wizard.price import minutes_of, money_text
from studio_app.state.bookings.wizard.shown import Length, PeriodCard, Place, RoomCard, SlotCell, SlotGroup

_AHEAD_DAYS = 60
_USUAL_MINUTES = (120, 240, 480)
_NIGHT_BEFORE = "The night before"
_PARTS = ("Morning", "Afternoon", "Evening", "After midnight", _NIGHT_BEFORE)


def read_place(session: Any, actor: Actor, answers: Answers) -> Place:
    service = catalog.service_by_code(session, answers.service)
    studio = studio_info(session)
    day = answers.date or clock.business_date(clock.now(), studio.zone)
    if answers.is_online:
        return _periods(session, actor, answers, service, day)
    minutes = minutes_of(session, answers)
    rooms = catalog.public_rooms(session, actor)
    chosen = [room for room in rooms if room.id in answers.room_ids]
    cards = _room_cards(session, actor, answers, rooms, service, day)
    starts = _starts(session, actor, answers, day, minutes, studio) if chosen else []
    fits = any(slot.is_free for part in starts for slot in part.slots) if chosen else any(one.is_free for one in cards)
    return Place(
        title=f"Rooms for {service.name.lower()}, {when.long_day_text(day, studio)}",
        rooms=cards,
        together=_together(chosen, service, answers, studio),
        lengths=_lengths(service, minutes),
        hours=f"{minutes / 60:g}",
        length_text=hours_text(minutes),
        starts=starts,
        is_full=not fits and bool(starts or not chosen) and bool(scheduling.periods_of(session, day)),
    )


def wish_of(session: Any, answers: Answers, start: str) -> SlotRequest:
    service = catalog.service_by_code(session, answers.service)
    return SlotRequest(
        start=datetime.fromisoformat(start),
        minutes=minutes_of(session, answers),
        room_ids=answers.room_ids,
        buffer_minutes=service.buffer_minutes,
        engineer_id=answers.engineer_id or None,
        mics=tuple(MicRequest(mic.id, mic.quantity) for mic in mics_of(answers)),
    )


def hourly_of(room: RoomView, service: ServiceView, answers: Answers) -> int:
    """The room's list rate for the session as it stands: with an engineer, or without."""
    with_engineer = service.needs_engineer or bool(answers.engineer_id)
    special = room.rate_with_engineer_cents if with_engineer else room.rate_without_engineer_cents
    return room.base_rate_cents if special is None else special


def _room_cards(
    session: Any, actor: Actor, answers: Answers, rooms: Sequence[RoomView], service: ServiceView, day: date
) -> list[RoomCard]:
    minutes, studio = minutes_of(session, answers), studio_info(session)
    found = scheduling.day_availability(session, actor, day, minutes, service=service.code)
    now, needed = clock.now(), timedelta(minutes=minutes)
    free = {one.room_id for one in found.rooms if any(span.end - max(span.start, now) >= needed for span in one.free)}
    return [_room_card(session, actor, answers, room, service, day, room.id in free, studio) for room in rooms]


def _room_card(
    session: Any,
    actor: Actor,
    answers: Answers,
    room: RoomView,
    service: ServiceView,
    day: date,
    is_free: bool,
    studio: Studio,
) -> RoomCard:
    next_day = None if is_free else _next_day(session, actor, answers, room, day)
    return RoomCard(
        id=room.id,
        name=room.name,
        description=room.description,
        image=room.images[0] if room.images else "",
        price=money_text(hourly_of(room, service, answers), studio),
        is_chosen=room.id in answers.room_ids,
        is_free=is_free,
        why_not="" if is_free else _why_not(session, actor, answers, room, day),
        next_day=next_day.isoformat() if next_day else "",
        next_label=f"Go to {when.short_day_text(next_day, studio)}" if next_day else "",
    )


def _next_day(session: Any, actor: Actor, answers: Answers, room: RoomView, day: date) -> date | None:
    alone, first = replace(answers, room_ids=(room.id,)), day + timedelta(days=1)
    return min(free_days(session, actor, alone, first, first + timedelta(days=_AHEAD_DAYS)), default=None)


def _why_not(session: Any, actor: Actor, answers: Answers, room: RoomView, day: date) -> str:
    """Asked of the room alone, for the whole opening time or what is left of it."""
    if room.status.value != "AVAILABLE":
        return f"{room.name} is not in use at the moment."
    minutes = minutes_of(session, answers)
    periods = scheduling.periods_of(session, day)
    if not periods:
        return f"The studio is closed on {when.day_text(day, studio_info(session))}."
    step = timedelta(minutes=online.start_step(session, actor))
    start = scheduling.next_start(periods[0].start, clock.now(), step)
    wish = SlotRequest(start=start, minutes=minutes, room_ids=(room.id,))
    reasons = scheduling.why(session, actor, wish).reasons
    return reasons[0].message if reasons else f"No {hours_text(minutes)} in a row are free that day."


def _together(chosen: Sequence[RoomView], service: ServiceView, answers: Answers, studio: Studio) -> str:
    if len(chosen) < 2:
        return ""
    return f"{money_text(sum(hourly_of(room, service, answers) for room in chosen), studio)} per hour together"


def _lengths(service: ServiceView, minutes: int) -> list[Length]:
    usual = sorted({service.duration_minutes, *_USUAL_MINUTES})
    return [Length(one, hours_text(one), one == minutes) for one in usual]


def _starts(session: Any, actor: Actor, answers: Answers, day: date, minutes: int, studio: Studio) -> list[SlotGroup]:
    """By parts of the day; what is left of the night before comes last, and only where it is free."""
    mics = tuple(MicRequest(mic.id, mic.quantity) for mic in mics_of(answers))
    found = scheduling.slots(
        session, actor, day, minutes, room_ids=answers.room_ids, service=answers.service, mics=mics
    )
    opens = next((period.start for period in scheduling.periods_of(session, day)), None)
    groups: dict[str, list[SlotCell]] = {title: [] for title in _PARTS}
    for slot in found:
        is_night_before = opens is not None and slot.start < opens
        if slot.is_free or not is_night_before:
            part = _NIGHT_BEFORE if is_night_before else _part(slot.start.astimezone(studio.zone), day)
            groups[part].append(_slot_cell(slot, day, answers, studio))
    return [SlotGroup(title, slots) for title, slots in groups.items() if slots]


def _part(local: datetime, day: date) -> str:
    if local.date() != day:
        return "After midnight"
    return "Morning" if local.hour < 12 else "Afternoon" if local.hour < 17 else "Evening"


def start_label(start: datetime, day: date | None, studio: Studio) -> str:
    """`8:00 pm`, and past midnight `1:00 am Fri`: under another day than its own it is named."""
    local = start.astimezone(studio.zone)
    text = when.time_text(start, studio)
    return text if local.date() == day else f"{text} {when.weekday_text(local.date(), studio)}"


def _slot_cell(slot: Slot, day: date, answers: Answers, studio: Studio) -> SlotCell:
    label = start_label(slot.start, day, studio)
    is_chosen = bool(answers.start) and slot.start == datetime.fromisoformat(answers.start)
    return SlotCell(slot.start.isoformat(), label, slot.is_free, is_chosen)


def _periods(session: Any, actor: Actor, answers: Answers, service: ServiceView, day: date) -> Place:
    studio, now = studio_info(session), clock.now()
    needed = minutes_of(session, answers) + service.buffer_minutes

    def card(period: PeriodCapacity) -> PeriodCard:
        is_over = period.end <= now
        fits = period.remaining_minutes >= needed and not is_over
        left = "over" if is_over else f"{hours_text(period.remaining_minutes)} left"
        span = when.span_text(period.start, period.end, studio)
        return PeriodCard(
            period.name, span, left if fits else f"{left}, not enough", fits, period.name == answers.period
        )

    periods = [card(period) for period in scheduling.capacity(session, actor, day)]
    return Place(
        title=f"{service.name} on {when.long_day_text(day, studio)}",
        length_text=hours_text(minutes_of(session, answers)),
        periods=periods,
        is_closed=not periods,
    )
