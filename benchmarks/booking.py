"""Bookings made over HTTP, and what share of the bare constraint's pace that is."""

from datetime import date, datetime, time, timedelta
from itertools import count

from benchmarks.data import DAYS, SERVICE, Place
from benchmarks.floor import inserts_per_second
from benchmarks.harness import CLIENTS, Report, Row, timed
from benchmarks.load import Job, Request, drive

_SECONDS = 8.0
_MOST = 4_000
"""More than a run can make; each is free, after the days that are full."""


def measure(report: Report, port: int, url: str, place: Place, today: date) -> None:
    weeks = count(DAYS // 2 + 10, 60)
    drive(Job(port, 2, 2, _requests(place, today + timedelta(days=next(weeks))), place.cookie, once=True))
    for clients in CLIENTS:
        requests = _requests(place, today + timedelta(days=next(weeks)))
        done = drive(Job(port, clients, _SECONDS, requests, place.cookie, once=True))
        made = done.statuses.get("201", 0) / done.seconds
        note = "" if set(done.statuses) == {"201"} else f"{done.statuses} {done.first_refusal}"
        report.add(timed(f"A booking made, {clients} clients", done.times_ms, made, note), done.times_ms)
        floor = inserts_per_second(url, clients, _SECONDS / 2)
        report.add(Row(f"  bare constraint inserts, {clients} connections", per_second=floor))
        report.ratio(f"  share of it that bookings reach, {clients} clients", made / floor, percent=True)


def _requests(place: Place, first_day: date) -> list[Request]:
    """Room by room and day by day, with an engineer, an artist and a signature."""
    rooms = len(place.room_ids)
    requests: list[Request] = []
    for index in range(_MOST):
        day, slot = divmod(index, rooms * 4)
        hour, room = divmod(slot, rooms)
        start = datetime.combine(first_day + timedelta(days=day), time(9 + hour * 4))
        body = {
            "client_id": place.client_ids[index % len(place.client_ids)],
            "artist": f"Artist {index % 7}",
            "mode": "IN_PERSON",
            "service": SERVICE,
            "rooms": [place.room_ids[room]],
            "start": start.isoformat(),
            "minutes": 180,
            "engineer_id": place.engineer_ids[room],
            "authorization": {"type": "CHECKBOX_ACKNOWLEDGMENT", "name": "A Client", "accepted": True},
            "status": "CONFIRMED",
        }
        requests.append(("POST", "/api/bookings", body))
    return requests
