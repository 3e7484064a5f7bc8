"""The days of the wizard: the coming weeks, whatever day of the month it is."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests.screens.wizard_walk import RITA
from tests.screens.wizards import House
from tests.world import ZONE

LAST_OF_MONTH = datetime(2026, 11, 30, 12, tzinfo=ZONE)
"""A Monday."""
DAYS = [
    datetime(2026, 11, 1, 9, tzinfo=ZONE),
    LAST_OF_MONTH,
    datetime(2026, 12, 31, 23, 50, tzinfo=ZONE),
    datetime(2028, 2, 29, 0, 5, tzinfo=ZONE),
    datetime(2027, 1, 30, 23, 59, tzinfo=ZONE),
    datetime(2027, 3, 13, 12, tzinfo=ZONE),
]


def cells(book: Any) -> list[Any]:
    return [cell for week in book.days.weeks for cell in week]


@pytest.mark.parametrize("now", DAYS, ids=lambda now: f"{now:%F}")
async def test_the_coming_weeks_are_shown_across_the_month_s_end(book: Any, now: datetime) -> None:
    with time_machine.travel(now):
        await book.go_on(RITA)
        shown = cells(book)
        assert len(shown) == 35
        assert [date.fromisoformat(cell.day) for cell in shown] == [
            date.fromisoformat(shown[0].day) + timedelta(days=one) for one in range(35)
        ]
        past = [cell.day for cell in shown if not cell.look]
        assert all(day < f"{now:%F}" for day in past)
        assert len(past) < 7, "no row of past days"
        assert sum(cell.look == "free" for cell in shown[7:]) == 28


async def test_a_month_is_named_where_it_begins(book: Any) -> None:
    with time_machine.travel(LAST_OF_MONTH):
        await book.go_on(RITA)
        assert book.days.title == "November 2026 – January 2027"
        assert [(cell.day, cell.month) for cell in cells(book) if cell.month] == [
            ("2026-11-30", "Nov"),
            ("2026-12-01", "Dec"),
            ("2027-01-01", "Jan"),
        ]
        await book.turn_days(1)
        assert book.days.title == "January – February 2027"


async def test_paging_goes_on_where_it_ended_and_never_before_today(book: Any) -> None:
    await book.go_on(RITA)
    first = cells(book)
    assert not book.days.has_earlier
    await book.turn_days(1)
    assert date.fromisoformat(cells(book)[0].day) == date.fromisoformat(first[-1].day) + timedelta(days=1)
    await book.turn_days(-1)
    await book.turn_days(-1)
    assert cells(book) == first


async def test_far_ahead_it_ends(book: Any) -> None:
    await book.go_on(RITA)
    for _ in range(30):
        await book.turn_days(1)
    assert not book.days.has_later
    assert cells(book)[-1].look


async def test_coming_back_shows_the_weeks_of_the_day_chosen(book: Any, wizards: House) -> None:
    await book.go_on(RITA)
    await book.turn_days(1)
    chosen = cells(book)[10].day
    await book.choose_day(chosen)
    await book.turn_days(1)
    await book.go_to("client")
    await book.go_to("day")
    assert [cell.day for cell in cells(book) if cell.is_chosen] == [chosen]
