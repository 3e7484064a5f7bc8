"""A series changes together: this one, it and the following, or all that are still to come."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import Session

from services import bookings, repeats
from services.bookings import BookingStatus, BookingView
from services.changes import Change, NoChange
from services.core.access import Actor
from services.core.errors import Conflict, Invalid
from services.repeats import NotRepeated, RepeatTaken, Scope
from tests.bookings.orders import book, count
from tests.scheduling.studio import FRIDAY, MAYA, NIA, NOW, B, C, at

WEEKS = "FREQ=WEEKLY;COUNT=4"
FRIDAYS = [FRIDAY + timedelta(weeks=n) for n in range(4)]


@pytest.fixture
def series(studio: Session, dana: Actor) -> list[BookingView]:
    """Four Fridays at noon in Studio A with Maya."""
    first = book(studio, dana, engineer_id=MAYA)
    return [first, *repeats.repeat(studio, dana, first.number, WEEKS, now=NOW)]


def starts(session: Session, actor: Actor, series: list[BookingView]) -> list[str]:
    found = (bookings.get_booking(session, actor, one.number) for one in series)
    return [f"{one.start.astimezone(at(FRIDAY, '12:00').tzinfo):%m-%d %H:%M}" for one in found]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope.THIS, ["11-20 17:00", "11-27 19:00", "12-04 17:00", "12-11 17:00"]),
        (Scope.FOLLOWING, ["11-20 17:00", "11-27 19:00", "12-04 19:00", "12-11 19:00"]),
        (Scope.ALL, ["11-20 19:00", "11-27 19:00", "12-04 19:00", "12-11 19:00"]),
    ],
)
def test_a_new_time_counts_for_the_scope(
    studio: Session, dana: Actor, series: list[BookingView], scope: Scope, expected: list[str]
) -> None:
    change = Change(start=at(FRIDAYS[1], "14:00"))
    repeats.change_series(studio, dana, series[1].number, change, scope, now=NOW)
    assert starts(studio, dana, series) == expected


@pytest.mark.parametrize("weeks", [-1, 1])
def test_a_series_moves_onto_its_own_old_dates(
    studio: Session, dana: Actor, series: list[BookingView], weeks: int
) -> None:
    change = Change(start=series[2].start + timedelta(weeks=weeks))
    later = repeats.change_series(studio, dana, series[2].number, change, Scope.FOLLOWING, now=NOW) if weeks > 0 else ()
    if weeks < 0:
        bookings.cancel(studio, dana, series[1].number, now=NOW)
        later = repeats.change_series(studio, dana, series[2].number, change, Scope.FOLLOWING, now=NOW)
    assert [one.start for one in later] == [one.start + timedelta(weeks=weeks) for one in series[2:]]


def test_rooms_and_engineer_change_for_all(studio: Session, dana: Actor, series: list[BookingView]) -> None:
    change = Change(room_ids=(B,), engineer_id=NIA)
    changed = repeats.change_series(studio, dana, series[0].number, change, Scope.ALL, now=NOW)
    assert {(one.rooms[0].id, one.engineer.id if one.engineer else None) for one in changed} == {(B, NIA)}


def test_the_preview_says_what_each_would_cost_and_stores_nothing(
    studio: Session, dana: Actor, series: list[BookingView]
) -> None:
    before = count(studio, "booking_line"), count(studio, "booking_change"), count(studio, "delivery")
    change = Change(minutes=180)
    seen = repeats.preview_series(studio, dana, series[0].number, change, Scope.ALL, now=NOW)
    assert [(one.number, one.bookable, one.price_difference_cents) for one in seen] == [
        (one.number, True, 9000) for one in series
    ]
    assert (count(studio, "booking_line"), count(studio, "booking_change"), count(studio, "delivery")) == before
    assert starts(studio, dana, series)[0] == "11-20 17:00"


def test_one_that_cannot_and_none_is_changed(studio: Session, dana: Actor, series: list[BookingView]) -> None:
    book(studio, dana, room_ids=(C,), start=series[2].start)
    before = count(studio, "booking_change"), count(studio, "audit_log")
    with pytest.raises(RepeatTaken) as refusal:
        repeats.change_series(studio, dana, series[0].number, Change(room_ids=(C,)), Scope.ALL, now=NOW)
    assert len(refusal.value.details["conflicts"]) == 2 + 2  # type: ignore[arg-type]
    assert (count(studio, "booking_change"), count(studio, "audit_log")) == before


def test_one_that_is_so_already_stays_as_it_is(studio: Session, dana: Actor, series: list[BookingView]) -> None:
    change = Change(room_ids=(B,))
    repeats.change_series(studio, dana, series[2].number, change, Scope.THIS, now=NOW)
    changed = repeats.change_series(studio, dana, series[0].number, change, Scope.ALL, now=NOW)
    assert [one.number for one in changed] == [series[0].number, series[1].number, series[3].number]
    with pytest.raises(NoChange):
        repeats.change_series(studio, dana, series[0].number, change, Scope.ALL, now=NOW)


def test_what_is_over_or_cancelled_stays_as_it_is(studio: Session, dana: Actor, series: list[BookingView]) -> None:
    bookings.cancel(studio, dana, series[3].number, now=NOW)
    now = series[0].end
    changed = repeats.change_series(studio, dana, series[1].number, Change(room_ids=(B,)), Scope.ALL, now=now)
    assert [one.number for one in changed] == [series[1].number, series[2].number]
    with pytest.raises(Conflict):
        repeats.change_series(studio, dana, series[0].number, Change(room_ids=(B,)), Scope.ALL, now=now)


def test_the_following_are_cancelled(studio: Session, dana: Actor, series: list[BookingView]) -> None:
    gone = repeats.cancel_series(studio, dana, series[2].number, Scope.FOLLOWING, "On tour", now=NOW)
    assert [(one.number, one.status) for one in gone] == [(one.number, BookingStatus.CANCELLED) for one in series[2:]]
    assert bookings.get_booking(studio, dana, series[1].number).status is BookingStatus.PENDING


def test_a_booking_alone_has_nothing_to_change_with(studio: Session, dana: Actor) -> None:
    alone = book(studio, dana)
    with pytest.raises(NotRepeated):
        repeats.change_series(studio, dana, alone.number, Change(room_ids=(B,)), Scope.ALL, now=NOW)


def test_bad_input_names_its_field(studio: Session, dana: Actor, series: list[BookingView]) -> None:
    with pytest.raises(Invalid) as refusal:
        repeats.change_series(studio, dana, series[0].number, Change(minutes=-5), Scope.ALL, now=NOW)
    assert refusal.value.field == "minutes"


def test_the_wall_clock_moves_by_the_same_across_a_clock_change(studio: Session, dana: Actor) -> None:
    first = book(studio, dana, start=at(FRIDAY.replace(year=2027, month=3, day=6), "20:00"))
    (second,) = repeats.repeat(studio, dana, first.number, "FREQ=WEEKLY;INTERVAL=2;COUNT=2", now=NOW)
    change = Change(start=at(FRIDAY.replace(year=2027, month=3, day=6), "21:00"))
    changed = repeats.change_series(studio, dana, first.number, change, Scope.ALL, now=NOW)
    assert changed[1].start == at(FRIDAY.replace(year=2027, month=3, day=20), "21:00")
    assert changed[1].start - second.start == timedelta(hours=1)


SPRING = date(2027, 3, 14)
"""The clocks go forward at two."""


@pytest.fixture
def saturdays(studio: Session, dana: Actor) -> list[BookingView]:
    first = book(studio, dana, start=at(SPRING - timedelta(days=8), "12:00"))
    return [first, *repeats.repeat(studio, dana, first.number, "FREQ=WEEKLY;COUNT=3", now=NOW)]


@pytest.mark.parametrize("asked", [0, 1])
def test_an_hour_that_does_not_exist_is_one_conflict_among_the_others(
    studio: Session, dana: Actor, saturdays: list[BookingView], asked: int
) -> None:
    day = SPRING + timedelta(weeks=asked - 1)
    change = Change(start=datetime.combine(day, time(2, 30)))
    seen = repeats.preview_series(studio, dana, saturdays[asked].number, change, Scope.ALL, now=NOW)
    assert [one.number for one in seen] == [one.number for one in saturdays]
    assert [reason.message for reason in seen[1].reasons] == ["The clocks skip 2:30 am on Sun, Mar 14."]
    assert not any("skip" in reason.message for one in (seen[0], seen[2]) for reason in one.reasons)
    with pytest.raises(RepeatTaken) as refusal:
        repeats.change_series(studio, dana, saturdays[asked].number, change, Scope.ALL, now=NOW)
    assert "The clocks skip" in str(refusal.value.details["conflicts"])
