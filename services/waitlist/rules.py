"""When a wish would be met, on values alone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.waitlist import WaitlistWish
from services.core.errors import Invalid
from services.scheduling import Span

MOST_DAYS = 62
LEAD = timedelta(hours=1)
"""What begins sooner is not offered: nobody could answer."""


def check_days(first: date, last: date, today: date) -> None:
    if last < first:
        raise Invalid("The last day is before the first.", field="last_day")
    if last < today:
        raise Invalid("Those days are over.", field="last_day")
    if (last - first).days >= MOST_DAYS:
        raise Invalid(f"A wish spans at most {MOST_DAYS} days.", field="last_day")
    if (first - today).days > 366:
        raise Invalid("That is more than a year away.", field="first_day")


def check_hours(not_before: time | None, not_after: time | None, minutes: int) -> None:
    if (not_before is None) != (not_after is None):
        raise Invalid("Give both hours, or none.", field="not_after" if not_after is None else "not_before")
    if not_before is not None and not_after is not None and _length(not_before, not_after) < timedelta(minutes=minutes):
        raise Invalid(f"The session of {minutes} minutes does not fit within these hours.", field="not_after")


def start_spans(wish: WaitlistWish, zone: ZoneInfo) -> list[Span] | None:
    """Where it has hours: when its session may begin, so that it ends within them. None: on its days, at any hour."""
    if wish.not_before is None or wish.not_after is None:
        return None
    days = [wish.first_day + timedelta(days=n) for n in range((wish.last_day - wish.first_day).days + 1)]
    hours = [_hours(wish.not_before, wish.not_after, day, zone) for day in days]
    spare = timedelta(minutes=wish.minutes - 1)  # the last start itself is one of them
    return [Span(one.start, one.end - spare) for one in hours if one.end - spare > one.start]


def offer_due(now: datetime, start: datetime, hours: int) -> datetime:
    return min(now + timedelta(hours=hours), start)


def _hours(not_before: time, not_after: time, day: date, zone: ZoneInfo) -> Span:
    """The end is in the night after, where that is no later in the day."""
    start = datetime.combine(day, not_before, zone).astimezone(UTC)
    last = day + timedelta(days=not_after <= not_before)
    end = datetime.combine(last, not_after, zone).astimezone(UTC)
    return Span(start, end)


def _length(not_before: time, not_after: time) -> timedelta:
    day = date(2000, 1, 1)
    ends = datetime.combine(day + timedelta(days=not_after <= not_before), not_after)
    return ends - datetime.combine(day, not_before)
