"""The rules of a zone as a calendar carries them (RFC 5545, 3.6.5): each change of the clocks, as it is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from services.core.clock import offset_changes

_SECOND = timedelta(seconds=1)
_MARGIN = timedelta(days=366)


def timezone_of(zone: ZoneInfo, first: datetime, last: datetime) -> icalendar.Timezone:
    """All that is needed to read local times from `first` to `last`."""
    start = (first - _MARGIN).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    timezone = icalendar.Timezone()
    timezone.add("tzid", zone.key)
    timezone.add_component(_observance(zone, start, start))
    for change in offset_changes(zone, start, last + _MARGIN):
        timezone.add_component(_observance(zone, change - _SECOND, change))
    return timezone


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
