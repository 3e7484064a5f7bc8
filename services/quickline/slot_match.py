"""The day, the time and the length a line speaks of, asked for where it leaves them open."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from services import scheduling
from services.catalog import ServiceView
from services.core.clock import to_instant
from services.core.dates import Localized, clock_text, long_full_day_text
from services.core.errors import DomainError
from services.quickline.clarifications import Clarifications
from services.quickline.types import Hours, Kind, Reading
from services.scheduling import Span

_DAYS_OFFERED = 3
_LENGTHS = (60, 120, 240, 480)
_SMALL_HOURS = 6


@dataclass(frozen=True, slots=True)
class Slot:
    start: datetime
    minutes: int


def settle_day(clarifications: Clarifications, reading: Reading, today: date, studio: Localized) -> date | None:
    if reading.day is None:
        near = [today + timedelta(days=n) for n in range(_DAYS_OFFERED)]
        return clarifications.choose(
            "date", Kind.DATE, "On which day?", {day.isoformat(): (_day(day, studio), day) for day in near}
        )
    options = {day.isoformat(): (_day(day, studio), day) for day in reading.day.meanings}
    return clarifications.settle(Kind.DATE, reading.day, f"Which day is “{reading.day.words}”?", options)


def settle_slot(
    session: Session,
    clarifications: Clarifications,
    reading: Reading,
    day: date | None,
    service: ServiceView | None,
    studio: Localized,
) -> Slot | None:
    """Start and real length, or None while something is open. A time the clocks skip is a problem."""
    hours = _hours(session, clarifications, reading, day, studio)
    has_end = reading.hours is not None and all(meant.end for meant in reading.hours.meanings)
    minutes = settle_length(clarifications, reading, service) if reading.minutes or not has_end else None
    if day is None or hours is None:
        return None
    try:
        start, by_hours = _instants(hours, _own_day(reading, day, hours), studio.zone)
    except DomainError as refusal:
        clarifications.problems.append(refusal.message)
        return None
    if minutes and by_hours and minutes != by_hours:
        options = {str(one): (length_text(one), one) for one in (by_hours, minutes)}
        minutes = clarifications.choose(
            "length", Kind.LENGTH, "The times and the length do not agree. Which counts?", options
        )
        return Slot(start, minutes) if minutes else None
    length = minutes or by_hours
    return Slot(start, length) if length else None


def length_text(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def _hours(
    session: Session, clarifications: Clarifications, reading: Reading, day: date | None, studio: Localized
) -> Hours | None:
    if reading.hours is None:
        clarifications.choose("time", Kind.TIME, "At what time?", {})
        return None
    meanings = reading.hours.meanings
    if len(meanings) > 1 and day is not None:
        minutes = reading.minutes.meanings[0] if reading.minutes else 0
        fitting = [hours for hours in meanings if _is_open(session, reading, day, hours, minutes, studio.zone)]
        meanings = tuple(fitting) or meanings
    meanings = _by_day(reading, meanings)
    options = {_value(hours): (_hours_label(hours, studio), hours) for hours in meanings}
    return clarifications.settle(Kind.TIME, reading.hours, f"Which time is “{reading.hours.words}”?", options)


def _by_day(reading: Reading, meanings: tuple[Hours, ...]) -> tuple[Hours, ...]:
    """“2-6” is the afternoon: who means the small hours says so, or the studio is open at no other."""
    says_night = reading.is_night or (reading.part_of_day and "night" in reading.part_of_day.words.casefold())
    by_day = tuple(hours for hours in meanings if hours.start.hour >= _SMALL_HOURS)
    return meanings if says_night or not by_day else by_day


def settle_length(clarifications: Clarifications, reading: Reading, service: ServiceView | None) -> int | None:
    if reading.minutes is None:
        lengths = sorted({*_LENGTHS, *((service.duration_minutes,) if service else ())})
        options = {str(one): (length_text(one), one) for one in lengths}
        return clarifications.choose("length", Kind.LENGTH, "For how long?", options)
    options = {str(one): (length_text(one), one) for one in reading.minutes.meanings}
    return clarifications.settle(Kind.LENGTH, reading.minutes, "Which length counts?", options)


def _own_day(reading: Reading, day: date, hours: Hours) -> date:
    """“Tonight 1a” is tomorrow's."""
    return day + timedelta(days=1) if reading.is_night and hours.start.hour < _SMALL_HOURS else day


def _instants(hours: Hours, day: date, zone: ZoneInfo) -> tuple[datetime, int | None]:
    """The start, and the real minutes to the end: not those of the clock where it is changed between."""
    start = to_instant(datetime.combine(day, hours.start), zone)
    if hours.lasts is None or hours.end is None:
        return start, None
    last = (datetime.combine(day, hours.start) + hours.lasts).date()
    end = to_instant(datetime.combine(last, hours.end), zone)
    return start, int((end - start).total_seconds()) // 60


def _is_open(session: Session, reading: Reading, day: date, hours: Hours, minutes: int, zone: ZoneInfo) -> bool:
    try:
        start, by_hours = _instants(hours, _own_day(reading, day, hours), zone)
    except DomainError:
        return False
    wanted = Span(start, start + timedelta(minutes=by_hours or minutes or 1))
    periods = [p for ahead in (-1, 0, 1) for p in scheduling.periods_of(session, day + timedelta(days=ahead))]
    reached = wanted.start
    for period in sorted(periods, key=lambda period: period.start):
        if period.start <= reached < period.end:
            reached = period.end
    return reached >= wanted.end


def _day(day: date, studio: Localized) -> str:
    return long_full_day_text(day, studio)


def _value(hours: Hours) -> str:
    return "-".join(f"{at:%H:%M}" for at in (hours.start, hours.end) if at)


def _hours_label(hours: Hours, studio: Localized) -> str:
    """Midnight and noon said as such: nobody is sure what 12 am is."""
    return " – ".join(_clock(at, studio) for at in (hours.start, hours.end) if at)


def _clock(at: time, studio: Localized) -> str:
    return {time(0): "midnight", time(12): "noon"}.get(at) or clock_text(at, studio)
