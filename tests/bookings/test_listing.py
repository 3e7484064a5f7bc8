"""Lists, the calendar and the day, each cut to what a person may see."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from models.bookings import BookingStatus
from models.catalog import Engineer
from services import bookings
from services.bookings import BookingFilters, BookingNotFound, BookingView
from services.core.access import Actor
from services.core.errors import Invalid, NotAllowed
from services.core.paging import PageRequest
from tests import cast
from tests.bookings.orders import CASH, ONLINE, PRICE, TICKED, VISITOR, book
from tests.scheduling.studio import CLIENT, FRIDAY, MAYA, NOW, A, B, at

NOON = at(FRIDAY, "12:00")


@pytest.fixture
def three(studio: Session, dana: Actor) -> tuple[BookingView, BookingView, BookingView]:
    """Nova's paid session with Maya, Vera's unsigned one in Studio B, an online mix."""
    nova = book(studio, dana, artist="Nova", engineer_id=MAYA, authorization=TICKED, payments=(CASH,))
    vera = book(studio, dana, client_id=None, client=VISITOR, room_ids=(B,), status=BookingStatus.CONFIRMED)
    return nova, vera, bookings.create(studio, dana, ONLINE, now=NOW)


def maya_the_engineer(studio: Session) -> Actor:
    actor = cast.maya(studio)
    studio.get_one(Engineer, MAYA).user_id = actor.user_id
    studio.flush()
    return replace(actor, engineer_id=MAYA)


def listed(studio: Session, actor: Actor, **filters: Any) -> list[str]:
    page = bookings.list_bookings(studio, actor, PageRequest(sort="number"), BookingFilters(**filters))
    assert page.total == len(page.data)
    return [row.number for row in page.data]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [0, 1, 2]),
        ({"q": "nova"}, [0, 2]),
        ({"q": "VERA@"}, [1]),
        ({"q": "0188"}, [1]),
        ({"q": "%"}, []),
        ({"statuses": (BookingStatus.CONFIRMED,)}, [1]),
        ({"room_id": A}, [0]),
        ({"engineer_id": MAYA}, [0]),
        ({"client_id": CLIENT}, [0, 2]),
        ({"client_id": 10**12}, []),
        ({"service": "MIX"}, [2]),
        ({"unsigned": True}, [1, 2]),
        ({"unpaid": True}, [0, 1, 2]),
        ({"first_day": date(2026, 11, 21)}, []),
        ({"first_day": FRIDAY, "last_day": FRIDAY}, [0, 1, 2]),
    ],
)
def test_filters(
    studio: Session, dana: Actor, three: tuple[BookingView, ...], filters: dict[str, Any], expected: list[int]
) -> None:
    assert listed(studio, dana, **filters) == [three[index].number for index in expected]


def test_a_page_and_its_order(studio: Session, dana: Actor, three: tuple[BookingView, ...]) -> None:
    nova, vera, online = three
    page = bookings.list_bookings(studio, dana, PageRequest(2, 2, "-number"), BookingFilters())
    assert ([row.number for row in page.data], page.total) == ([nova.number], 3)
    by_client = bookings.list_bookings(studio, dana, PageRequest(sort="-client"), BookingFilters())
    assert [row.number for row in by_client.data] == [vera.number, nova.number, online.number]


def test_a_row_tells_what_lists_show(studio: Session, dana: Actor, three: tuple[BookingView, ...]) -> None:
    row = bookings.list_bookings(studio, dana, PageRequest(sort="number"), BookingFilters()).data[0]
    assert (row.client_name, row.artist_name, row.room_names, row.engineer_name) == (
        "Nova Records",
        "Nova",
        ("Studio A",),
        "Maya",
    )
    assert (row.total_cents, row.paid_cents, row.balance_cents, row.is_signed) == (PRICE, 50_00, PRICE - 50_00, True)


def test_engineers_see_their_own_sessions_and_no_money(studio: Session, three: tuple[BookingView, ...]) -> None:
    maya = maya_the_engineer(studio)
    nova, vera, _ = three
    assert listed(studio, maya) == [nova.number]
    row = bookings.calendar(studio, maya, NOON, NOON + timedelta(hours=1), BookingFilters())[0]
    assert (row.number, row.total_cents, row.balance_cents) == (nova.number, None, None)
    assert bookings.get_booking(studio, maya, nova.number).total_cents is None
    with pytest.raises(BookingNotFound):
        bookings.get_booking(studio, maya, vera.number)


@pytest.mark.parametrize("sort", ["total", "-balance"])
def test_who_may_not_see_money_sorts_by_none(studio: Session, three: tuple[BookingView, ...], sort: str) -> None:
    maya = maya_the_engineer(studio)
    with pytest.raises(NotAllowed, match="what clients pay"):
        bookings.list_bookings(studio, maya, PageRequest(sort=sort), BookingFilters())
    with pytest.raises(NotAllowed, match="what clients pay"):
        bookings.all_bookings(studio, maya, sort, BookingFilters())


def test_who_may_not_see_money_filters_by_none(studio: Session, three: tuple[BookingView, ...]) -> None:
    maya = maya_the_engineer(studio)
    asked = BookingFilters(unpaid=True)
    for read in (
        lambda: bookings.list_bookings(studio, maya, PageRequest(), asked),
        lambda: bookings.all_bookings(studio, maya, "", asked),
        lambda: bookings.calendar(studio, maya, NOON, NOON + timedelta(hours=1), asked),
    ):
        with pytest.raises(NotAllowed, match="what clients pay"):
            read()


def test_an_order_nobody_knows_is_refused_and_names_those_there_are(studio: Session, dana: Actor) -> None:
    with pytest.raises(Invalid, match="sorts by start, number, client"):
        bookings.list_bookings(studio, dana, PageRequest(sort="mood"), BookingFilters())


def test_engineers_find_nobody_by_contact(studio: Session, dana: Actor) -> None:
    number = book(studio, dana, client_id=None, client=VISITOR, engineer_id=MAYA).number
    maya = maya_the_engineer(studio)
    assert (listed(studio, dana, q="vera@"), listed(studio, maya, q="vera@")) == ([number], [])
    assert listed(studio, maya, q="Vera") == [number]


def test_finance_reads_all_of_it(studio: Session, three: tuple[BookingView, ...]) -> None:
    assert len(listed(studio, cast.femi(studio))) == 3


@pytest.mark.parametrize("hire", [cast.ines])
def test_others_read_nothing(studio: Session, three: tuple[BookingView, ...], hire: Callable[..., Actor]) -> None:
    with pytest.raises(NotAllowed):
        listed(studio, hire(studio))


@pytest.mark.parametrize(
    ("first", "last", "seen"),
    [
        ("10:00", "12:00", 0),
        ("10:00", "12:01", 1),
        ("12:30", "13:00", 1),
        ("11:00", "15:00", 1),
        ("13:59", "15:00", 1),
        ("14:00", "15:00", 0),
    ],
)
def test_the_calendar_holds_what_meets_its_window(
    studio: Session, dana: Actor, first: str, last: str, seen: int
) -> None:
    book(studio, dana)
    rows = bookings.calendar(studio, dana, at(FRIDAY, first), at(FRIDAY, last), BookingFilters())
    assert len(rows) == seen


def test_the_calendar_leaves_out_what_is_gone_unless_asked(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana)
    bookings.cancel(studio, dana, booking.number, now=NOW)
    window = (NOON, NOON + timedelta(days=1))
    assert bookings.calendar(studio, dana, *window, BookingFilters()) == ()
    assert len(bookings.calendar(studio, dana, *window, BookingFilters(statuses=(BookingStatus.CANCELLED,)))) == 1


@pytest.mark.parametrize("length", [timedelta(0), timedelta(days=-1), timedelta(days=63)])
def test_the_calendar_shows_no_more_than_two_months(studio: Session, dana: Actor, length: timedelta) -> None:
    with pytest.raises(Invalid):
        bookings.calendar(studio, dana, NOON, NOON + length, BookingFilters())


def test_today(studio: Session, dana: Actor, three: tuple[BookingView, ...]) -> None:
    nova, vera, online = three
    day = bookings.today(studio, dana, now=at(FRIDAY, "11:00"))
    assert {row.number for row in day.sessions} == {booking.number for booking in three}
    assert [row.number for row in day.arriving] == [vera.number]
    assert {row.number for row in day.unsigned} == {vera.number, online.number}
    assert {row.number for row in day.unpaid} == {nova.number, vera.number, online.number}
    total = sum(booking.total_cents or 0 for booking in three)
    assert (day.booked_cents, day.collected_cents, day.outstanding_cents) == (total, 0, total - 50_00)


@pytest.mark.parametrize(("minutes", "is_overdue"), [(-1, False), (0, True), (24 * 60, True)])
def test_who_never_came_is_arriving_until_the_end_and_overdue_from_then_on(
    studio: Session, dana: Actor, minutes: int, is_overdue: bool
) -> None:
    sold = book(studio, dana, status=BookingStatus.CONFIRMED)
    day = bookings.today(studio, dana, now=sold.end + timedelta(minutes=minutes))
    assert [row.number for row in day.overdue] == [sold.number] * is_overdue
    assert [row.number for row in day.arriving] == [sold.number] * (not is_overdue)


def test_who_stays_past_the_end_is_overdue_until_checked_out(studio: Session, dana: Actor) -> None:
    sold = book(studio, dana, status=BookingStatus.CONFIRMED)
    bookings.check_in(studio, dana, sold.number, now=sold.start)
    later = sold.end + timedelta(minutes=30)
    assert bookings.today(studio, dana, now=sold.end - timedelta(minutes=1)).overdue == ()
    assert [row.number for row in bookings.today(studio, dana, now=later).overdue] == [sold.number]
    bookings.check_out(studio, dana, sold.number, now=later)
    assert bookings.today(studio, dana, now=later).overdue == ()


def test_the_day_of_an_engineer_has_no_money(studio: Session, three: tuple[BookingView, ...]) -> None:
    day = bookings.today(studio, maya_the_engineer(studio), now=at(FRIDAY, "11:00"))
    assert [row.number for row in day.sessions] == [three[0].number]
    assert (day.booked_cents, day.collected_cents, day.outstanding_cents, day.unpaid) == (None, None, None, ())
