"""Everything in one run, on servers of its own in a folder that goes away."""

import argparse
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from benchmarks import availability, booking, calendars, data, first_visit, harness, press
from services.core import clock
from services.core.embedded import start

_TWO_YEARS, _MANY_YEARS = "50,000 bookings", "1,000,000 allocations"


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--json", type=Path, help="write every single number here, too")
    file = options.parse_args().json
    report, began = harness.Report(), time.monotonic()
    with _folder() as folder, harness.redis(folder) as redis_url:
        url = start(folder / "postgres")
        os.environ["DATABASE_URL"] = url
        _measure(report, folder, url, redis_url)
    print(f"{time.monotonic() - began:.0f} s in all")
    if file:
        report.write(file)


def _measure(report: harness.Report, folder: Path, url: str, redis_url: str) -> None:
    today = clock.now().date()
    first_day = today - timedelta(days=data.DAYS // 2)
    place = data.furnish()
    data.two_years(url, place, first_day)
    with harness.studio(folder, url, redis_url) as port:
        print(harness.head())
        first_visit.measure(report, port)
        press.measure(report, port)
        availability.measure(report, port, today, _TWO_YEARS)
        booking.measure(report, port, url, place, today)
        calendars.measure(report, port, url, place, today)
        data.many_years(url, place, first_day)
        availability.measure(report, port, today, _MANY_YEARS)
        availability.compare(report, _TWO_YEARS, _MANY_YEARS)


@contextmanager
def _folder() -> Iterator[Path]:
    """With a PostgreSQL server in it, which is stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="studio-bench-"))
    try:
        yield folder
    finally:
        pid_file = folder / "postgres" / "postmaster.pid"
        if pid_file.exists():
            os.kill(int(pid_file.read_text().split()[0]), signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
