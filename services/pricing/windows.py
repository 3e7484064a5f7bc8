"""Which rate rule counts when: evenings, weekends and holidays in the studio's local time."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from services.core.clock import business_date
from services.pricing.types import RateRuleView


def minutes_by_rule(
    rules: Iterable[RateRuleView], room_id: int, start: datetime, end: datetime, zone: ZoneInfo
) -> list[tuple[RateRuleView, int]]:
    """The real minutes of the session under each rule; where rules meet, the highest priority counts."""
    windows = [
        (rule, *window)
        for rule in rules
        if rule.room_id in (None, room_id)
        for window in _windows(rule, start, end, zone)
    ]
    edges = sorted({start, end, *(edge for _, *window in windows for edge in window if start < edge < end)})
    minutes: dict[int, tuple[RateRuleView, int]] = {}
    for left, right in pairwise(edges):
        covering = [rule for rule, first, last in windows if first <= left and right <= last]
        if covering:
            rule = max(covering, key=lambda r: (r.priority, r.room_id is not None, r.id))
            before = minutes.get(rule.id, (rule, 0))[1]
            minutes[rule.id] = (rule, before + int((right - left).total_seconds() // 60))
    return [minutes[key] for key in sorted(minutes)]


def _windows(rule: RateRuleView, start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The stretches a rule covers on the local days that the session touches, and the evening before."""
    day = business_date(start, zone) - timedelta(days=1)
    while day <= business_date(end, zone):
        if _counts_on(rule, day):
            yield _window(rule, day, zone)
        day += timedelta(days=1)


def _counts_on(rule: RateRuleView, day: date) -> bool:
    if rule.weekdays and day.weekday() not in rule.weekdays:
        return False
    first, last = rule.from_day, rule.to_day
    return (first is None or first <= day) and (last is None or day <= last)


def _window(rule: RateRuleView, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    first = rule.start or time()
    last = rule.end or time()
    last_day = day if last > first else day + timedelta(days=1)
    return datetime.combine(day, first, zone).astimezone(UTC), datetime.combine(last_day, last, zone).astimezone(UTC)
