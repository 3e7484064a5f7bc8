"""When a wish would be met, on values alone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.waitlist import WaitlistWish
from services.clock import day_start
from services.errors import Invalid
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


def suits(wish: WaitlistWish, session: Span, refused: Sequence[Span], zone: ZoneInfo) -> bool:
    """Whether the session lies within the wish's days and hours, at no time they have turned down."""
    if any(session.overlaps(one) for one in refused):
        return False
    if wish.not_before is None or wish.not_after is None:
        days = Span(day_start(wish.first_day, zone), day_start(wish.last_day + timedelta(days=1), zone))
        return days.start <= session.start < days.end
    # The hours of a day may reach into the night after: the session is of its own day's or of the day before's.
    day = session.start.astimezone(zone).date()
    return any(
        wish.first_day <= one <= wish.last_day and _hours(wish.not_before, wish.not_after, one, zone).contains(session)
        for one in (day, day - timedelta(days=1))
    )


def offer_due(now: datetime, start: datetime, hours: int) -> datetime:
    return min(now + timedelta(hours=hours), start)


def _hours(not_before: time, not_after: time, day: date, zone: ZoneInfo) -> Span:
    start = datetime.combine(day, not_before, zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=not_after <= not_before), not_after, zone).astimezone(UTC)
    return Span(start, end)


def _length(not_before: time, not_after: time) -> timedelta:
    day = date(2000, 1, 1)
    ends = datetime.combine(day + timedelta(days=not_after <= not_before), not_after)
    return ends - datetime.combine(day, not_before)
