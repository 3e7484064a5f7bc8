"""Sessions and what else takes time, as the calendar draws them: in words, on the studio's wall clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.absences import BlockView
from services.bookings import BookingRow, BookingStatus
from services.core import clock
from services.core import dates as when
from services.core.studio import Studio
from studio_app import routes
from studio_app.state.calendar.hours import wall_clock

S = BookingStatus

ONLINE, NOBODY, AWAY = "online", "none", "away"
"""Columns that are neither room nor engineer."""

TONES: dict[BookingStatus, tuple[str, str]] = {
    S.HOLD: ("hold", "hold"),
    S.PENDING: ("pending", "pending"),
    S.CONFIRMED: ("confirmed", ""),
    S.CHECKED_IN: ("running", "in session"),
    S.COMPLETED: ("done", "finished"),
    S.NO_SHOW: ("missed", "no show"),
    S.CANCELLED: ("gone", "cancelled"),
    S.EXPIRED: ("gone", "expired"),
}
"""How a status is drawn, and its word."""
_MOVABLE = (S.HOLD, S.PENDING, S.CONFIRMED, S.CHECKED_IN)
_BLOCKS = {"lockout": "locked", "time_off": "away", "closure": "closed"}


@dataclass(frozen=True)
class Event:
    """`start`, `end` and `free_from` (the end of the buffer) are wall clock; blocks of whole days have dates."""

    id: str
    """A booking's number."""
    kind: str
    """session, or block"""
    booking: int
    columns: tuple[str, ...]
    day: str
    start: str
    end: str
    free_from: str
    who: str
    word: str
    lines: tuple[str, ...]
    tone: str
    href: str
    can_move: bool = False


_SHORTEST = timedelta(minutes=15)
"""Drawn of a session that gave all its time back."""


@dataclass(frozen=True)
class Drawing:
    """How events are drawn. As chips they are only as long as their day."""

    studio: Studio
    by: str
    view: str
    is_chips: bool
    own: str = ""
    """The one column of somebody who sees their own sessions alone."""
    may_move: bool = False


def session_event(row: BookingRow, drawing: Drawing) -> Event:
    tone, word = TONES[row.status]
    start, end = wall_clock(row.start, max(row.ends, row.start + _SHORTEST), drawing.studio.zone)
    buffer_minutes = 0 if row.freed_from else row.buffer_minutes
    free_from = end + timedelta(minutes=buffer_minutes)
    if drawing.is_chips:
        end = free_from = min(end, datetime.combine(row.business_date, datetime.max.time()))
    unsigned = "unsigned" if not row.is_signed and row.status in (S.PENDING, S.CONFIRMED) else ""
    return Event(
        id=row.number,
        kind="session",
        booking=row.id,
        columns=_columns(row, drawing),
        day=row.business_date.isoformat(),
        start=_text(start),
        end=_text(end),
        free_from=_text(free_from) if buffer_minutes else "",
        who=row.artist_name or row.client_name,
        word=" · ".join(filter(None, (word, unsigned))),
        lines=_lines(row, drawing),
        tone=tone,
        href=routes.booking(row.number),
        can_move=drawing.may_move and row.status in _MOVABLE and not row.period,
    )


def block_events(
    blocks: Iterable[BlockView], columns: tuple[str, ...], names: dict[int, str], drawing: Drawing
) -> list[Event]:
    """One event a block, over all the columns it concerns. `names` are those of rooms and engineers."""
    groups: dict[tuple[str, int], list[BlockView]] = {}
    for block in blocks:
        groups.setdefault((block.kind, block.id), []).append(block)
    events = [_block(group, columns, names, drawing) for group in groups.values()]
    return [event for event in events if event.columns]


def off_events(engineer: str, free_of_work: Iterable[tuple[datetime, datetime]], drawing: Drawing) -> list[Event]:
    """Hatched: when an engineer does not work. Instants."""
    return [_off(engineer, start, end, drawing) for start, end in free_of_work]


def _off(engineer: str, start: datetime, end: datetime, drawing: Drawing) -> Event:
    first, last = _local(start, drawing.studio.zone), _local(end, drawing.studio.zone)
    return Event(
        id=f"off-{engineer}-{first:%Y%m%d%H%M}",
        kind="block",
        booking=0,
        columns=(engineer,),
        day=first.date().isoformat(),
        start=first.date().isoformat() if drawing.is_chips else _text(first),
        end=last.date().isoformat() if drawing.is_chips else _text(last),
        free_from="",
        who="Off",
        word="",
        lines=(),
        tone="off",
        href=f"{routes.CALENDAR}?view=day&by=engineers&date={first.date().isoformat()}",
    )


def time_text(start: datetime, end: datetime, studio: Studio) -> str:
    """`8:00 pm–2:00 am`, with the zone's names where the clocks change meanwhile or the hour comes twice.

    Where they change, the wall clock does not say how long it is: then that is said, too.
    """
    text = when.span_text(start, end, studio)
    first, last = start.astimezone(studio.zone), end.astimezone(studio.zone)
    if first.utcoffset() != last.utcoffset():
        return f"{text} ({first.tzname()} to {last.tzname()}, {length_text(end - start)})"
    return f"{text} {first.tzname()}" if clock.is_repeated(start, studio.zone) else text


def length_text(length: timedelta) -> str:
    """`3 h`, `2 h 30 min`, `45 min`."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    return " ".join(filter(None, (f"{hours} h" if hours else "", f"{minutes} min" if minutes or not hours else "")))


def _lines(row: BookingRow, drawing: Drawing) -> tuple[str, ...]:
    rooms, online = ", ".join(row.room_names), f"Online, {row.period.lower()}" if row.period else ""
    if drawing.view == "month":
        return (online or f"{when.time_text(row.start, drawing.studio)} · {rooms}",)
    time = online or time_text(row.start, row.end, drawing.studio)
    with_whom = row.engineer_name if drawing.by == "rooms" else rooms
    client = row.client_name if row.artist_name not in ("", row.client_name) else ""
    about = " · ".join(filter(None, (client, row.service_name)))
    lines = (" · ".join(filter(None, (time, with_whom))), about, "" if drawing.is_chips else ", ".join(row.mic_names))
    return tuple(filter(None, lines))


def _columns(row: BookingRow, drawing: Drawing) -> tuple[str, ...]:
    if drawing.own:
        return (drawing.own,)
    if drawing.by == "engineers":
        return (str(row.engineer_id or NOBODY),)
    return tuple(map(str, row.room_ids)) or (ONLINE,)


def _block(group: list[BlockView], columns: tuple[str, ...], names: dict[int, str], drawing: Drawing) -> Event:
    first = group[0]
    start, end = _local(first.start, drawing.studio.zone), _local(first.end, drawing.studio.zone)
    last_day = (end - timedelta(seconds=1)).date()
    of = [block.resource_id for block in group if block.resource_id is not None]
    return Event(
        id=f"{first.kind}-{first.id}",
        kind="block",
        booking=0,
        columns=_of_block(first, of, columns),
        day=start.date().isoformat(),
        start=start.date().isoformat() if drawing.is_chips else _text(start),
        end=(last_day + timedelta(days=1)).isoformat() if drawing.is_chips else _text(end),
        free_from="",
        who=first.label if first.kind == "lockout" else "Closed" if first.kind == "closure" else "Away",
        word="locked" if first.kind == "lockout" else "",
        lines=tuple(filter(None, (_about(first, of, names), _days_text(start, end, last_day, first, drawing.studio)))),
        tone=_BLOCKS[first.kind],
        href=f"{routes.CALENDAR}?view=day&date={start.date().isoformat()}",
    )


def _of_block(block: BlockView, of: list[int], columns: tuple[str, ...]) -> tuple[str, ...]:
    """A closure is everybody's; whoever is away without a column of their own is in the column for that."""
    if block.resource_id is None:
        return tuple(column for column in columns if column != AWAY)
    own = tuple(str(one) for one in of if str(one) in columns)
    return own or ((AWAY,) if block.kind == "time_off" and AWAY in columns else ())


def _about(block: BlockView, of: list[int], names: dict[int, str]) -> str:
    who = ", ".join(names[one] for one in of if one in names)
    if block.kind == "time_off":
        return f"{who}: {block.label.lower()}"
    return who or block.label


def _days_text(start: datetime, end: datetime, last_day: date, block: BlockView, studio: Studio) -> str:
    if start.date() == last_day:
        is_whole = end - start >= timedelta(hours=24)
        return "" if is_whole else when.span_text(block.start, block.end, studio)
    return f"{when.day_text(start.date(), studio)} – {when.day_text(last_day, studio)}"


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def _text(local: datetime) -> str:
    return local.isoformat(timespec="minutes")
