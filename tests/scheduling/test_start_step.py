"""One setting says how far apart starts are."""

from datetime import datetime, timedelta

import pytest

from services.core import db
from services.scheduling import next_start
from tests.limits import limit
from tests.screens.calendars import seen
from tests.world import World


def _at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-28T{clock}")


@pytest.mark.parametrize(
    ("opening", "after", "step", "expected"),
    [
        ("08:00", "06:10", 30, "08:00"),
        ("08:00", "08:00", 30, "08:30"),
        ("08:00", "14:10", 30, "14:30"),
        ("08:00", "14:30", 30, "15:00"),
        ("08:15", "14:10", 30, "14:15"),
        ("08:00", "14:10", 20, "14:20"),
        ("08:00", "14:10", 60, "15:00"),
    ],
)
def test_the_next_start_is_counted_from_the_opening(opening: str, after: str, step: int, expected: str) -> None:
    assert next_start(_at(opening), _at(after), timedelta(minutes=step)) == _at(expected)


@pytest.mark.parametrize(
    ("step", "slot", "height", "snap"),
    [
        (5, "00:15", 14, "00:05"),
        (10, "00:20", 18, "00:05"),
        (15, "00:15", 14, "00:15"),
        (20, "00:20", 18, "00:05"),
        (30, "00:30", 28, "00:15"),
        (60, "01:00", 56, "00:15"),
    ],
)
def test_the_calendar_draws_the_steps(here: World, step: int, slot: str, height: int, snap: str) -> None:
    db.run(lambda session: limit(session, start_step_minutes=step))
    frame = seen(here).frame
    assert (frame.slot, frame.slot_height, frame.snap) == (slot, height, snap)
