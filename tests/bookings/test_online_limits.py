"""How much of the studio strangers may hold without paying, and what the public page alone sells."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from models.bookings import BookingStatus
from models.catalog import Room, RoomStatus, Service
from services import bookings, online
from services.bookings import BookingView
from services.clients import NewClient
from services.core import db
from services.core.access import Actor, anonymous
from services.core.errors import Conflict, DomainError, Invalid
from services.online import TooMany
from services.scheduling import SlotTaken
from tests import cast
from tests.bookings.orders import CASH, ONLINE, ORDER, TICKED, VISITOR, book
from tests.bookings.test_races import at_once
from tests.limits import LOOSE, limit
from tests.scheduling.studio import FRIDAY, MONDAY, NOW, A, B, C, at, furnish_database

PUBLIC = replace(ORDER, client_id=None, client=VISITOR, authorization=TICKED)


def visit(ip: str = "203.0.113.9") -> Actor:
    return anonymous(ip, "Safari")


def someone(number: int) -> NewClient:
    return NewClient(f"Visitor {number}", f"visitor{number}@example.com", f"+1212555{1000 + number}")


def book_online(session: Session, ip: str = "203.0.113.9", now: datetime = NOW, **changes: Any) -> BookingView:
    return bookings.create_public(session, visit(ip), replace(PUBLIC, **changes), now=now)


def refusal(session: Session, **changes: Any) -> str:
    with pytest.raises(DomainError) as refused:
        book_online(session, **changes)
    return refused.value.code


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("authorization", {"authorization": None}),
        ("minutes", {"minutes": 1}),
        ("minutes", {"minutes": 23 * 60}),
        ("start", {"start": at(FRIDAY, "15:07")}),
        ("start", {"start": at(FRIDAY, "15:00") + timedelta(weeks=40)}),
        ("start", {"now": at(FRIDAY, "11:30")}),
        ("rooms", {"room_ids": (C,)}),
        ("service", {"service": "BACK_ROOM"}),
        ("minutes", {"mode": ONLINE.mode, "service": "MIX", "period": "Morning", "room_ids": (), "minutes": 1}),
        (
            "start",
            {
                "mode": ONLINE.mode,
                "service": "MIX",
                "period": "Morning",
                "room_ids": (),
                "start": at(FRIDAY, "12:00") + timedelta(weeks=40),
            },
        ),
    ],
)
def test_only_what_the_page_offers_is_sold_quoted_or_booked(
    studio: Session, field: str, changes: dict[str, Any]
) -> None:
    room = studio.get_one(Room, C)
    room.status = RoomStatus.MAINTENANCE
    recording = studio.exec(text("select * from service where code = 'RECORDING'")).mappings().one()
    studio.add(Service(**{**recording, "id": 999, "code": "BACK_ROOM", "is_visible": False}))
    studio.flush()
    with pytest.raises(Invalid) as refused:
        book_online(studio, **changes)
    assert refused.value.field == field
    if field != "authorization":
        now = changes.pop("now", NOW)
        with pytest.raises(Invalid) as quoted:
            bookings.quote(studio, visit(), replace(PUBLIC, **changes), now=now)
        assert quoted.value.message == refused.value.message


def test_staff_sell_any_of_it(studio: Session) -> None:
    odd = book(studio, cast.dana(studio), start=at(FRIDAY, "15:07"), minutes=13)
    assert odd.minutes == 13


def test_a_client_holds_few_bookings_unpaid(studio: Session) -> None:
    limit(studio, unpaid_bookings=2)
    first = book_online(studio)
    book_online(studio, start=at(FRIDAY, "16:00"), ip="198.51.100.4")
    again = {"start": at(FRIDAY, "20:00"), "ip": "198.51.100.5"}
    assert refusal(studio, **again) == "too_many_unpaid"
    other_phone = replace(VISITOR, phone="+12125550100")
    assert refusal(studio, **again, client=other_phone) == "too_many_unpaid"
    bookings.record_payment(studio, cast.dana(studio), first.number, CASH, now=NOW)
    assert book_online(studio, **again).status is BookingStatus.PENDING


def test_what_nobody_paid_in_time_counts_no_more(studio: Session) -> None:
    limit(studio, unpaid_bookings=1)
    due = book_online(studio).deposit_due_at
    assert due is not None
    assert refusal(studio, start=at(FRIDAY, "16:00"), now=due - timedelta(minutes=1)) == "too_many_unpaid"
    assert book_online(studio, start=at(FRIDAY, "16:00"), now=due)


def test_a_client_holds_few_hours_of_rooms_unpaid(studio: Session) -> None:
    limit(studio, unpaid_hours=8, unpaid_room_pct=100)
    book_online(studio, room_ids=(A, B), minutes=180)
    with pytest.raises(Conflict) as refused:
        book_online(studio, start=at(FRIDAY, "18:00"), minutes=180)
    assert "2 h are left" in refused.value.message
    assert book_online(studio, start=at(FRIDAY, "18:00"), minutes=120)


def test_strangers_hold_a_share_of_a_rooms_week(studio: Session) -> None:
    """Open 83 hours a week: a fifth is 16.6 of them."""
    limit(studio, unpaid_room_pct=20)
    long = {"minutes": 480, "room_ids": (A,)}
    book_online(studio, client=someone(1), start=at(MONDAY, "11:00"), **long)
    book_online(studio, client=someone(2), start=at(MONDAY + timedelta(days=1), "11:00"), **long)
    with pytest.raises(Conflict) as refused:
        book_online(studio, client=someone(3), start=at(FRIDAY, "11:00"), **long)
    assert (refused.value.code, refused.value.field) == ("too_many_unpaid", "rooms")
    assert "Studio A" in refused.value.message
    assert book_online(studio, client=someone(3), start=at(FRIDAY, "11:00"), minutes=480, room_ids=(B,))
    assert book_online(studio, client=someone(4), start=at(FRIDAY + timedelta(weeks=1), "11:00"), **long)
    assert book(studio, cast.dana(studio), start=at(FRIDAY, "11:00"), **long)


def test_one_address_makes_few_bookings_a_day(studio: Session) -> None:
    limit(studio, bookings_a_day=2)
    days = [{"start": at(MONDAY + timedelta(days=n), "12:00"), "client": someone(n)} for n in range(4)]
    for day in days[:2]:
        book_online(studio, ip="2001:db8:1:2::3", **day)
    with pytest.raises(TooMany):
        book_online(studio, ip="2001:db8:1:2:ffff::9", **days[2])
    assert book_online(studio, ip="2001:db8:1:3::3", **days[2])
    later = NOW + timedelta(days=1)
    assert book_online(studio, ip="2001:db8:1:2::3", now=later, **days[3])


@pytest.fixture
def house(database: Engine) -> Engine:
    furnish_database(database)
    return database


def test_what_was_refused_is_no_booking_of_the_day(house: Engine) -> None:
    db.run(limit, bookings_a_day=1)
    taken = db.run(lambda session: book(session, cast.dana(session)).start)
    with pytest.raises(SlotTaken):
        db.run(book_online, start=taken)
    assert db.run(book_online, start=taken + timedelta(hours=4)).status is BookingStatus.PENDING


def _taken(work: Any, times: int) -> list[str]:
    def one(number: int) -> str:
        try:
            return db.run(work, number).status
        except DomainError as refused:
            return refused.code

    return at_once(times, one)


@pytest.mark.fire
def test_a_client_who_books_everywhere_at_once_holds_no_more(house: Engine) -> None:
    db.run(limit, **LOOSE | {"unpaid_bookings": 3})

    def work(session: Session, number: int) -> BookingView:
        room = (A, B, C)[number % 3]
        start = at(MONDAY + timedelta(days=number // 3), "12:00")
        return book_online(session, ip=f"203.0.113.{number}", room_ids=(room,), start=start)

    made = _taken(work, 12)
    assert (made.count("PENDING"), made.count("too_many_unpaid")) == (3, 9)


@pytest.mark.fire
def test_many_strangers_at_once_hold_no_more_than_their_share(house: Engine) -> None:
    db.run(limit, **LOOSE | {"unpaid_room_pct": 20})

    def work(session: Session, number: int) -> BookingView:
        start = at(MONDAY + timedelta(days=number % 5), "11:00" if number < 5 else "17:00")
        return book_online(
            session, ip=f"203.0.113.{number}", client=someone(number), room_ids=(A,), minutes=300, start=start
        )

    made = _taken(work, 10)
    assert (made.count("PENDING"), made.count("too_many_unpaid")) == (3, 7)


@pytest.mark.fire
def test_one_address_at_once_books_no_more_than_it_may(house: Engine) -> None:
    db.run(limit, **LOOSE | {"bookings_a_day": 4})

    def work(session: Session, number: int) -> BookingView:
        start = at(MONDAY + timedelta(days=number % 5), "11:00")
        return book_online(session, client=someone(number), room_ids=((A, B)[number // 5 % 2],), start=start)

    made = _taken(work, 10)
    assert (made.count("PENDING"), made.count("too_many_requests")) == (4, 6)


@pytest.mark.fire
def test_what_is_refused_counts_as_a_request_for_all_workers(house: Engine) -> None:
    db.run(limit, **LOOSE | {"requests_a_minute": 5})

    def work(session: Session, _: int) -> BookingView:
        return book_online(session, authorization=None, now=NOW)

    made = _taken(work, 12)
    assert (made.count("invalid"), made.count("too_many_requests")) == (5, 7)
    assert db.run(lambda session: session.scalar(text("select max(used) from allowance_use"))) == 12
    assert online.address_of("::ffff:203.0.113.9") == "203.0.113.9"
    assert online.address_of("203.0.113.9:4711") == "203.0.113.9", "some proxies add the port"
    assert online.address_of("[2001:db8::1]:4711") == online.address_of("2001:db8::2")
