"""The rules of a zone as a calendar carries them (RFC 5545, 3.6.5): each change of the clocks, as it is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
_MARGIN = timedelta(days=366)


def timezone_of(zone: ZoneInfo, first: datetime, last: datetime) -> icalendar.Timezone:
    """All that is needed to read local times from `first` to `last`."""
    start = (first - _MARGIN).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    timezone = icalendar.Timezone()
    timezone.add("tzid", zone.key)
    timezone.add_component(_observance(zone, start, start))
    for change in _changes(zone, start, last + _MARGIN):
        timezone.add_component(_observance(zone, change - _SECOND, change))
    return timezone


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The first instants of other offsets; to the second."""
    day = start
    while day < end:
        low, high = day, day + _DAY
        if _offset(zone, low) != _offset(zone, high):
            while high - low > _SECOND:
                middle = low + (high - low) // 2
                low, high = (middle, high) if _offset(zone, middle) == _offset(zone, day) else (low, middle)
            yield high.replace(microsecond=0)
        day += _DAY


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _observance(
    zone: ZoneInfo, before: datetime, at: datetime
) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    """It begins at the wall clock's time before the change."""
    local = at.astimezone(zone)
    observance = icalendar.TimezoneDaylight() if local.dst() else icalendar.TimezoneStandard()
    observance.add("dtstart", (at + _offset(zone, before)).replace(tzinfo=None))
    observance.add("tzoffsetfrom", _offset(zone, before))
    observance.add("tzoffsetto", _offset(zone, at))
    observance.add("tzname", local.tzname() or zone.key)
    return observance
