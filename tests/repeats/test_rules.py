"""When a rule falls, on the studio's wall clock."""

from datetime import date, datetime, timedelta

import pytest

from services.core.errors import Invalid
from services.repeats.rules import MOST, instant, occurrences
from tests.scheduling.studio import FRIDAY, ZONE, at
from tests.world import STUDIO

FIRST = at(FRIDAY, "20:00")


def days(rule: str, first: datetime = FIRST) -> list[str]:
    return [f"{one:%m-%d %H:%M}" for one in occurrences(rule, first, STUDIO)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["11-27 20:00", "12-04 20:00"]),
        ("freq=weekly;count=2", ["11-27 20:00"]),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3", ["12-04 20:00", "12-18 20:00"]),
        ("FREQ=WEEKLY;UNTIL=20261204", ["11-27 20:00", "12-04 20:00"]),
        ("FREQ=WEEKLY;UNTIL=20261205T010000Z", ["11-27 20:00", "12-04 20:00"]),
        ("FREQ=WEEKLY;UNTIL=20261205T005900Z", ["11-27 20:00"]),
        ("FREQ=WEEKLY;BYDAY=FR,SA;COUNT=4", ["11-21 20:00", "11-27 20:00", "11-28 20:00"]),
        ("FREQ=MONTHLY;COUNT=3", ["12-20 20:00", "01-20 20:00"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", ["11-27 20:00", "12-25 20:00"]),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5;COUNT=2", ["03-05 20:00"]),
        ("FREQ=YEARLY;BYDAY=MO;BYSETPOS=1;COUNT=2", ["01-04 20:00"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", ["11-30 20:00", "12-31 20:00"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["11-30 20:00"]),
        ("FREQ=DAILY;COUNT=3", ["11-21 20:00", "11-22 20:00"]),
    ],
)
def test_a_rule_falls_on_its_days(rule: str, expected: list[str]) -> None:
    assert days(rule) == expected


@pytest.mark.parametrize(
    ("first", "rule", "says"),
    [
        (date(2028, 2, 29), "FREQ=YEARLY;COUNT=2", "Sunday, February 29, 2032"),
        (date(2096, 2, 29), "FREQ=YEARLY;COUNT=2", "Friday, February 29, 2104"),
        (date(2026, 11, 20), "FREQ=YEARLY;INTERVAL=3;COUNT=2", "Tuesday, November 20, 2029"),
    ],
)
def test_a_date_that_comes_again_too_late_is_said(first: date, rule: str, says: str) -> None:
    with pytest.raises(Invalid) as refused:
        days(rule, at(first, "20:00"))
    assert refused.value.message == f"The next date of that rule is {says}; repeat for at most two years."


def test_the_wall_clock_stays_when_the_clocks_change() -> None:
    before = at(date(2027, 3, 7), "20:00")
    (after,) = occurrences("FREQ=WEEKLY;COUNT=2", before, STUDIO)
    assert f"{after:%m-%d %H:%M}" == "03-14 20:00"
    assert instant(after, ZONE) == at(after.date(), "20:00")


def test_a_time_the_clocks_skip_has_no_instant() -> None:
    assert instant(datetime.fromisoformat("2027-03-14T02:30"), ZONE) is None


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("", "no rule"),
        ("every friday", "no rule"),
        ("COUNT=3", "no rule"),
        ("FREQ=HOURLY;COUNT=3", "no rule"),
        ("FREQ=WEEKLY;INTERVAL=0;COUNT=3", "cannot be read: INTERVAL=0"),
        ("FREQ=WEEKLY;BYHOUR=3;COUNT=3", "no rule"),
        ("FREQ=WEEKLY;COUNT=3\nEXDATE:20261127", "no rule"),
        (f"FREQ=WEEKLY;COUNT=3;BYMONTH={'1,' * 100}1", "no rule"),
        ("FREQ=WEEKLY;BYDAY=ZZ;COUNT=3", "cannot be read"),
        ("FREQ=WEEKLY;BYDAY=54MO;COUNT=3", "cannot be read: BYDAY"),
        ("FREQ=WEEKLY;BYMONTH=13;COUNT=3", "cannot be read: BYMONTH"),
        ("FREQ=WEEKLY;BYMONTH=1,;COUNT=3", "cannot be read: BYMONTH"),
        ("FREQ=MONTHLY;BYMONTHDAY=0;COUNT=3", "cannot be read: BYMONTHDAY"),
        ("FREQ=WEEKLY;WKST=XX;COUNT=3", "cannot be read: WKST"),
        ("FREQ=WEEKLY;COUNT=3;COUNT=4", "given twice"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20261204", "not both"),
        ("FREQ=WEEKLY;BYDAY=1MO;COUNT=3", "by months or years"),
        ("FREQ=WEEKLY;BYMONTHDAY=3;COUNT=3", "FREQ=MONTHLY"),
        ("FREQ=WEEKLY;BYSETPOS=1;COUNT=3", "BYSETPOS needs"),
        ("FREQ=YEARLY;BYMONTHDAY=5;COUNT=3", "every month: add BYMONTH"),
        ("FREQ=YEARLY;BYDAY=MO;COUNT=3", "every week of the year"),
        ("FREQ=WEEKLY;UNTIL=20291204", "two years"),
        ("FREQ=WEEKLY;UNTIL=20269999", "cannot be read"),
        ("FREQ=WEEKLY;UNTIL=20269999T000000Z", "cannot be read"),
        ("FREQ=WEEKLY;UNTIL=00010101T000000Z", "cannot be read"),
        ("FREQ=WEEKLY", "how often or until when"),
        ("FREQ=WEEKLY;COUNT=1", "no date after"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "never fall on the same day"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU;COUNT=5", "never fall on the same day"),
        ("FREQ=DAILY;INTERVAL=9999;BYMONTH=2;BYMONTHDAY=31;UNTIL=20281101", "no date after"),
        ("FREQ=WEEKLY;UNTIL=20200101", "no date after"),
        ("FREQ=YEARLY;COUNT=9", "two years: 3 sessions"),
        (f"FREQ=DAILY;COUNT={MOST + 2}", f"at most {MOST}"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(rule: str, why: str) -> None:
    with pytest.raises(Invalid, match=why) as refusal:
        days(rule)
    assert refusal.value.field == "rule"


@pytest.mark.parametrize(
    "first", [FIRST, at(FRIDAY - timedelta(days=1), "20:00"), at(FRIDAY - timedelta(days=2), "20:00")]
)
def test_count_is_how_many_sessions_there_are_in_the_end_whatever_day_the_first_is(first: datetime) -> None:
    assert len(days("FREQ=WEEKLY;BYDAY=FR;COUNT=4", first)) == 3
