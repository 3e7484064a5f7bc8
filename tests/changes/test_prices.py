"""What changes cost, to the minute: A is $90.00 an hour, B $115.00, C $60.00; Maya $60.00, Nia $45.00."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import Session

from models.catalog import Period, Room, Service, ServicePricing
from models.pricing import RoomPriceLimit
from models.studio import StudioInfo
from services import bookings
from services.bookings import BookingStatus, LineKind, MicChoice
from services.core.access import Actor
from services.pricing import Discount
from tests.bookings.orders import ORDER
from tests.changes.orders import change, check_in, evening, look, priced, prices, sell, total_is_the_sum_of_the_lines
from tests.scheduling.studio import FRIDAY, LEO, MAYA, NIA, SERVICE, U87, A, B, C, at

NOON = at(FRIDAY, "12:00")


@pytest.fixture
def house(studio: Session) -> Session:
    priced(studio, {A: 9000, B: 11500, C: 6000}, {MAYA: 6000, NIA: 4500, LEO: 6000})
    return studio


BEFORE = [
    ("a dearer room", {"room_ids": (B,)}, [("Studio A → Studio B, 2 h × +$25.00", 5000)]),
    ("a cheaper room", {"room_ids": (C,)}, [("Studio A → Studio C, 2 h × −$30.00", -6000)]),
    ("one more room", {"room_ids": (A, C)}, [("With Studio C, 2 h × +$60.00", 12000)]),
    ("an hour more", {"minutes": 180}, [("Studio A, 1 h more × $90.00", 9000)]),
    ("forty minutes more", {"extra_minutes": 40}, [("Studio A, 40 min more × $90.00", 6000)]),
    ("half an hour less", {"minutes": 90}, [("Studio A, 0.5 h less × $90.00", -4500)]),
    ("another time", {"start": at(FRIDAY, "15:00")}, []),
    ("an engineer", {"engineer_id": NIA}, [("With engineer Nia, 2 h × +$45.00", 9000)]),
    (
        "a longer session in another room",
        {"start": at(FRIDAY, "14:00"), "minutes": 180, "room_ids": (B,)},
        [("Studio A, 1 h more × $90.00", 9000), ("Studio A → Studio B, 3 h × +$25.00", 7500)],
    ),
]


@pytest.mark.parametrize(("wanted", "expected"), [case[1:] for case in BEFORE], ids=[case[0] for case in BEFORE])
def test_before_the_session(
    house: Session, dana: Actor, wanted: dict[str, Any], expected: list[tuple[str, int]]
) -> None:
    booking = sell(house, dana)
    seen = look(house, dana, booking, **wanted)
    assert prices(seen.lines) == expected
    after = change(house, dana, booking, **wanted)
    assert prices(after.lines[len(booking.lines) :]) == expected
    assert after.total_cents == seen.total_cents == (booking.total_cents or 0) + sum(cents for _, cents in expected)
    assert total_is_the_sum_of_the_lines(after)


def test_an_engineer_for_another_and_none(house: Session, dana: Actor) -> None:
    booking = sell(house, dana, engineer_id=MAYA)
    assert prices(look(house, dana, booking, engineer_id=NIA).lines) == [("Engineer Maya → Nia, 2 h × −$15.00", -3000)]
    assert prices(look(house, dana, booking, without_engineer=True).lines) == [
        ("Without engineer Maya, 2 h × −$60.00", -12000)
    ]


def test_who_costs_the_same_brings_no_line(house: Session, dana: Actor) -> None:
    booking = sell(house, dana, engineer_id=MAYA)
    assert look(house, dana, booking, engineer_id=LEO).lines == ()


DURING = [
    (timedelta(minutes=0), "4 h", 10000),
    (timedelta(minutes=1), "3 h 59 min", 9958),
    (timedelta(minutes=80), "2 h 40 min", 6667),
    (timedelta(minutes=80, seconds=59), "2 h 40 min", 6667),
    (timedelta(minutes=239), "1 min", 42),
]


@pytest.mark.parametrize(("into", "hours", "cents"), DURING, ids=[str(case[0]) for case in DURING])
def test_a_swap_under_way_prices_what_remains_to_the_minute(
    house: Session, dana: Actor, into: timedelta, hours: str, cents: int
) -> None:
    booking = sell(house, dana, minutes=240)
    check_in(house, dana, booking)
    after = change(house, dana, booking, now=NOON + into, room_ids=(B,))
    assert prices(after.lines[-1:]) == [(f"Studio A → Studio B, {hours} × +$25.00", cents)]
    assert after.lines[-1].kind is LineKind.ROOM
    assert total_is_the_sum_of_the_lines(after)


def test_an_engineer_swap_under_way_prices_what_remains(house: Session, dana: Actor) -> None:
    booking = sell(house, dana, minutes=240, engineer_id=MAYA)
    check_in(house, dana, booking)
    after = change(house, dana, booking, now=NOON + timedelta(minutes=45), engineer_id=NIA)
    assert prices(after.lines[-1:]) == [("Engineer Maya → Nia, 3 h 15 min × −$15.00", -4875)]


def test_an_extension_charges_rooms_engineer_and_hourly_service(house: Session, dana: Actor) -> None:
    service = house.get_one(Service, SERVICE)
    service.pricing, service.price_cents = ServicePricing.HOURLY, 2000
    house.flush()
    booking = sell(house, dana, engineer_id=MAYA, room_ids=(A, B), mics=(MicChoice(U87),))
    after = change(house, dana, booking, extra_minutes=90)
    assert prices(after.lines[len(booking.lines) :]) == [
        ("Studio A, 1.5 h more × $90.00", 13500),
        ("Studio B, 1.5 h more × $115.00", 17250),
        ("Engineer Maya, 1.5 h more × $60.00", 9000),
        ("Recording, 1.5 h more × $20.00", 3000),
    ]


def test_what_it_was_sold_at_stays_when_rates_change_later(house: Session, dana: Actor) -> None:
    booking = sell(house, dana, engineer_id=MAYA)
    priced(house, {A: 20000})
    assert prices(look(house, dana, booking, extra_minutes=60).lines)[0] == ("Studio A, 1 h more × $90.00", 9000)


def test_a_room_that_comes_back_costs_what_was_agreed_at_first(house: Session, dana: Actor) -> None:
    booking = sell(house, dana)
    change(house, dana, booking, room_ids=(B,))
    priced(house, {A: 20000})
    after = change(house, dana, booking, room_ids=(A,))
    assert after.total_cents == booking.total_cents
    assert after.rooms[0].hourly_rate_cents == 9000


def test_a_new_room_keeps_to_its_limits_and_says_so(house: Session, dana: Actor) -> None:
    limits = {"min_price_cents": 5000, "max_price_cents": 10000, "effective": Range(date(2026, 1, 1), None)}
    house.add(RoomPriceLimit(room_id=B, **limits))
    house.flush()
    booking = sell(house, dana)
    line = look(house, dana, booking, room_ids=(B,)).lines[0]
    assert line.description == "Studio A → Studio B, 2 h × +$10.00 (highest rate $100.00/h)"
    assert line.reason == "room swap; highest rate $100.00/h"


def test_a_room_with_two_rates_follows_the_engineer(house: Session, dana: Actor) -> None:
    house.get_one(Room, A).rate_with_engineer_cents = 8000
    house.flush()
    booking = sell(house, dana)
    assert prices(look(house, dana, booking, engineer_id=NIA).lines) == [
        ("Studio A with an engineer, 2 h × −$10.00", -2000),
        ("With engineer Nia, 2 h × +$45.00", 9000),
    ]


def test_moving_into_and_out_of_the_evening(house: Session, dana: Actor) -> None:
    evening(house, 20)
    booking = sell(house, dana)
    later = change(house, dana, booking, start=at(FRIDAY, "17:00"))
    assert prices(later.lines[-1:]) == [("Evening, 1 h × 20% instead of none", 1800)]
    assert later.lines[-1].kind is LineKind.RATE_RULE
    longer = change(house, dana, booking, extra_minutes=30)
    assert prices(longer.lines[-1:]) == [("Evening, 1.5 h × 20% instead of Evening, 1 h × 20%", 900)]
    back = change(house, dana, booking, start=NOON, minutes=120)
    assert prices(back.lines[-1:]) == [("No surcharge instead of Evening, 1.5 h × 20%", -2700)]
    assert back.total_cents == booking.total_cents


def test_a_swap_in_the_evening_takes_the_surcharge_of_the_new_room(house: Session, dana: Actor) -> None:
    evening(house, 20)
    booking = sell(house, dana, start=at(FRIDAY, "16:00"), minutes=240)
    check_in(house, dana, booking)
    after = change(house, dana, booking, now=at(FRIDAY, "19:00"), room_ids=(B,))
    assert prices(after.lines[-2:]) == [
        ("Studio A → Studio B, 1 h × +$25.00", 2500),
        ("Evening, 1 h × 20%, at the new rate", 500),
    ]


def test_discount_and_tax_follow_the_difference(house: Session, dana: Actor) -> None:
    house.get_one(StudioInfo, 1).tax_rate_pct = Decimal("8.875")
    house.flush()
    booking = sell(house, dana, discount=Discount("An old friend", percent=Decimal("10")))
    after = change(house, dana, booking, room_ids=(B,))
    assert prices(after.lines[-3:]) == [
        ("Studio A → Studio B, 2 h × +$25.00", 5000),
        ("Discount 10% on the change", -500),
        ("Tax 8.875% on the change", 399),
    ]
    assert total_is_the_sum_of_the_lines(after)


def test_a_fixed_discount_stays_as_sold(house: Session, dana: Actor) -> None:
    booking = sell(house, dana, discount=Discount("An old friend", amount_cents=1000))
    assert prices(look(house, dana, booking, room_ids=(B,)).lines) == [("Studio A → Studio B, 2 h × +$25.00", 5000)]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2027-03-13T23:00:00-05:00", "2027-03-14T04:00:00-04:00"),
        ("2027-11-06T23:00:00-04:00", "2027-11-07T02:00:00-05:00"),
    ],
    ids=["an hour is skipped", "an hour comes twice"],
)
def test_across_a_clock_change_minutes_are_real_and_so_is_the_price(
    house: Session, dana: Actor, start: str, end: str
) -> None:
    _open_all_night(house)
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    now = first - timedelta(days=10)
    order = replace(ORDER, start=first - timedelta(days=1), minutes=240, status=BookingStatus.CONFIRMED)
    booking = bookings.create(house, dana, order, now=now)
    moved = change(house, dana, booking, now=now, start=first, room_ids=(B,))
    assert (moved.end, moved.minutes, moved.end - moved.start) == (last, 240, timedelta(hours=4))
    assert prices(moved.lines[-1:]) == [("Studio A → Studio B, 4 h × +$25.00", 10000)]
    swapped = change(house, dana, booking, now=first + timedelta(hours=2), room_ids=(A,))
    assert prices(swapped.lines[-1:]) == [("Studio B → Studio A, 2 h × −$25.00", -5000)]


def _open_all_night(session: Session) -> None:
    midnight = time()
    for weekday in range(7):
        session.add(
            Period(
                id=100 + weekday,
                weekday=weekday,
                name="Day and night",
                start=midnight,
                end=midnight,
                capacity_minutes=240,
            )
        )
    session.flush()
