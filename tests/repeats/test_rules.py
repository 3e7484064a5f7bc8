"""When a rule falls, on the studio's wall clock."""

from datetime import date, datetime

import pytest

from services.errors import Invalid
from services.repeats.rules import MOST, instant, occurrences
from tests.scheduling.house import FRIDAY, ZONE, at

FIRST = at(FRIDAY, "20:00")


def days(rule: str, first: datetime = FIRST) -> list[str]:
    return [f"{one:%m-%d %H:%M}" for one in occurrences(rule, first, ZONE)]


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
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", ["11-27 20:00", "12-25 20:00"]),
        ("FREQ=DAILY;COUNT=3", ["11-21 20:00", "11-22 20:00"]),
    ],
)
def test_a_rule_falls_on_its_days(rule: str, expected: list[str]) -> None:
    assert days(rule) == expected


def test_the_wall_clock_stays_when_the_clocks_change() -> None:
    before = at(date(2027, 3, 7), "20:00")
    (after,) = occurrences("FREQ=WEEKLY;COUNT=2", before, ZONE)
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
        ("FREQ=WEEKLY;INTERVAL=0;COUNT=3", "no rule"),
        ("FREQ=WEEKLY;BYHOUR=3;COUNT=3", "no rule"),
        ("FREQ=WEEKLY;COUNT=3\nEXDATE:20261127", "no rule"),
        (f"FREQ=WEEKLY;COUNT=3;BYMONTH={'1,' * 100}1", "no rule"),
        ("FREQ=WEEKLY;BYDAY=ZZ;COUNT=3", "cannot be read"),
        ("FREQ=WEEKLY;UNTIL=20269999", "cannot be read"),
        ("FREQ=WEEKLY;UNTIL=20269999T000000Z", "cannot be read"),
        ("FREQ=WEEKLY", "how often or until when"),
        ("FREQ=WEEKLY;COUNT=1", "no date after"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "no date after"),
        ("FREQ=WEEKLY;UNTIL=20200101", "no date after"),
        ("FREQ=YEARLY;COUNT=9", "two years"),
        (f"FREQ=DAILY;COUNT={MOST + 2}", f"at most {MOST}"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(rule: str, why: str) -> None:
    with pytest.raises(Invalid, match=why) as refusal:
        days(rule)
    assert refusal.value.field == "rule"
