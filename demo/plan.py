"""Eight months of a studio's life, from a seed and the moment the demo is made. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from demo.clients import DemoClient
from demo.diary import Diary
from demo.fates import Fates
from demo.people import ENGINEERS
from demo.sessions import SessionMaker
from demo.studio import MIX_2, ROOMS, STUDIO_C, VOX
from demo.types import Plan, PlannedClosure, PlannedExtra, PlannedLockout, PlannedSession, PlannedTimeOff, Scale
from models.absences import LockoutKind, TimeOffReason, TimeOffStatus
from services.core.clock import business_date

_HOLIDAYS = ((1, 1, "New Year's Day"), (7, 4, "Independence Day"), (12, 25, "Christmas Day"))
_BUSY_WEEKDAY = (0.75, 0.85, 0.95, 1.05, 1.2, 1.25, 0.9)
_MOST_ONLINE = 3


def make_plan(rng: Random, now: datetime, zone: ZoneInfo, clients: tuple[DemoClient, ...], scale: Scale) -> Plan:
    today = business_date(now, zone)
    closures = _closures(today, scale)
    extras = tuple(_extras(today, zone))
    diary = Diary(zone, closures, extras)
    lockouts = tuple(_lockouts(diary, today, scale))
    time_off = tuple(_time_off(rng, diary, today, scale))
    for lockout in lockouts:
        for room in lockout.rooms:
            diary.take(room, lockout.start, lockout.end)
    for off in time_off:
        diary.take(off.engineer, off.start, off.end)
    maker = SessionMaker(rng, diary, Fates(rng, now), clients)
    sessions = sorted(_sessions(rng, maker, today, now, scale), key=lambda s: (s.booked_at, s.start, s.rooms))
    return Plan(closures, lockouts, time_off, extras, tuple(sessions))


def _closures(today: date, scale: Scale) -> tuple[PlannedClosure, ...]:
    """The holidays around; never today, which is a day to look at."""
    first, last = today - timedelta(days=scale.days_behind), today + timedelta(days=365)
    days = (
        (date(year, month, day), name) for year in range(first.year, last.year + 1) for month, day, name in _HOLIDAYS
    )
    near = timedelta(days=1)
    return tuple(
        PlannedClosure(day, day, name)
        for day, name in sorted(days)
        if first <= day <= last and not today - near <= day <= today + near
    )


def _extras(today: date, zone: ZoneInfo) -> Iterator[PlannedExtra]:
    """Greta takes two Saturdays, Priya a Sunday."""
    clock = Diary(zone, (), ())
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    for day in (saturday, saturday + timedelta(days=14)):
        yield PlannedExtra("Greta Lindholm", clock.at(day, 10), clock.at(day, 18), "Album deadline")
    sunday = saturday + timedelta(days=8)
    yield PlannedExtra("Priya Raman", clock.at(sunday, 12), clock.at(sunday, 20), "Vocals for the spring single")


def _lockouts(diary: Diary, today: date, scale: Scale) -> Iterator[PlannedLockout]:
    """Studio C is an album's for two weeks around today; other rooms were and will be out of sale."""

    def span(first: int, days: int) -> tuple[datetime, datetime]:
        return diary.at(today + timedelta(days=first), 8), diary.at(today + timedelta(days=first + days), 8)

    yield PlannedLockout((STUDIO_C,), *span(-5, 14), LockoutKind.ARTIST_LOCKOUT, "Def Harmony, album")
    if scale.days_behind > 90:
        yield PlannedLockout((MIX_2,), *span(-84, 4), LockoutKind.MAINTENANCE, "New monitors, acoustic measurement")
    if scale.days_ahead > 30:
        yield PlannedLockout((VOX,), *span(24, 2), LockoutKind.MAINTENANCE, "Booth floor is renewed")
        yield PlannedLockout((STUDIO_C, VOX), *span(38, 3), LockoutKind.TAKEOVER, "Streaming series, three nights")


def _time_off(rng: Random, diary: Diary, today: date, scale: Scale) -> Iterator[PlannedTimeOff]:
    """A week away for everyone, a day here and there; nobody is away today."""
    for engineer in ENGINEERS:
        first = _not_around(today, today + timedelta(days=rng.randint(-scale.days_behind, scale.days_ahead - 8)), 7)
        yield PlannedTimeOff(
            engineer.name,
            diary.at(first, 0),
            diary.at(first + timedelta(days=7), 0),
            TimeOffStatus.VACATION,
            TimeOffReason.VACATION,
            "",
        )
        sick = _not_around(today, today + timedelta(days=rng.randint(-scale.days_behind, scale.days_ahead)), 1)
        if not first - timedelta(days=1) <= sick <= first + timedelta(days=7):
            status, note = rng.choice(((TimeOffStatus.SICK, "Flu"), (TimeOffStatus.BLOCKED, "Moving house")))
            end = diary.at(sick + timedelta(days=1), 0)
            yield PlannedTimeOff(engineer.name, diary.at(sick, 0), end, status, TimeOffReason.PERSONAL, note)


def _not_around(today: date, first: date, days: int) -> date:
    """Moved on until it spares yesterday to tomorrow."""
    if first > today + timedelta(days=1) or first + timedelta(days=days) < today:
        return first
    return today + timedelta(days=2)


def _sessions(rng: Random, maker: SessionMaker, today: date, now: datetime, scale: Scale) -> Iterator[PlannedSession]:
    """Today first, so that nothing is in its way; then the days around it."""
    yield from maker.around_now(now)
    days = sorted(range(-scale.days_behind, scale.days_ahead + 1), key=lambda offset: (abs(offset), offset))
    for offset in days:
        day = today + timedelta(days=offset)
        demand = _demand(offset) * _BUSY_WEEKDAY[day.weekday()]
        for room in ROOMS:
            yield from maker.day_in_room(day, room.name, demand)
        yield from maker.online(day, min(_MOST_ONLINE, int(rng.random() * 2.6 * demand)))
        if 1 < offset < 30 and rng.random() < 0.3:
            yield from maker.holds(day)


def _demand(offset: int) -> float:
    """1 is a usual day of these weeks. Business has grown; today is full; the farther ahead, the less is booked yet."""
    if offset == 0:
        return 2.5
    return max(0.6, 1 + offset / 250) if offset < 0 else max(0.3, 0.95 - offset / 70)
