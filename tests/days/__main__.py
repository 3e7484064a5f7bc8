"""`python -m tests.days [DAY…]`: the browser tests and those of dates, with every clock on each of the days."""

import os
import subprocess
import sys
from pathlib import Path

from services.core import clock
from tests.days.which import DAYS, Day, next_of

_ROOT = Path(__file__).resolve().parents[2]
_AHEAD = Path(__file__).parent / "ahead"
_CHOSEN = ("-m", "not (long or deeper or system_postgres or fire)", "-k", "not axe and not every_link")
"""All that tells the time somehow, but what takes long, races, how screens look and where links lead."""


def run(day: Day, arguments: list[str]) -> int:
    now = clock.now()
    then = next_of(day, now)
    print(f"{day.name}: {then:%A, %B} {then.day}, {then:%Y, %H:%M %Z}", flush=True)
    shifted = {
        "PYTHONPATH": str(_AHEAD),
        "STUDIO_CLOCK_AHEAD": str((then - now).total_seconds()),
        "STUDIO_BROWSER_ZONE": day.browser_zone,
    }
    command = [sys.executable, "-m", "pytest", *_CHOSEN, *arguments]
    return subprocess.run(command, cwd=_ROOT, env=os.environ | shifted).returncode


def main(wanted: list[str]) -> int:
    names = [one for one in wanted if one in {day.name for day in DAYS}]
    arguments = [one for one in wanted if one not in names]
    failed = [day.name for day in DAYS if day.name in (names or [day.name]) and run(day, arguments)]
    print(f"Wrong on: {', '.join(failed)}" if failed else "Right on all days.")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
