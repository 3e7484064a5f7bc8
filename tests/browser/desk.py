"""What tests ask and book by the API of the one running studio, so that none gets in another's way."""

from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Page

from tests import database as databases
from tests.world import today

_BEYOND = 250
"""Days from now: after all that the demo and the wizards' tests book."""
_REPEATED = 14
"""Days after each seven, in which what a test repeats week by week comes again."""


def client_id(page: Page) -> int:
    """The client of the demo's first booking: whatever is booked meanwhile, it stays the same one."""
    first = page.request.get("/api/bookings", params={"sort": "number", "page_size": "1"}).json()["data"][0]
    return int(first["client"]["id"])


def room_ids(page: Page) -> list[int]:
    return [room["id"] for room in page.request.get("/api/catalog/rooms").json()["data"]]


def free_starts(page: Page, day: date, room: int, minutes: int = 60) -> list[str]:
    """In the daytime."""
    asked = {"date": day.isoformat(), "minutes": str(minutes), "rooms": str(room), "service": "RECORDING"}
    starts = page.request.get("/api/availability", params=asked).json()["starts"]
    return [start for start in starts if start.startswith(str(day)) and 10 <= int(start[11:13]) <= 19]


def day_of_its_own(page: Page, minutes: int = 60) -> date:
    """A day the studio is open, given to no other test of the run."""
    room = room_ids(page)[0]
    while True:
        number = databases.next_number("days")
        day = today() + timedelta(days=_BEYOND + number + number // 7 * _REPEATED)
        if free_starts(page, day, room, minutes):
            return day


def order(page: Page, day: date, minutes: int = 60) -> dict[str, Any]:
    """For a free stretch in some room on that day."""
    free = ((room, start) for room in room_ids(page) for start in free_starts(page, day, room, minutes))
    room, start = next(free)
    return {
        "client_id": client_id(page),
        "mode": "IN_PERSON",
        "service": "RECORDING",
        "rooms": [room],
        "start": start,
        "minutes": minutes,
    }


def book(page: Page, body: dict[str, Any]) -> str:
    """The number of the booking."""
    answer = page.request.post("/api/bookings", data=body)
    assert answer.ok, answer.text()
    return str(answer.json()["booking"]["number"])
