"""Online work is sold by the minutes of a period, and never oversold."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from models.catalog import Period
from services import scheduling
from services.core.access import SYSTEM, anonymous
from services.core.errors import Invalid, NotFound
from services.core.studio import studio_info
from services.scheduling import CapacityTaken, PeriodCapacity, ReasonCode
from tests.scheduling.studio import CHRISTMAS, MONDAY, NOW, at, close

VISITOR = anonymous()
MORNING, AFTERNOON, TUESDAY_MORNING = 1, 2, 4


def sell(
    session: Session, minutes: int, day: date = MONDAY, period: int = MORNING, now: datetime = NOW
) -> PeriodCapacity:
    studio = studio_info(session)
    return scheduling.claim_capacity(session, day=day, period_id=period, minutes=minutes, studio=studio, now=now)


def refusal(
    session: Session, minutes: int, day: date = MONDAY, period: int = MORNING, now: datetime = NOW
) -> CapacityTaken:
    with pytest.raises(CapacityTaken) as refused:
        sell(session, minutes, day, period, now)
    return refused.value


def test_minutes_are_sold_until_none_are_left(studio: Session) -> None:
    assert sell(studio, 200).remaining_minutes == 40
    assert sell(studio, 40).remaining_minutes == 0

    error = refusal(studio, 1)

    assert error.message == "Morning on Mon, Nov 16 has 0 minutes left, and 1 are needed."
    assert [one.label for one in error.answer.alternatives] == [
        "Mon, Nov 16, Afternoon 2:00–6:00 pm",
        "Mon, Nov 16, Evening 6:00–11:00 pm",
        "Tue, Nov 17, Morning 10:00 am–2:00 pm",
    ]


def test_more_than_a_whole_period_is_refused(studio: Session) -> None:
    assert refusal(studio, 241).answer.reasons[0].code is ReasonCode.CAPACITY_SHORT
    assert refusal(studio, 241).answer.alternatives == ()


def test_released_minutes_can_be_sold_again(studio: Session) -> None:
    sell(studio, 240)

    scheduling.release_capacity(studio, day=MONDAY, period_id=MORNING, minutes=90)

    assert sell(studio, 90).used_minutes == 240


def test_each_service_says_whether_it_still_fits_with_its_buffer(studio: Session) -> None:
    sell(studio, 150)

    morning, afternoon, _ = scheduling.capacity(studio, VISITOR, MONDAY, NOW)

    assert (morning.name, morning.capacity_minutes, morning.used_minutes) == ("Morning", 240, 150)
    assert (morning.start, morning.end) == (at(MONDAY, "10:00"), at(MONDAY, "14:00"))
    assert [(one.code, one.minutes, one.fits, one.message) for one in morning.services] == [
        ("MIX", 90, True, ""),
        ("MASTER", 240, False, "Online Mastering needs 240 minutes, and 90 are left."),
    ]
    assert [one.fits for one in afternoon.services] == [True, True]


def test_nothing_fits_into_a_part_of_the_day_that_is_over(studio: Session) -> None:
    noon = at(MONDAY, "14:00")

    morning, afternoon, _ = scheduling.capacity(studio, VISITOR, MONDAY, noon)

    assert {(one.fits, one.message) for one in morning.services} == {(False, "Morning of that day has passed.")}
    assert all(one.fits for one in afternoon.services)


def test_the_capacity_of_the_period_counts_also_when_it_changes(studio: Session) -> None:
    sell(studio, 200)
    period = studio.get(Period, MORNING)
    assert period is not None
    period.capacity_minutes = 100
    studio.flush()

    assert scheduling.capacity(studio, VISITOR, MONDAY, NOW)[0].remaining_minutes == 0
    assert refusal(studio, 10).answer.reasons[0].code is ReasonCode.CAPACITY_SHORT
    period.capacity_minutes = 300
    studio.flush()
    assert sell(studio, 100).remaining_minutes == 0


def test_the_coming_days_are_shown_at_once(studio: Session) -> None:
    close(studio, MONDAY + timedelta(days=1), "Wiring")

    days = scheduling.capacity_days(studio, SYSTEM, MONDAY, 7)

    assert [len(periods) for periods in days.values()] == [3, 0, 3, 3, 3, 3, 0]


CASES = {
    "closure": (CHRISTMAS, 13, ReasonCode.CLOSURE, "The studio is closed on Fri, Dec 25: Christmas."),
    "another weekday": (MONDAY, TUESDAY_MORNING, ReasonCode.CLOSED, "There is no Morning on Mon, Nov 16."),
    "yesterday": (MONDAY - timedelta(days=14), MORNING, ReasonCode.PAST, "Morning of that day has passed."),
}


@pytest.mark.parametrize(("day", "period", "code", "message"), CASES.values(), ids=CASES)
def test_periods_that_are_not_on_sale_say_why(
    studio: Session, day: date, period: int, code: ReasonCode, message: str
) -> None:
    error = refusal(studio, 60, day, period)

    assert (error.answer.reasons[0].code, error.message) == (code, message)
    assert len(error.answer.alternatives) == 3


def test_a_retired_period_is_not_on_sale(studio: Session) -> None:
    period = studio.get(Period, MORNING)
    assert period is not None
    period.is_active = False
    studio.flush()

    assert refusal(studio, 60).answer.reasons[0].code is ReasonCode.CLOSED


def test_the_running_period_is_on_sale_until_it_ends(studio: Session) -> None:
    assert sell(studio, 60, now=at(MONDAY, "13:59"))
    assert refusal(studio, 60, now=at(MONDAY, "14:00")).answer.reasons[0].code is ReasonCode.PAST


@pytest.mark.parametrize("minutes", [0, -60, 10**9])
def test_minutes_that_cannot_be_meant_are_refused(studio: Session, minutes: int) -> None:
    with pytest.raises(Invalid):
        sell(studio, minutes)


def test_an_unknown_period_is_not_found(studio: Session) -> None:
    with pytest.raises(NotFound):
        sell(studio, 60, period=99_999)


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1), datetime(2040, 1, 1, tzinfo=UTC).date()])
def test_days_far_away_are_refused(studio: Session, day: date) -> None:
    with pytest.raises(Invalid):
        scheduling.capacity(studio, VISITOR, day)
