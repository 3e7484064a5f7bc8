"""One look at the calendar: everything the screen shows, read in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale

from services import bookings, catalog, clock, money, scheduling, when
from services.access import Actor, Permission
from services.bookings import BookingRow
from services.catalog import EngineerView, PeriodView, RoomView, Studio
from services.scheduling import BlockView
from studio_app.state.calendar_asked import Asked, asked_in
from studio_app.state.calendar_hours import Hours, hours, opening
from studio_app.state.calendar_shown import AWAY, NOBODY, ONLINE, Drawing, Event, block_events, session_event

_NIGHT = timedelta(hours=24)
"""Read beyond the last day, because its sessions may run into the next."""


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
    first_weekday: int
    first: str
    last: str
    scroll: str
    now: str
    locale: str


@dataclass(frozen=True)
class Look:
    asked: Asked
    today: date
    frame: Frame
    columns: list[Column]
    days: list[Column]
    events: list[Event]
    away: list[str]
    title: str
    zone_name: str
    is_own: bool
    rooms: list[tuple[str, str]]
    engineers: list[tuple[str, str]]
    services: list[tuple[str, str]]


def look(session: Any, actor: Actor, query: Mapping[str, str], now: datetime) -> Look:
    studio = catalog.studio(session)
    today = clock.business_date(now, studio.zone)
    asked = _of_own(asked_in(query, today), actor)
    week_start = Locale.parse(studio.locale).first_week_day
    days = asked.days(week_start)
    start, end = clock.day_bounds(days[0], len(days), studio.zone)
    rows = _fitting(asked, bookings.calendar(session, actor, start, end + _NIGHT, asked.filters))
    blocks = scheduling.blocks(session, actor, start, end)
    rooms, engineers = catalog.list_rooms(session, actor), catalog.list_engineers(session, actor)
    is_own = not actor.can(Permission.VIEW_ALL_SESSIONS)
    columns = _columns(asked, [row for row in rows if row.business_date <= days[-1]], rooms, engineers, studio)
    drawing = Drawing(studio.zone, asked.by, asked.view, _is_chips(asked, columns))
    shown = [row for row in rows if row.business_date in days] if drawing.is_chips else rows
    if drawing.is_chips and asked.view == "week" and asked.by == "rooms" and _away(blocks, engineers):
        columns.append(Column(AWAY, "Away", ""))
    names = {one.id: one.name for one in (*rooms, *engineers)}
    ids = tuple(column.id for column in columns) + ((AWAY,) if asked.view == "month" else ())
    events = [session_event(row, drawing) for row in shown]
    drawn = _hours(days, catalog.list_periods(session, actor), rows, now, studio.zone)
    return Look(
        asked=asked,
        today=today,
        frame=_frame(asked, drawing, drawn, days, week_start, now, studio),
        columns=columns,
        days=[Column(day.isoformat(), when.long_day_text(day), "Today" if day == today else "") for day in days],
        events=events + block_events(blocks, ids, names, drawing),
        away=_away(blocks, engineers) if asked.view == "day" and asked.by == "rooms" else [],
        title=_title(asked, days),
        zone_name=studio.zone.key.rpartition("/")[2].replace("_", " "),
        is_own=is_own,
        rooms=[] if is_own else [(str(room.id), room.name) for room in rooms],
        engineers=[] if is_own else [(str(one.id), one.name) for one in engineers],
        services=[(one.code, one.name) for one in catalog.list_services(session, actor)],
    )


def _hours(
    days: list[date], periods: tuple[PeriodView, ...], rows: list[BookingRow], now: datetime, zone: ZoneInfo
) -> Hours:
    """With the rest of the night before, as long as it lasts."""
    drawn, local = hours(days, periods, rows, zone), now.astimezone(zone)
    night = opening(local.date() - timedelta(days=1), periods)
    is_open = night is not None and (local.hour + 24) * 60 + local.minute < night[1]
    is_running = any(row.business_date < days[0] and row.start <= now < row.end for row in rows)
    is_night = local.date() == days[0] and (is_open or is_running)
    return Hours(min(drawn.first, local.hour), drawn.last) if is_night else drawn


def _frame(
    asked: Asked, drawing: Drawing, drawn: Hours, days: list[date], week_start: int, now: datetime, studio: Studio
) -> Frame:
    local = now.astimezone(studio.zone)
    offset = f"{local:%z}"
    return Frame(
        mode=_mode(asked, drawing),
        view=asked.view,
        date=asked.day.isoformat(),
        first_weekday=(week_start + 1) % 7,
        first=drawn.at(drawn.first),
        last=drawn.at(drawn.last),
        scroll=drawn.at(max(drawn.first, local.hour - 2) if days == [local.date()] else drawn.first),
        now=f"{offset[:3]}:{offset[3:5]}",
        locale=studio.locale.replace("_", "-"),
    )


def _of_own(asked: Asked, actor: Actor) -> Asked:
    """Who sees their own sessions alone has one column; other rooms would look free."""
    if actor.can(Permission.VIEW_ALL_SESSIONS):
        return asked
    return Asked(asked.day, asked.view, "engineers", (), (actor.engineer_id or 0,), asked.statuses, asked.service)


def _fitting(asked: Asked, rows: Iterable[BookingRow]) -> list[BookingRow]:
    return [
        row
        for row in rows
        if (not asked.rooms or set(asked.rooms) & set(row.room_ids))
        and (not asked.engineers or row.engineer_id in asked.engineers)
    ]


def _columns(
    asked: Asked,
    rows: list[BookingRow],
    rooms: tuple[RoomView, ...],
    engineers: tuple[EngineerView, ...],
    studio: Studio,
) -> list[Column]:
    """What is there today, and what has gone meanwhile but has sessions here."""
    if asked.by == "engineers":
        known = [Column(str(one.id), one.name, "") for one in engineers if one.id in (asked.engineers or (one.id,))]
        gone = {str(row.engineer_id): row.engineer_name for row in rows if row.engineer_id}
        rest = [Column(NOBODY, "No engineer", "")] if any(row.engineer_id is None for row in rows) else []
    else:
        first_names = {one.id: one.name.split()[0] for one in engineers}
        known = [_room(room, first_names, studio) for room in rooms if room.id in (asked.rooms or (room.id,))]
        gone = {str(room_id): name for row in rows for room_id, name in zip(row.room_ids, row.room_names, strict=True)}
        gone = {key: name for key, name in gone.items() if not asked.rooms or int(key) in asked.rooms}
        rest = [Column(ONLINE, "Online", "no room needed")] if any(row.period for row in rows) else []
    ids = {column.id for column in known}
    return known + [Column(key, name, "retired") for key, name in gone.items() if key not in ids] + rest


def _room(room: RoomView, first_names: Mapping[int, str], studio: Studio) -> Column:
    rate = money.as_text(room.base_rate_cents, studio.currency, studio.locale).removesuffix(".00")
    people = ", ".join([first_names[one] for one in room.engineer_ids if one in first_names][:2])
    status = "" if room.status == "AVAILABLE" else room.status.lower()
    return Column(str(room.id), room.name, status or " · ".join(filter(None, (f"{rate}/h", people))))


def _is_chips(asked: Asked, columns: list[Column]) -> bool:
    return asked.view == "month" or (asked.view == "week" and len(columns) > 1)


def _mode(asked: Asked, drawing: Drawing) -> str:
    """A week of one room or person has hours; of several it has a row for each."""
    if asked.view == "week":
        return "resourceTimelineMonth" if drawing.is_chips else "timeGridWeek"
    return "dayGridMonth" if asked.view == "month" else "resourceTimeGridDay"


def _away(blocks: Iterable[BlockView], engineers: Iterable[EngineerView]) -> list[str]:
    names = {one.id: one.name for one in engineers}
    return [
        f"{names[block.resource_id]}: {block.label.lower()}"
        for block in blocks
        if block.kind == "time_off" and block.resource_id in names
    ]


def _title(asked: Asked, days: list[date]) -> str:
    if asked.view == "day":
        return when.long_day_text(asked.day)
    if asked.view == "month":
        return f"{asked.day:%B %Y}"
    first, last = days[0], days[-1]
    return f"{first:%B} {first.day} – {last.day if first.month == last.month else f'{last:%B} {last.day}'}"
