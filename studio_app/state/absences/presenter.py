"""Working hours, extra dates and time off as their forms show and read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.absences import NewTimeOff, TimeOffReason, TimeOffStatus, TimeOffView
from services.catalog import WEEKDAYS, ExtraAvailabilityView, WeekStretch
from services.core import clock
from services.core import dates as when
from services.core.studio import Studio
from studio_app.state.form import Form

STATUSES = {TimeOffStatus.BLOCKED: "Blocked", TimeOffStatus.VACATION: "Vacation", TimeOffStatus.SICK: "Sick"}
REASONS = {TimeOffReason.VACATION: "Vacation", TimeOffReason.PERSONAL: "Personal", TimeOffReason.OTHER: "Other"}


@dataclass(frozen=True)
class StretchRow:
    key: int
    weekday: int
    start: str
    end: str


@dataclass(frozen=True)
class ExtraRow:
    id: int
    when: str
    note: str


@dataclass(frozen=True)
class AwayRow:
    id: int
    when: str
    status: str
    reason: str
    note: str


def week_rows(hours: Sequence[WeekStretch], used_keys: int) -> list[tuple[int, str, list[StretchRow]]]:
    rows = [
        StretchRow(used_keys + number, one.weekday, f"{one.start:%H:%M}", f"{one.end:%H:%M}")
        for number, one in enumerate(hours, start=1)
    ]
    return [(day, name, [row for row in rows if row.weekday == day]) for day, name in enumerate(WEEKDAYS)]


def week_of(shown: Iterable[StretchRow], form: Form) -> tuple[WeekStretch, ...]:
    return tuple(
        WeekStretch(
            weekday=one.weekday, start=form.clock_time(f"start-{one.key}"), end=form.clock_time(f"end-{one.key}")
        )
        for one in shown
    )


def span_of(form: Form, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Whole days where no times are given; the last day counts."""
    first_day = form.day("start_day")
    last_day = form.maybe_day("end_day") or first_day
    if last_day < first_day:
        form.refuse("end_day", "The last day is before the first.")
        last_day = first_day
    start, end = clock.beginning(first_day, zone), clock.ending(last_day, zone)
    if form.text("start"):
        start = form.instant("start_day", "start", zone)
    if form.text("end"):
        end = form.instant("end_day" if form.text("end_day") else "start_day", "end", zone)
    return start, end


def new_time_off(resource_id: int, form: Form, zone: ZoneInfo) -> NewTimeOff:
    start, end = span_of(form, zone)
    return NewTimeOff(
        resource_id=resource_id,
        start=start,
        end=end,
        status=form.word("status", TimeOffStatus),
        reason=form.word("reason", TimeOffReason),
        note=form.text("note"),
    )


def extra_days(form: Form) -> tuple[tuple[date, date], tuple[time, time]]:
    """The days, both included, and the hours on each; no hours are the whole day."""
    first = form.day("start_day")
    start, end = form.maybe_clock_time("start"), form.maybe_clock_time("end")
    if (start is None) != (end is None):
        form.refuse("end" if start else "start", "Give both times, or none for the whole day.")
    return (first, form.maybe_day("end_day") or first), (start or time(), end or time())


def reason_of(new: NewTimeOff, studio: Studio) -> str:
    """Why somebody asks to be replaced: `Vacation, Thu, Dec 3 – Sat, Dec 5: Lisbon`."""
    words = f"{STATUSES[new.status]}, {span_words(new.start, new.end, studio)}"
    return f"{words}: {new.note}" if new.note else words


def extra_row(extra: ExtraAvailabilityView, studio: Studio) -> ExtraRow:
    return ExtraRow(extra.id, when.session_text(extra.start, extra.end, studio), extra.note)


def away_row(away: TimeOffView, studio: Studio) -> AwayRow:
    return AwayRow(
        away.id, span_words(away.start, away.end, studio), STATUSES[away.status], REASONS[away.reason], away.note
    )


def span_words(start: datetime, end: datetime, studio: Studio) -> str:
    """Whole days by their names, anything else with its times."""
    first, last = start.astimezone(studio.zone), end.astimezone(studio.zone)
    if (first.hour, first.minute, last.hour, last.minute) != (0, 0, 0, 0):
        if first.date() == last.date():
            return when.session_text(start, end, studio)
        parts = (when.day_time_text(at, studio) for at in (first, last))
        return " – ".join(parts)
    last_day = last.date() - timedelta(days=1)
    days = when.day_text(first.date(), studio)
    return days if last_day == first.date() else f"{days} – {when.day_text(last_day, studio)}"
