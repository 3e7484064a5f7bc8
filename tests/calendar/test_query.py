"""What the calendar is asked for by its address, and how it says hours and times."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from services import bookings
from services.bookings import BookingFilters, BookingRow
from services.core import clock, db
from studio_app.state.calendar.hours import Hours, hours, wall_clock
from studio_app.state.calendar.presenter import time_text
from studio_app.state.calendar.query import Asked, asked_in
from tests.screens.calendars import book
from tests.world import STUDIO, ZONE, World

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ({}, Asked(DAY)),
        ({"view": "week", "date": "2027-01-31"}, Asked(date(2027, 1, 31), "week")),
        ({"view": "year", "by": "cats", "date": "soon"}, Asked(DAY)),
        ({"room": "1,x,,3", "status": "HOLD,NONSENSE"}, Asked(DAY, rooms=(1, 3), statuses=("HOLD",))),
        ({"date": "0001-01-01"}, Asked(date(2000, 1, 1))),
    ],
)
def test_an_address_is_read_and_what_it_cannot_mean_is_left_out(query: dict[str, str], asked: Asked) -> None:
    assert asked_in(query, DAY) == asked


def test_an_address_says_what_is_shown() -> None:
    asked = Asked(DAY, "week", "engineers", (), (4, 5), ("HOLD",), "MIX")
    query = {name: value[0] for name, value in parse_qs(urlsplit(asked.href).query).items()}
    assert asked_in(query, date(2000, 1, 1)) == asked


@pytest.mark.parametrize(
    ("asked", "later", "earlier"),
    [
        (Asked(DAY), date(2026, 11, 21), date(2026, 11, 19)),
        (Asked(DAY, "week"), date(2026, 11, 27), date(2026, 11, 13)),
        (Asked(DAY, "timeline"), date(2026, 11, 27), date(2026, 11, 13)),
        (Asked(date(2027, 1, 31), "month"), date(2027, 2, 1), date(2026, 12, 1)),
        (Asked(date(2099, 12, 31)), date(2099, 12, 31), date(2099, 12, 30)),
    ],
)
def test_back_and_on_move_by_what_is_shown(asked: Asked, later: date, earlier: date) -> None:
    assert (asked.moved(1).day, asked.moved(-1).day) == (later, earlier)


def test_a_month_is_shown_in_whole_weeks() -> None:
    days = Asked(DAY, "month").days(first_weekday=6)
    assert (days[0], days[-1], len(days)) == (date(2026, 11, 1), date(2026, 12, 5), 35)


def test_a_chosen_room_is_taken_in_and_out_again() -> None:
    once = Asked(DAY).toggled("room", "7")
    assert once.rooms == (7,)
    assert once.toggled("room", "7").rooms == ()


def test_a_closed_day_has_hours_too() -> None:
    assert hours([DAY], [], [], ZONE) == Hours(10, 18)


@pytest.mark.parametrize(
    ("start", "minutes", "text"),
    [
        (datetime(2026, 11, 20, 17, tzinfo=UTC), 240, "12:00–4:00 pm"),
        (datetime(2026, 11, 21, 1, tzinfo=UTC), 360, "8:00 pm–2:00 am"),
        (datetime(2026, 11, 1, 4, tzinfo=UTC), 180, "12:00–2:00 am (EDT to EST, 3 h)"),
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), 30, "1:30–2:00 am EST"),
        (datetime(2027, 3, 14, 4, tzinfo=UTC), 240, "11:00 pm–4:00 am (EST to EDT, 4 h)"),
    ],
)
def test_times_are_the_studio_s_and_say_the_zone_when_the_clocks_change(
    start: datetime, minutes: int, text: str
) -> None:
    assert time_text(start, start + timedelta(minutes=minutes), STUDIO) == text


@pytest.mark.parametrize("day", [date(2027, 3, 14), date(2027, 11, 7), date(2027, 3, 15)])
def test_hours_are_those_of_the_wall_clock_on_days_of_23_and_25_hours(here: World, day: date) -> None:
    """A session from 7:30 to 9:30 begins in the eighth hour of every day."""
    start = clock.instant_of(datetime.combine(day, time(7, 30)), ZONE)
    made = replace(_row(here), start=start, end=start + timedelta(hours=2), business_date=day)
    assert hours([day], [], [made], ZONE) == Hours(7, 10)


@pytest.mark.parametrize(
    ("start", "minutes", "drawn"),
    [
        ("2027-11-07T05:50+00:00", 20, ("01:50", "02:10")),  # the clock shows 1:50 and then 1:10
        ("2027-11-07T05:30+00:00", 120, ("01:30", "02:30")),
        ("2027-03-14T06:30+00:00", 60, ("01:30", "03:30")),
    ],
)
def test_a_session_is_drawn_on_the_wall_clock_and_never_backwards(
    start: str, minutes: int, drawn: tuple[str, str]
) -> None:
    begins = datetime.fromisoformat(start)
    shown = wall_clock(begins, begins + timedelta(minutes=minutes), ZONE)
    assert tuple(f"{at:%H:%M}" for at in shown) == drawn


def _row(here: World) -> BookingRow:
    book(here, 12)
    (row,) = db.run(bookings.calendar, here.team["dana"], here.at(0), here.at(24), BookingFilters())
    return row
