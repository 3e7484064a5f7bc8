"""When a rule falls, on the studio's wall clock."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.core import recurrence
from services.core.clock import to_instant
from services.core.dates import Localized, long_full_day_text
from services.core.errors import Invalid
from services.core.recurrence import Rule

MOST = 104
"""Two years of weeks at once."""
_HORIZON = timedelta(days=731)
"""Two years; nothing after it is sold."""
_LEAP_CYCLE = timedelta(days=28 * 366)
"""In which every date falls on every weekday."""


def occurrences(rule: str, first: datetime, studio: Localized) -> tuple[datetime, ...]:
    """Wall-clock starts after the first one.

    COUNT is how many sessions there are in the end, this one included, on whatever day it falls. A rule without
    COUNT or UNTIL never ends, and is refused; so is one that runs past the horizon.
    """
    local = first.astimezone(studio.zone).replace(tzinfo=None)
    read = recurrence.parse(rule, studio.zone)
    if read.count is None and read.until is None:
        raise Invalid("Say how often or until when: COUNT= or UNTIL=.", field="rule")
    found = _found(read, local)
    if len(found) > MOST:
        raise Invalid(f"Repeat at most {MOST} times at once.", field="rule")
    if not found:
        raise Invalid(_why_none(read, local.date(), studio), field="rule")
    return found


def instant(local: datetime, zone: ZoneInfo) -> datetime | None:
    """None where the clocks go forward over that time."""
    try:
        return to_instant(local, zone)
    except Invalid:
        return None


def _found(rule: Rule, local: datetime) -> tuple[datetime, ...]:
    last = local + _HORIZON
    all_days = recurrence.days(rule, local.date(), last.date())
    further = [datetime.combine(day, local.time()) for day in all_days if day > local.date()]
    if rule.until is not None:
        if rule.until.date() > last.date():
            raise Invalid("Repeat for at most two years.", field="rule")
        return tuple(at for at in further if at <= rule.until)
    wanted = (rule.count or 1) - 1
    if further and len(further) < wanted:
        raise Invalid(
            f"Repeat for at most two years: {len(further) + 1} sessions of that rule fall in them, this one included.",
            field="rule",
        )
    return tuple(further[:wanted])


def _why_none(rule: Rule, first: date, studio: Localized) -> str:
    if rule.count == 1:
        return "COUNT=1 is this session alone, so there is no date after it: it counts this one too."
    if rule.until is not None:
        return "That rule has no date after this session until then."
    later = (day for day in recurrence.days(rule, first, first + _LEAP_CYCLE) if day > first)
    if again := next(later, None):
        return f"The next date of that rule is {long_full_day_text(again, studio)}; repeat for at most two years."
    return "That rule has no date after this session: its parts never fall on the same day."
