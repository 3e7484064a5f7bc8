"""Rules for days, held against a slow and obvious reading of RFC 5545 and against a library's."""

from datetime import date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from services.core import recurrence
from services.core.errors import Invalid
from services.core.recurrence import Frequency, Rule

ZONE = ZoneInfo("America/New_York")
SPAN = timedelta(days=731)

one_of = st.sampled_from
some_days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
weekday = one_of(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])


def _listed(values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=3, unique=True).map(lambda found: ",".join(map(str, found)))


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules as people and programs write them, of which some cannot be meant."""
    frequency = draw(one_of(list(Frequency)))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(one_of([1, 1, 2, 3, 7, 12]))}"]
    is_long = frequency in (Frequency.MONTHLY, Frequency.YEARLY)
    numbered = st.builds("{}{}".format, one_of([1, 2, 4, 5, -1, -2]), weekday)
    nth = numbered if is_long and draw(st.booleans()) else weekday  # mixed, the library asks for both at once
    optional = {
        "BYDAY": _listed(nth),
        "BYMONTHDAY": _listed(st.integers(1, 31) | st.integers(-31, -1)),
        "BYMONTH": _listed(st.integers(1, 12)),
        "BYSETPOS": _listed(one_of([1, 2, -1])),
        "WKST": weekday,
    }
    parts += [f"{name}={draw(values)}" for name, values in optional.items() if draw(st.booleans())]
    return ";".join(parts)


def meant(text: str) -> Rule | None:
    try:
        return recurrence.parse(text, ZONE)
    except Invalid:
        return None


@settings(deadline=None)  # the library is what is slow
@given(rules(), some_days)
def test_the_days_of_a_rule_are_those_a_library_finds(text: str, first: date) -> None:
    rule = meant(text)
    if rule is None:
        return
    last = first + SPAN
    until = datetime.combine(last, time())
    ends = f"{text};UNTIL={last:%Y%m%d}T000000"  # without an end it may search for seconds
    found = rrulestr(ends, dtstart=datetime.combine(first, time()))
    expected = [at.date() for at in takewhile(lambda at: at <= until, found)]
    assert list(recurrence.days(rule, first, last)) == expected


@given(weekday, st.integers(1, 6), some_days)
def test_weeks_apart_are_counted_one_by_one(name: str, interval: int, first: date) -> None:
    rule = recurrence.parse(f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={name}", ZONE)
    monday = first - timedelta(days=first.weekday())
    expected = []
    for week in range(0, 106, interval):
        day = monday + timedelta(weeks=week, days=["MO", "TU", "WE", "TH", "FR", "SA", "SU"].index(name))
        if first <= day <= first + SPAN:
            expected.append(day)
    assert list(recurrence.days(rule, first, first + SPAN)) == expected


@given(st.text(alphabet="FREQ=WKLYDAIBNTUCOS;,-+0123456789MTHP", max_size=60))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    rule = meant(f"FREQ={text}") or meant(text)
    assert rule is None or rule.interval >= 1


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=9999;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
    ],
)
def test_parts_that_never_meet_look_at_each_day_once(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[date] = []
    fits = recurrence._is_in_turn

    def counted(rule: Rule, first: date, day: date) -> bool:
        looked.append(day)
        return fits(rule, first, day)

    monkeypatch.setattr(recurrence, "_is_in_turn", counted)
    monday = date(2026, 11, 30)
    assert list(recurrence.days(recurrence.parse(text, ZONE), monday, monday + SPAN)) == []
    assert len(looked) == len(set(looked)) <= 4 * 366
