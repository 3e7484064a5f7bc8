"""What is offered: free time to the minute, starts, slots, months, engineers."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import Session, select

from models.catalog import Period, WorkingHours
from models.studio import StudioInfo
from services import scheduling
from services.core.access import SYSTEM, Actor, anonymous
from services.core.errors import Invalid, NotFound, NotSignedIn
from services.scheduling import MicRequest, ReasonCode, SlotRequest, Span
from tests.limits import limit
from tests.scheduling.studio import (
    CHRISTMAS,
    FRIDAY,
    GARAGE,
    LEO,
    MAYA,
    MONDAY,
    NIA,
    NOW,
    U87,
    ZONE,
    A,
    B,
    C,
    at,
    book,
    codes,
)

VISITOR = anonymous()
SATURDAY, SUNDAY = date(2026, 11, 21), date(2026, 11, 22)


def free(session: Session, day: date, room: int, now: datetime = NOW) -> list[tuple[str, str]]:
    found = scheduling.day_availability(session, VISITOR, day, 60, (room,), now=now)
    return [(clock(span.start), clock(span.end)) for span in found.rooms[0].free]


def starts(session: Session, day: date, minutes: int = 60, rooms: tuple[int, ...] = (A,), **more: object) -> list[str]:
    found = scheduling.day_availability(session, VISITOR, day, minutes, rooms, now=NOW, **more)  # type: ignore[arg-type]
    return [clock(one) for one in found.starts]


def clock(instant: datetime) -> str:
    return f"{instant.astimezone(ZONE):%H:%M}"


def test_free_time_is_exact_to_the_minute_and_buffers_count(studio: Session) -> None:
    book(studio, SlotRequest(at(MONDAY, "12:07"), 60, (A,), buffer_minutes=15))

    assert free(studio, MONDAY, A) == [("10:00", "12:07"), ("13:22", "23:00")]
    assert free(studio, MONDAY, B) == [("10:00", "23:00")]


def test_a_day_goes_on_past_midnight_and_shows_the_night_before(studio: Session) -> None:
    assert free(studio, FRIDAY, A) == [("10:00", "02:00")]
    assert free(studio, SATURDAY, A) == [("00:00", "02:00"), ("10:00", "02:00")]
    assert free(studio, SUNDAY, A) == [("00:00", "02:00")]
    assert starts(studio, FRIDAY)[-3:] == ["00:00", "00:30", "01:00"]


def test_a_closed_day_has_nothing_free(studio: Session) -> None:
    assert free(studio, CHRISTMAS, A) == []
    assert starts(studio, CHRISTMAS) == []


def test_starts_fit_all_the_rooms_together(studio: Session) -> None:
    book(studio, SlotRequest(at(MONDAY, "10:00"), 300, (A,)))
    book(studio, SlotRequest(at(MONDAY, "17:00"), 360, (B,)))

    assert starts(studio, MONDAY, 60, (A, B)) == ["15:00", "15:30", "16:00"]


def test_without_rooms_a_start_needs_any_room(studio: Session) -> None:
    for room in (A, B, C):
        book(studio, SlotRequest(at(MONDAY, "10:00"), 780, (room,)))
    book(studio, SlotRequest(at(MONDAY, "10:00"), 660, (GARAGE,)))

    assert starts(studio, MONDAY, 60, ()) == ["21:00", "21:30", "22:00"]


def test_the_buffer_of_the_service_is_kept_before_the_next_session(studio: Session) -> None:
    book(studio, SlotRequest(at(MONDAY, "12:00"), 660, (A,)))

    assert starts(studio, MONDAY, 60) == ["10:00", "10:30", "11:00"]
    assert starts(studio, MONDAY, 60, service="RECORDING") == ["10:00", "10:30"]


def test_an_engineer_narrows_the_starts(studio: Session) -> None:
    assert starts(studio, FRIDAY, 420, (C,), engineer_id=NIA) == ["12:00", "12:30", "13:00"]
    assert starts(studio, FRIDAY, 60, (C,), engineer_id=LEO) == []


def test_what_has_passed_is_not_offered(studio: Session) -> None:
    now = at(MONDAY, "21:10")
    limit(studio, lead_hours=0)

    assert free(studio, MONDAY, A, now) == [("21:10", "23:00")]
    found = scheduling.day_availability(studio, VISITOR, MONDAY, 60, (A,), now=now)
    assert [clock(one) for one in found.starts] == ["21:30", "22:00"]


def test_an_open_round_the_clock_studio_joins_its_days(studio: Session) -> None:
    limit(studio, longest_minutes=24 * 60)
    for period in studio.exec(select(Period)):
        period.start, period.end = period.start.replace(0), period.start.replace(0)
    studio.flush()

    assert free(studio, MONDAY, A) == [("00:00", "00:00")]
    assert len(starts(studio, MONDAY, 24 * 60)) == 48


SPRING, AUTUMN = date(2027, 3, 14), date(2027, 11, 7)


@pytest.mark.parametrize(("eve", "hours"), [(SPRING, 7), (AUTUMN, 9), (date(2027, 3, 21), 8)])
def test_a_night_is_an_hour_shorter_in_spring_and_longer_in_autumn(studio: Session, eve: date, hours: int) -> None:
    """Open from 22:00 to 6:00 across the change: what can be sold is real elapsed time."""
    limit(studio, horizon_days=400)
    saturday = studio.get(Period, 18)
    assert saturday is not None
    saturday.start, saturday.end = saturday.start.replace(22), saturday.end.replace(6)
    studio.flush()
    day = eve - timedelta(days=1)

    found = scheduling.day_availability(studio, VISITOR, day, hours * 60, (A,), now=NOW)
    longer = scheduling.day_availability(studio, VISITOR, day, hours * 60 + 1, (A,), now=NOW)

    assert [clock(one) for one in found.starts if one >= at(day, "22:00")] == ["22:00"]
    assert [one for one in longer.starts if one >= at(day, "22:00")] == []


@pytest.mark.parametrize(
    ("opens", "shuts", "hours"), [("20:00", "01:30", 5.5), ("20:00", "01:00", 5), ("20:00", "02:00", 7)]
)
def test_hours_that_end_in_the_hour_that_comes_twice_end_the_first_time(
    studio: Session, opens: str, shuts: str, hours: float
) -> None:
    """The ledger, which SQL reads, and what Python says of the same local time are one instant."""
    limit(studio, horizon_days=400)
    saturday = AUTUMN - timedelta(days=1)
    night = studio.get_one(Period, 18)
    night.start, night.end = time.fromisoformat(opens), time.fromisoformat(shuts)
    studio.flush()
    found = scheduling.day_availability(studio, VISITOR, saturday, 60, (A,), now=NOW)
    assert found.rooms[0].free[-1] == Span(at(saturday, opens), at(AUTUMN, shuts))
    assert at(AUTUMN, shuts) - at(saturday, opens) == timedelta(hours=hours)
    evening = scheduling.capacity(studio, VISITOR, saturday)[-1]
    assert (evening.start, evening.end) == (at(saturday, opens), at(AUTUMN, shuts))


def test_an_engineers_hours_end_with_the_studios_on_that_night(studio: Session) -> None:
    saturday, night = AUTUMN - timedelta(days=1), studio.get_one(Period, 18)
    night.start = time(20)
    night.end = time(3)
    week = {one.weekday: one for one in studio.exec(select(WorkingHours).where(WorkingHours.resource_id == LEO))}
    week[5].start, week[5].end = time(20), time(1, 30)
    studio.delete(week[6])
    studio.flush()
    choice = SlotRequest(at(saturday, "23:00"), 150, (A,), engineer_id=LEO)
    assert codes(studio, choice) == []
    assert codes(studio, replace(choice, minutes=151)) == [ReasonCode.NOT_WORKING]


def test_a_session_across_the_clock_change_takes_its_real_length(studio: Session) -> None:
    limit(studio, horizon_days=400)
    saturday = date(2027, 11, 6)
    night = studio.get(Period, 18)
    assert night is not None
    night.end = night.end.replace(3)
    studio.flush()
    book(studio, SlotRequest(at(saturday, "23:00"), 240, (A,)))

    assert free(studio, saturday, A)[1:] == [("10:00", "23:00"), ("02:00", "03:00")]


def test_other_zones_have_their_own_midnight(studio: Session) -> None:
    info = studio.get(StudioInfo, 1)
    assert info is not None
    info.time_zone = "Asia/Kathmandu"
    studio.flush()

    found = scheduling.day_availability(studio, VISITOR, MONDAY, 60, (A,), now=NOW)

    assert found.rooms[0].free == (Span(at_utc(4, 15), at_utc(17, 15)),)
    assert found.starts[0] == at_utc(4, 15)


def at_utc(hour: int, minute: int) -> datetime:
    return NOW.replace(day=16, hour=hour, minute=minute)


def test_slots_are_every_half_hour_and_say_which_are_free(studio: Session) -> None:
    book(studio, SlotRequest(at(MONDAY, "11:00"), 60, (A,), mics=(MicRequest(U87, 2),)))

    found = scheduling.slots(studio, VISITOR, MONDAY, 120, (B,), mics=(MicRequest(U87, 1),), now=NOW)

    assert len(found) == 26
    taken = [clock(slot.start) for slot in found if not slot.is_free]
    assert taken == ["10:00", "10:30", "11:00", "11:30", "21:30", "22:00", "22:30"]


def test_a_month_shows_which_days_have_room(studio: Session) -> None:
    book(studio, SlotRequest(at(MONDAY, "10:00"), 780, (A, B)))

    days = scheduling.month_availability(studio, VISITOR, MONDAY, 7, 60, (A,), now=NOW)

    assert list(days) == [MONDAY + timedelta(days=n) for n in range(7)]
    assert [day for day, has_room in days.items() if not has_room] == [MONDAY]
    assert scheduling.month_availability(studio, VISITOR, MONDAY, 1, 60, now=NOW) == {MONDAY: True}


@pytest.mark.parametrize("day", [CHRISTMAS, date(2026, 11, 8)])
def test_closed_and_past_days_have_no_room(studio: Session, day: date) -> None:
    assert scheduling.month_availability(studio, VISITOR, day, 1, 60, now=NOW) == {day: False}


def test_engineers_of_all_the_rooms_are_offered_free_ones_first(studio: Session) -> None:
    book(studio, SlotRequest(at(FRIDAY, "12:00"), 60, (B,), engineer_id=MAYA))

    found = scheduling.engineer_choices(studio, VISITOR, SlotRequest(at(FRIDAY, "12:00"), 60, (A,)), now=NOW)

    assert [(one.engineer_id, one.is_free, one.is_primary) for one in found] == [
        (LEO, True, False),
        (NIA, True, False),
        (MAYA, False, True),
    ]
    assert found[2].why_not == "Maya is booked 12:00–1:00 pm."
    both = scheduling.engineer_choices(studio, VISITOR, SlotRequest(at(MONDAY, "12:00"), 60, (A, B)), now=NOW)
    assert [(one.engineer_id, one.why_not) for one in both] == [
        (MAYA, ""),
        (NIA, "Nia does not work 12:00–1:00 pm."),
    ]


@pytest.mark.parametrize(
    ("day", "minutes", "more", "error"),
    [
        (MONDAY, 0, {}, Invalid),
        (MONDAY, 10**9, {}, Invalid),
        (date(9999, 12, 31), 60, {}, Invalid),
        (date(1, 1, 1), 60, {}, Invalid),
        (MONDAY, 60, {"room_ids": (999,)}, NotFound),
        (MONDAY, 60, {"room_ids": (10**15,)}, NotFound),
        (MONDAY, 60, {"engineer_id": A}, NotFound),
        (MONDAY, 60, {"service": "NOTHING"}, NotFound),
    ],
)
def test_questions_that_cannot_be_meant_are_refused(
    studio: Session, day: date, minutes: int, more: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        scheduling.day_availability(studio, VISITOR, day, minutes, now=NOW, **more)  # type: ignore[arg-type]


def test_availability_is_asked_with_a_permission(studio: Session) -> None:
    assert scheduling.day_availability(studio, SYSTEM, MONDAY, 60, now=NOW).starts
    with pytest.raises(NotSignedIn):
        scheduling.day_availability(studio, Actor(), MONDAY, 60, now=NOW)
