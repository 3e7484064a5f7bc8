"""How much of anything strangers may do at once, as a test needs it."""

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from services import online
from services.core.access import SYSTEM

LOOSE = {
    "unpaid_bookings": 1000,
    "unpaid_hours": 10_000,
    "unpaid_room_pct": 100,
    "bookings_a_day": 100_000,
    "change_requests_a_day": 1000,
    "links_an_hour": 1000,
    "sign_ins_a_minute": 1_000_000,
    "requests_a_minute": 1_000_000,
    "questions_a_minute": 1_000_000,
}
"""For stories that are about something else: all of a test run comes from one address."""


def limit(session: Session, **changes: Any) -> None:
    online.update_online_booking(session, SYSTEM, replace(online.online_booking(session), **changes))
