"""A session as calendars understand it."""

from urllib.parse import urlsplit

from icalendar import Calendar, Event

from services import clock
from services.bookings import BookingView
from services.catalog import Studio
from services.config import settings

_STATUS = {"HOLD": "TENTATIVE", "PENDING": "TENTATIVE", "CANCELLED": "CANCELLED", "EXPIRED": "CANCELLED"}


def event(booking: BookingView, studio: Studio) -> bytes:
    """One event in UTC. The number makes it the same event when it is added again after a change."""
    entry = Event()
    entry.add("uid", f"{booking.number}@{urlsplit(settings().public_url).hostname}")
    entry.add("sequence", booking.version)
    entry.add("dtstamp", clock.now())
    entry.add("dtstart", booking.start)
    entry.add("dtend", booking.end)
    entry.add("summary", f"{booking.service_name}, {studio.name}")
    entry.add("description", f"Booking {booking.number}")
    entry.add("location", ", ".join([*(room.name for room in booking.rooms), studio.address]).strip(", "))
    entry.add("status", _STATUS.get(booking.status, "CONFIRMED"))
    calendar = Calendar()
    calendar.add("prodid", "-//Platinum Sound//Studio//EN")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return calendar.to_ical()
