"""When a session that was wished for may begin, also in the nights when the clocks change."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from models.waitlist import WaitlistWish
from services.waitlist.rules import start_spans
from tests.scheduling.studio import FRIDAY, ZONE, at

SPRING, AUTUMN = date(2027, 3, 14), date(2026, 11, 1)


def spans(first: date = FRIDAY, last: date = FRIDAY, **fields: Any) -> list[tuple[datetime, datetime]]:
    wish = WaitlistWish(
        token="t", client_id=1, service_id=1, first_day=first, last_day=last, **{"minutes": 120, **fields}
    )
    return [(span.start, span.end) for span in start_spans(wish, ZONE) or ()]


@pytest.mark.parametrize(
    ("hours", "last"),
    [((time(12), time(16)), "14:00"), ((time(22), time(2)), "23:59"), ((time(12), time(14)), "12:00")],
)
def test_with_hours_it_ends_within_them(hours: tuple[time, time], last: str) -> None:
    ((start, end),) = spans(not_before=hours[0], not_after=hours[1])
    assert start == at(FRIDAY, f"{hours[0]:%H:%M}")
    assert (end - at(FRIDAY, last)).total_seconds() <= 120


def test_each_day_has_its_hours() -> None:
    assert len(spans(last=date(2026, 11, 24), not_before=time(12), not_after=time(16))) == 5


@pytest.mark.parametrize(
    ("day", "starts", "ends"),
    [
        (SPRING, datetime(2027, 3, 14, 5, tzinfo=UTC), datetime(2027, 3, 14, 6, 1, tzinfo=UTC)),
        (AUTUMN, datetime(2026, 11, 1, 4, tzinfo=UTC), datetime(2026, 11, 1, 7, 1, tzinfo=UTC)),
    ],
    ids=["an hour less in spring", "an hour more in autumn"],
)
def test_hours_over_a_change_of_the_clocks_are_real_hours(day: date, starts: datetime, ends: datetime) -> None:
    assert spans(day, day, not_before=time(0), not_after=time(5), minutes=180) == [(starts, ends)]
