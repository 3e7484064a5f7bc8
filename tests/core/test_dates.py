"""Times as people read them, in the way of the studio's locale."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from services.core import dates
from services.core.studio import Studio
from services.scheduling import Span, day_span
from tests.world import STUDIO

DAY = date(2026, 11, 20)
EVENING = datetime(2026, 11, 21, 1, tzinfo=UTC)
LATE = datetime(2026, 11, 21, 4, tzinfo=UTC)
NIGHT = datetime(2026, 11, 21, 7, tzinfo=UTC)
FOUR_WAYS = ("en_US", "en_GB", "de_DE", "fr_FR")


def _in(locale: str) -> Studio:
    return replace(STUDIO, locale=locale)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (dates.day_text, ("Fri, Nov 20", "Fri 20 Nov", "Fr., 20. Nov.", "ven. 20 nov.")),
        (
            dates.long_day_text,
            ("Friday, November 20", "Friday 20 November", "Freitag, 20. November", "vendredi 20 novembre"),
        ),
        (dates.full_day_text, ("Fri, Nov 20, 2026", "Fri, 20 Nov 2026", "Fr., 20. Nov. 2026", "ven. 20 nov. 2026")),
        (
            dates.long_full_day_text,
            (
                "Friday, November 20, 2026",
                "Friday, 20 November 2026",
                "Freitag, 20. November 2026",
                "vendredi 20 novembre 2026",
            ),
        ),
        (dates.short_day_text, ("Nov 20", "20 Nov", "20. Nov.", "20 nov.")),
        (dates.month_text, ("November 2026", "November 2026", "November 2026", "novembre 2026")),
        (dates.month_name, ("November", "November", "November", "novembre")),
        (dates.short_month_name, ("Nov", "Nov", "Nov", "nov.")),
        (dates.weekday_name, ("Friday", "Friday", "Freitag", "vendredi")),
        (dates.weekday_text, ("Fri", "Fri", "Fr", "ven.")),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_day(text: object, expected: tuple[str, ...]) -> None:
    assert tuple(text(DAY, _in(locale)) for locale in FOUR_WAYS) == expected  # type: ignore[operator]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2026, 11, 26), ("November 20 – 26", "20–26 November", "20.–26. November", "20–26 novembre")),
        (
            date(2026, 12, 2),
            (
                "November 20 – December 2",
                "20 November – 2 December",
                "20. November – 2. Dezember",
                "20 novembre – 2 décembre",
            ),
        ),
    ],
)
def test_days_from_one_to_another(last: date, expected: tuple[str, ...]) -> None:
    assert tuple(dates.days_between_text(DAY, last, _in(locale)) for locale in FOUR_WAYS) == expected


@pytest.mark.parametrize(
    ("locale", "at_night", "in_the_evening", "into_the_night"),
    [
        ("en_US", "11:00 pm", "Fri, Nov 20, 8:00–11:00 pm", "Fri, Nov 20, 11:00 pm–2:00 am"),
        ("en_GB", "23:00", "Fri 20 Nov, 20:00–23:00", "Fri 20 Nov, 23:00–02:00"),
        ("de_DE", "23:00", "Fr., 20. Nov., 20:00–23:00", "Fr., 20. Nov., 23:00–02:00"),
        ("fr_FR", "23:00", "ven. 20 nov., 20:00–23:00", "ven. 20 nov., 23:00–02:00"),
    ],
)
def test_a_time(locale: str, at_night: str, in_the_evening: str, into_the_night: str) -> None:
    studio = _in(locale)
    assert dates.time_text(LATE, studio) == at_night
    assert dates.session_text(EVENING, LATE, studio) == in_the_evening
    assert dates.session_text(LATE, NIGHT, studio) == into_the_night


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en_US", "Fri, Nov 20 11:00 pm–Sat, Nov 21 2:00 am"),
        ("en_GB", "Fri 20 Nov 23:00–Sat 21 Nov 02:00"),
        ("de_DE", "Fr., 20. Nov. 23:00–Sa., 21. Nov. 02:00"),
        ("fr_FR", "ven. 20 nov. 23:00–sam. 21 nov. 02:00"),
    ],
)
def test_a_refusal_names_times_in_the_same_way(locale: str, text: str) -> None:
    assert day_span(Span(LATE, NIGHT), _in(locale)) == text


def test_a_part_of_the_day_leaves_out_the_first_am_or_pm_where_both_are_the_same() -> None:
    ends = ((time(12), time(16)), (time(9), time(16)), (time(20), time(2)))
    assert [dates.hours_of_day_text(*one, STUDIO) for one in ends] == [
        "12:00–4:00 pm",
        "9:00 am–4:00 pm",
        "8:00 pm–2:00 am",
    ]


def test_a_deadline_names_the_place() -> None:
    assert dates.moment_text(LATE, STUDIO) == "Fri, Nov 20, 11:00 pm New York time"
    assert dates.full_day_time_text(LATE, STUDIO) == "Fri, Nov 20, 2026, 11:00 pm"
