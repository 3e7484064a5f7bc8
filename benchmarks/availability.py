"""One day's free time of all rooms over HTTP, at both sizes of the ledger."""

import statistics
from datetime import date, timedelta

from benchmarks.data import DAYS, SERVICE
from benchmarks.harness import CLIENTS, Report, timed
from benchmarks.load import Job, drive

_SECONDS = 6.0


def measure(report: Report, port: int, today: date, size: str) -> None:
    days = [today + timedelta(days=offset) for offset in range(1, DAYS // 2)]
    paths = [f"/api/availability?date={day}&minutes=120&service={SERVICE}" for day in days]
    requests = [("GET", path, None) for path in paths]
    drive(Job(port, 2, 1.5, requests))
    for clients in CLIENTS:
        done = drive(Job(port, clients, _SECONDS, requests))
        note = "" if set(done.statuses) == {"200"} else f"{done.statuses} {done.first_refusal}"
        row = timed(f"Availability of a day, {size}, {clients} clients", done.times_ms, done.per_second, note)
        report.add(row, done.times_ms)


def compare(report: Report, smaller: str, larger: str) -> None:
    """How much slower it is with ten times the allocations."""
    for clients in CLIENTS:
        small, large = (report.raw[f"Availability of a day, {size}, {clients} clients"] for size in (smaller, larger))
        report.ratio(
            f"  growth from {smaller} to {larger}, {clients} clients",
            statistics.median(large) / statistics.median(small),
        )
