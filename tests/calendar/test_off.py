"""Who is off is hatched in the calendar by engineers."""

from datetime import time, timedelta

from services import catalog, scheduling
from services.catalog import WeekStretch
from services.core import db
from services.core.access import SYSTEM
from studio_app.state.calendar.presenter import Event
from tests.screens.calendars import seen
from tests.world import World


def _works(here: World, start: str, end: str, *, weekday: int | None = None) -> None:
    """Maya, on the day of the story alone."""
    day = here.day.weekday() if weekday is None else weekday
    week = (WeekStretch(weekday=day, start=time.fromisoformat(start), end=time.fromisoformat(end)),)
    db.run(catalog.set_working_hours, SYSTEM, here.maya, week)


def _off(here: World, **query: str) -> list[Event]:
    return [one for one in seen(here, by="engineers", **query).events if one.tone == "off"]


def test_the_hours_before_and_after_work_are_hatched(here: World) -> None:
    _works(here, "12:00", "20:00")
    off = [one for one in _off(here) if one.columns == (str(here.maya),)]
    day, night = here.day.isoformat(), (here.day + timedelta(days=1)).isoformat()
    assert [(one.start, one.end) for one in off] == [
        (f"{day}T08:00", f"{day}T12:00"),
        (f"{day}T20:00", f"{night}T02:00"),
    ]
    assert {one.kind for one in off} == {"block"}
    notes = {one.title: one.note for one in seen(here, by="engineers").columns}
    assert notes["Maya Lind"] == "12:00–8:00 pm"


def test_a_day_off_is_hatched_whole_by_the_hour_and_by_the_day(here: World) -> None:
    _works(here, "12:00", "20:00", weekday=(here.day.weekday() + 2) % 7)
    (by_hour,) = [one for one in _off(here) if one.columns == (str(here.maya),)]
    assert by_hour.start == f"{here.day}T08:00"
    assert {one.title: one.note for one in seen(here, by="engineers").columns}["Maya Lind"] == "off"
    by_day = [one.start for one in _off(here, view="week") if one.columns == (str(here.maya),)]
    assert here.day.isoformat() in by_day
    assert len(by_day) == 6


def test_extra_time_is_not_hatched(here: World) -> None:
    _works(here, "12:00", "20:00")
    db.run(catalog.add_extra_availability, SYSTEM, here.maya, here.at(8), here.at(12), "")
    off = [one for one in _off(here) if one.columns == (str(here.maya),)]
    assert [one.end[11:] for one in off] == ["02:00"]


def test_by_rooms_and_in_a_month_nobody_is_hatched(here: World) -> None:
    _works(here, "12:00", "20:00")
    assert [one for one in seen(here).events if one.tone == "off"] == []
    assert _off(here, view="month") == []


def test_an_engineer_sees_when_they_are_off_themselves(here: World) -> None:
    _works(here, "12:00", "20:00")
    own = [one for one in seen(here, "maya").events if one.tone == "off"]
    assert {one.columns for one in own} == {(str(here.maya),)}
    spans = db.run(scheduling.engineers_at_work, here.team["maya"], here.day, 1)
    assert list(spans) == [here.maya]
