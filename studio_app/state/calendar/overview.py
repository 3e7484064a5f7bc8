"""One look at the calendar: everything it draws, read in one transaction."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import gcd
from typing import Any
from zoneinfo import ZoneInfo

from services import absences, catalog, online
from services.absences import BlockView
from services.bookings import BookingRow
from services.catalog import EngineerView, PerformerView, PeriodView, RoomView
from services.core import clock, money
from services.core import dates as when
from services.core.access import Actor
from services.core.studio import Studio
from studio_app.state.calendar.hours import Hours, hours, opening
from studio_app.state.calendar.off import Working, hatched, note, working
from studio_app.state.calendar.presenter import AWAY, NOBODY, ONLINE, Drawing, Event, block_events, session_event
from studio_app.state.calendar.query import Asked
from studio_app.state.calendar.scene import Scene, scene, sessions

_QUARTER = 15
_HOUR_HEIGHT = 56


@dataclass(frozen=True)
class Column:
    id: str
    title: str
    note: str


@dataclass(frozen=True)
class Frame:
    """What the drawing library is told. `mode`: its name of the view; `now`: the zone's offset at present."""

    mode: str
    view: str
    date: str
    start: str
    """The first day shown."""
    today: str
    first_weekday: int
    first: str
    last: str
    scroll: str
    now: str
    turns_in: int
    """Seconds until that offset changes; 0: not in the next day."""
    locale: str
    slot: str
    """From one line of a day to the next, in hours and minutes: a step of starts, or more where steps are short."""
    slot_height: int
    """Pixels; an hour is always as high."""
    snap: str
    """What a drag moves by: it meets the starts on offer and the quarters of an hour."""


@dataclass(frozen=True)
class Look:
    frame: Frame
    columns: list[Column]
    days: list[Column]
    events: list[Event]
    away: list[str]
    clock: str
    """The studio's, at that moment."""


@dataclass(frozen=True)
class Patch:
    """What changed since. `gone`: ids of bookings that are no longer shown, if they were."""

    events: list[Event]
    gone: list[int]


def look(session: Any, actor: Actor, query: Mapping[str, str], now: datetime) -> Look:
    seen = scene(session, actor, query, now)
    asked, drawing = seen.asked, seen.drawing
    rows = sessions(session, actor, seen)
    blocks = absences.blocks(session, actor, seen.start, seen.end)
    rooms, engineers = catalog.list_rooms(session, actor), catalog.list_engineers(session, actor)
    works = working(session, actor, seen)
    on_screen = [row for row in rows if row.business_date <= seen.days[-1]]
    columns = _columns(seen, actor, on_screen, rooms, engineers, works)
    people = engineers if seen.drawing.own else (*engineers, *catalog.list_performers(session, actor))
    away = _away(blocks, people)
    if away and asked.by == "rooms" and asked.view in ("week", "timeline"):
        columns.append(Column(AWAY, "Away", ""))
    names = {one.id: one.name for one in (*rooms, *people)} | dict.fromkeys(actor.resource_ids, actor.name)
    ids = tuple(column.id for column in columns) + ((AWAY,) if asked.view == "month" else ())
    drawn = _hours(seen, catalog.list_periods(session, actor), rows)
    off = hatched(seen, works, drawn)
    return Look(
        frame=_frame(seen, drawn, online.start_step(session, actor)),
        columns=columns,
        days=[
            Column(day.isoformat(), when.long_day_text(day, seen.studio), "Today" * (day == seen.today))
            for day in seen.days
        ],
        events=[session_event(row, drawing) for row in rows]
        + block_events(blocks, ids, names, drawing)
        + [event for event in off if set(event.columns) <= set(ids)],
        away=away if asked.view == "day" and asked.by == "rooms" else [],
        clock=f"{now.astimezone(seen.studio.zone):%Y-%m-%dT%H:%M}",
    )


def changed(session: Any, actor: Actor, query: Mapping[str, str], now: datetime, ids: Collection[int]) -> Patch:
    """Those bookings as an open calendar draws them now."""
    seen = scene(session, actor, query, now)
    rows = sessions(session, actor, seen, ids)
    return Patch([session_event(row, seen.drawing) for row in rows], sorted(set(ids) - {row.id for row in rows}))


def brief(event: Event) -> dict[str, Any]:
    """As it is sent: nothing that says nothing."""
    return {name: value for name in event.__dataclass_fields__ if (value := getattr(event, name))}


def _hours(seen: Scene, periods: tuple[PeriodView, ...], rows: list[BookingRow]) -> Hours:
    """With the rest of the night before, as long as it lasts."""
    days, now, zone = seen.days, seen.now, seen.studio.zone
    if seen.asked.view == "timeline":
        return Hours(0, 24)
    drawn, local = hours(days, periods, rows, zone), now.astimezone(zone)
    night = opening(local.date() - timedelta(days=1), periods)
    is_open = night is not None and (local.hour + 24) * 60 + local.minute < night[1]
    is_running = any(row.business_date < days[0] and row.start <= now < row.end for row in rows)
    is_night = local.date() == days[0] and (is_open or is_running)
    return Hours(min(drawn.first, local.hour), drawn.last) if is_night else drawn


def _frame(seen: Scene, drawn: Hours, step: int) -> Frame:
    local = seen.now.astimezone(seen.studio.zone)
    offset = f"{local:%z}"
    is_now = seen.days == [local.date()] or seen.asked.view == "timeline"
    slot = step * -(-_QUARTER // step)
    return Frame(
        mode=_mode(seen.drawing),
        view=seen.asked.view,
        date=seen.asked.day.isoformat(),
        start=seen.days[0].isoformat(),
        today=seen.today.isoformat(),
        first_weekday=(seen.week_start + 1) % 7,
        first=drawn.at(drawn.first),
        last=drawn.at(drawn.last),
        scroll=drawn.at(max(drawn.first, local.hour - 2) if is_now else drawn.first),
        now=f"{offset[:3]}:{offset[3:5]}",
        turns_in=_turns_in(seen.now, seen.studio.zone),
        locale=seen.studio.locale.replace("_", "-"),
        slot=_hours_and_minutes(slot),
        slot_height=_HOUR_HEIGHT * slot // 60,
        snap=_hours_and_minutes(gcd(step, _QUARTER)),
    )


def _hours_and_minutes(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _turns_in(now: datetime, zone: ZoneInfo) -> int:
    turn = next(clock.offset_changes(zone, now, now + timedelta(days=1)), None)
    return int((turn - now).total_seconds()) + 1 if turn else 0


def _mode(drawing: Drawing) -> str:
    """A week of one room or person has hours; of several it has a row for each."""
    if drawing.view == "week":
        return "resourceTimelineMonth" if drawing.is_chips else "timeGridWeek"
    return {"month": "dayGridMonth", "timeline": "resourceTimelineWeek"}.get(drawing.view, "resourceTimeGridDay")


def _columns(
    seen: Scene,
    actor: Actor,
    rows: list[BookingRow],
    rooms: tuple[RoomView, ...],
    engineers: tuple[EngineerView, ...],
    works: Working,
) -> list[Column]:
    """What is there today, and what has gone meanwhile but has sessions here."""
    asked = seen.asked
    if seen.drawing.own:
        return [Column(seen.drawing.own, actor.name, "")]
    if asked.by == "engineers":
        shown = [one for one in engineers if one.id in (asked.engineers or (one.id,))]
        known = [Column(str(one.id), one.name, note(seen, works, one.id)) for one in shown]
        gone = {str(row.engineer_id): row.engineer_name for row in rows if row.engineer_id}
        rest = [Column(NOBODY, "No engineer", "")] if any(row.engineer_id is None for row in rows) else []
    else:
        known = _rooms(asked, rooms, engineers, seen.studio)
        gone = {str(room_id): name for row in rows for room_id, name in zip(row.room_ids, row.room_names, strict=True)}
        gone = {key: name for key, name in gone.items() if not asked.rooms or int(key) in asked.rooms}
        rest = [Column(ONLINE, "Online", "no room needed")] if any(row.period for row in rows) else []
    ids = {column.id for column in known}
    return known + [Column(key, name, "retired") for key, name in gone.items() if key not in ids] + rest


def _rooms(
    asked: Asked, rooms: tuple[RoomView, ...], engineers: tuple[EngineerView, ...], studio: Studio
) -> list[Column]:
    first_names = {one.id: one.name.split()[0] for one in engineers}
    return [_room(room, first_names, studio) for room in rooms if room.id in (asked.rooms or (room.id,))]


def _room(room: RoomView, first_names: Mapping[int, str], studio: Studio) -> Column:
    rate = money.as_text(room.base_rate_cents, studio.currency, studio.locale).removesuffix(".00")
    people = ", ".join([first_names[one] for one in room.engineer_ids if one in first_names][:2])
    status = "" if room.status == "AVAILABLE" else room.status.lower()
    return Column(str(room.id), room.name, status or " · ".join(filter(None, (f"{rate}/h", people))))


def _away(blocks: Iterable[BlockView], people: Iterable[EngineerView | PerformerView]) -> list[str]:
    names = {one.id: one.name for one in people}
    return [
        f"{names[block.resource_id]}: {block.label.lower()}"
        for block in blocks
        if block.kind == "time_off" and block.resource_id in names
    ]
