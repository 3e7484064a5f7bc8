"""The same again: every conflict first, then all or those chosen, in one transaction."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlmodel import Session

from services import bookings, repeats
from services.bookings import BookingStatus, BookingView, MicChoice
from services.core.access import Actor
from services.core.errors import Conflict, Invalid
from services.pricing import Discount
from services.repeats import NotRepeated, RepeatTaken
from tests import cast
from tests.bookings.orders import ONLINE, PRICE, book, count
from tests.scheduling.studio import CHRISTMAS, FRIDAY, MAYA, NOW, U87, A, at

WEEKS = "FREQ=WEEKLY;COUNT=4"
_NIGHTS = text("""update period set "end" = '05:00' where weekday = 5 and name = 'Evening'""")
NEXT, SECOND, THIRD = (FRIDAY + timedelta(weeks=n) for n in (1, 2, 3))


@pytest.fixture
def first(studio: Session, dana: Actor) -> BookingView:
    """Fridays at noon, Studio A with Maya and a U87."""
    return book(studio, dana, engineer_id=MAYA, mics=(MicChoice(U87),), artist="Nova", notes="Vinyl", room_ids=(A,))


def noon(day: date) -> datetime:
    return at(day, "12:00")


def test_the_preview_names_every_conflict_and_stores_nothing(studio: Session, dana: Actor, first: BookingView) -> None:
    book(studio, dana, start=noon(SECOND), engineer_id=MAYA)
    before = count(studio, "booking")
    seen = repeats.preview(studio, dana, first.number, WEEKS, now=NOW)
    assert [(one.start, one.bookable) for one in seen] == [
        (noon(NEXT), True),
        (noon(SECOND), False),
        (noon(THIRD), True),
    ]
    assert seen[0].price_cents == first.total_cents
    assert {reason.resource_id for reason in seen[1].answer.reasons} == {A, MAYA}
    assert seen[1].answer.alternatives
    assert count(studio, "booking") == before


def test_all_dates_are_booked_as_the_first_was(studio: Session, dana: Actor, first: BookingView) -> None:
    made = repeats.repeat(studio, dana, first.number, WEEKS, now=NOW)
    assert [one.start for one in made] == [noon(NEXT), noon(SECOND), noon(THIRD)]
    for one in made:
        assert (one.client, one.artist, one.engineer, one.notes) == (
            first.client,
            first.artist,
            first.engineer,
            "Vinyl",
        )
        assert [room.id for room in one.rooms] == [A]
        assert (one.status, one.total_cents, len(one.mics)) == (first.status, first.total_cents, 1)
        assert one.authorization is None
    series = repeats.series_of(studio, dana, made[1].number)
    assert series.rule == WEEKS
    assert [member.number for member in series.members] == [first.number, *(one.number for one in made)]


def test_one_date_taken_and_nothing_is_booked(studio: Session, dana: Actor, first: BookingView) -> None:
    book(studio, dana, start=noon(SECOND))
    before = count(studio, "booking"), count(studio, "allocation"), count(studio, "audit_log")
    with pytest.raises(RepeatTaken) as refusal:
        repeats.repeat(studio, dana, first.number, WEEKS, now=NOW)
    assert (count(studio, "booking"), count(studio, "allocation"), count(studio, "audit_log")) == before
    (conflict,) = refusal.value.details["conflicts"]  # type: ignore[misc]
    assert conflict["start"] == "2026-12-04T12:00:00-05:00"
    assert conflict["reasons"][0]["code"] == "booked"


def test_the_chosen_dates_are_booked_without_the_others(studio: Session, dana: Actor, first: BookingView) -> None:
    book(studio, dana, start=noon(SECOND))
    made = repeats.repeat(studio, dana, first.number, WEEKS, [noon(NEXT), noon(THIRD)], now=NOW)
    assert [one.start for one in made] == [noon(NEXT), noon(THIRD)]


def test_what_is_not_a_date_of_the_rule_cannot_be_chosen(studio: Session, dana: Actor, first: BookingView) -> None:
    for chosen in ([noon(NEXT) + timedelta(hours=1)], []):
        with pytest.raises(Invalid) as refusal:
            repeats.repeat(studio, dana, first.number, WEEKS, chosen, now=NOW)
        assert refusal.value.field == "chosen"


def test_a_closed_day_is_a_conflict_of_its_own(studio: Session, dana: Actor, first: BookingView) -> None:
    seen = repeats.preview(studio, dana, first.number, "FREQ=WEEKLY;COUNT=6", now=NOW)
    (closed,) = [one for one in seen if not one.bookable]
    assert closed.start == noon(CHRISTMAS)
    assert "Christmas" in closed.answer.reasons[0].message


def test_a_time_the_clocks_skip_is_said_and_not_booked(studio: Session, dana: Actor) -> None:
    studio.execute(_NIGHTS)
    night = book(studio, dana, start=at(date(2027, 3, 7), "02:30"), minutes=60)
    (seen,) = repeats.preview(studio, dana, night.number, "FREQ=WEEKLY;COUNT=2", now=NOW)
    assert not seen.bookable
    assert seen.answer.reasons[0].message == "The clocks skip 2:30 am on Sun, Mar 14."
    with pytest.raises(RepeatTaken):
        repeats.repeat(studio, dana, night.number, "FREQ=WEEKLY;COUNT=2", now=NOW)


def test_dates_that_meet_each_other_are_refused(studio: Session, dana: Actor) -> None:
    long = book(studio, dana, minutes=14 * 60)
    with pytest.raises(Conflict):
        repeats.repeat(studio, dana, long.number, "FREQ=DAILY;COUNT=3", now=NOW)


def test_online_work_repeats_in_its_period(studio: Session, dana: Actor) -> None:
    mix = bookings.create(studio, dana, ONLINE, now=NOW)
    for _ in range(2):
        bookings.create(studio, dana, replace(ONLINE, start=noon(NEXT)), now=NOW)
    seen = repeats.preview(studio, dana, mix.number, "FREQ=WEEKLY;COUNT=3", now=NOW)
    assert [one.bookable for one in seen] == [False, True]
    assert "60 minutes left" in seen[0].answer.reasons[0].message


def test_a_percentage_off_stays_and_prices_are_those_of_the_day(studio: Session, dana: Actor) -> None:
    first = book(studio, dana, discount=Discount("regular", percent=Decimal(10)))
    (made,) = repeats.repeat(studio, dana, first.number, "FREQ=WEEKLY;COUNT=2", now=NOW)
    assert made.total_cents == PRICE * 9 // 10
    assert made.lines[-1].reason == "regular"


def test_a_hold_repeats_as_holds(studio: Session, dana: Actor) -> None:
    hold = book(studio, dana, status=BookingStatus.HOLD)
    (made,) = repeats.repeat(studio, dana, hold.number, "FREQ=WEEKLY;COUNT=2", now=NOW)
    assert made.status is BookingStatus.HOLD


def test_repeating_again_makes_the_series_longer(studio: Session, dana: Actor, first: BookingView) -> None:
    (second,) = repeats.repeat(studio, dana, first.number, "FREQ=WEEKLY;COUNT=2", now=NOW)
    (third,) = repeats.repeat(studio, dana, second.number, "FREQ=WEEKLY;COUNT=2", now=NOW)
    members = repeats.series_of(studio, dana, first.number).members
    assert [member.number for member in members] == [first.number, second.number, third.number]


def test_a_cancelled_booking_is_not_repeated(studio: Session, dana: Actor, first: BookingView) -> None:
    bookings.cancel(studio, dana, first.number, now=NOW)
    with pytest.raises(Conflict):
        repeats.preview(studio, dana, first.number, WEEKS, now=NOW)


def test_a_booking_alone_is_no_series(studio: Session, dana: Actor, first: BookingView) -> None:
    with pytest.raises(NotRepeated):
        repeats.series_of(studio, dana, first.number)


def test_engineers_see_no_prices(studio: Session, first: BookingView) -> None:
    maya = replace(cast.maya(studio), engineer_id=MAYA)
    seen = repeats.preview(studio, maya, first.number, "FREQ=WEEKLY;COUNT=2", now=NOW)
    assert [(one.bookable, one.price_cents) for one in seen] == [(True, None)]
