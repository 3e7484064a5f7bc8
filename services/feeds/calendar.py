"""Events as calendars understand them (RFC 5545). Pure; the one place that writes them."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import icalendar

from services.core.clock import is_repeated
from services.feeds.types import Event
from services.feeds.zones import timezone_of

_PRODUCT = "-//Platinum Sound//Studio//EN"
_READ_AGAIN = timedelta(minutes=15)


def calendar_of(events: Iterable[Event], zone: ZoneInfo, *, name: str = "") -> bytes:
    """With a `name` it is a calendar to subscribe to; without, events to add to one's own.

    Times are the studio's local ones, with the rules of its zone beside them: a calendar that
    repeats or moves them keeps the wall clock right. Those of an event that begins or ends in an
    hour that comes twice are UTC, both: the wall clock cannot tell them, and readers that meet one
    of each take the length for another.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if name:
        calendar.add("name", icalendar.vText(name))
        calendar.add("x-wr-calname", icalendar.vText(name))
        calendar.add("x-wr-timezone", zone.key)
        calendar.add("refresh-interval", _READ_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", icalendar.vDuration(_READ_AGAIN))
    events = tuple(events)
    if events:
        first, last = min(event.start for event in events), max(event.end for event in events)
        calendar.add_component(timezone_of(zone, first, last))
    for event in events:
        calendar.add_component(_component(event, zone))
    return bytes(calendar.to_ical())


def _component(event: Event, zone: ZoneInfo) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", event.uid)
    component.add("sequence", event.version)
    component.add("dtstamp", event.changed_at.astimezone(UTC))
    component.add("last-modified", event.changed_at.astimezone(UTC))
    told_in = UTC if any(is_repeated(at, zone) for at in (event.start, event.end)) else zone
    component.add("dtstart", event.start.astimezone(told_in).replace(microsecond=0))
    component.add("dtend", event.end.astimezone(told_in).replace(microsecond=0))
    component.add("status", event.status.value)
    component.add("transp", "OPAQUE" if event.is_busy else "TRANSPARENT")
    component.add("summary", event.summary)
    if event.location:
        component.add("location", event.location)
    if event.description:
        component.add("description", event.description)
    return component
