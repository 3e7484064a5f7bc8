"""Many at once, on real connections: the ledger never breaks, and nothing is half-stored."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, text

from models.bookings import BookingStatus
from services import bookings, payments
from services.bookings import BookingFilters, MicChoice, NewBooking
from services.core import db
from services.core.access import Actor, anonymous
from services.core.paging import PageRequest
from services.scheduling import CapacityTaken, SlotTaken
from tests import cast
from tests.bookings.orders import CASH, ONLINE, ORDER, TICKED, VISITOR
from tests.limits import LOOSE, limit
from tests.scheduling.studio import FRIDAY, LEO, MAYA, NIA, NOW, OVERLAPS, U87, A, B, C, at, furnish_database

pytestmark = pytest.mark.fire

INCOMPLETE = text(
    """
    select b.number from booking b
     where b.mode = 'IN_PERSON' and b.status in ('PENDING', 'CONFIRMED')
       and (select count(*) from allocation a where a.booking_id = b.id)
           <> (select count(*) from booking_room r where r.booking_id = b.id)
            + (select count(*) from booking_mic m where m.booking_id = b.id)
            + case when b.engineer_id is null then 0 else 1 end
    """
)
ORPHANS = text("select count(*) from allocation a join booking b on b.id = a.booking_id where b.status = 'CANCELLED'")


@pytest.fixture
def dana(database: Engine) -> Actor:
    furnish_database(database)
    return db.run(cast.dana)


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    """`work(0)` … `work(count - 1)`, all let go at the same moment."""
    barrier = Barrier(count)

    def start(number: int) -> Any:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(start, range(count)))


def book(actor: Actor, order: NewBooking) -> str:
    """The number, or the code of the refusal."""
    try:
        return db.run(bookings.create, actor, order, now=NOW).number
    except SlotTaken as refused:
        return refused.code if refused.answer.reasons else "refused without a reason"


def totals_differ(actor: Actor) -> list[str]:
    page = db.run(bookings.list_bookings, actor, PageRequest(page_size=200), BookingFilters())
    views = [db.run(bookings.get_booking, actor, row.number) for row in page.data]
    return [view.number for view in views if view.total_cents != sum(line.amount_cents for line in view.lines)]


def one(statement: Any) -> Any:
    with db.transaction() as session:
        return session.execute(statement).scalar()


def test_of_fifty_who_want_the_same_slot_one_gets_it(dana: Actor) -> None:
    for round_ in range(4):
        order = replace(ORDER, start=at(FRIDAY, "10:00") + timedelta(days=7 * round_))
        answers = Counter(at_once(50, lambda _, order=order: book(dana, order)))  # type: ignore[misc]
        assert answers.pop("slot_taken") == 49
        assert list(answers.values()) == [1]


def test_overlapping_orders_of_rooms_engineers_and_mics_never_break_the_ledger(dana: Actor) -> None:
    luck = random.Random(20261120)
    orders = [_any_order(luck) for _ in range(160)]

    def work(worker: int) -> list[str]:
        answers = [book(dana, order) for order in orders[worker::16]]
        for number in answers[::3]:
            if number.startswith("PS-"):
                db.run(bookings.cancel, dana, number, now=NOW)
        return answers

    answers = [answer for worker in at_once(16, work) for answer in worker]
    assert any(answer.startswith("PS-") for answer in answers)
    assert "slot_taken" in answers
    assert one(OVERLAPS) == 0
    assert one(INCOMPLETE) is None
    assert one(ORPHANS) == 0
    assert totals_differ(dana) == []


def _any_order(luck: random.Random) -> NewBooking:
    return replace(
        ORDER,
        start=at(FRIDAY, "12:00") + timedelta(minutes=30 * luck.randrange(10)),
        minutes=luck.choice((30, 60, 120)),
        room_ids=tuple(luck.sample((A, B, C), luck.randint(1, 3))),
        engineer_id=luck.choice((None, MAYA, LEO, NIA)),
        mics=luck.choice(((), (MicChoice(U87),), (MicChoice(U87, 2),))),
    )


def test_online_minutes_are_never_oversold(dana: Actor) -> None:
    def work(_: int) -> str:
        try:
            return db.run(bookings.create, dana, ONLINE, now=NOW).number
        except CapacityTaken as refused:
            return refused.code

    answers = Counter(at_once(16, work))
    assert answers.pop("capacity_taken") == 14
    assert len(answers) == 2
    assert one(text("select used_minutes from capacity_day")) == 180


def test_the_same_key_at_the_same_moment_is_one_booking(dana: Actor) -> None:
    order = replace(ORDER, idempotency_key="one click", authorization=TICKED, payments=(CASH,))
    assert len(set(at_once(12, lambda _: book(dana, order)))) == 1
    assert one(text("select count(*) from booking")) == 1
    assert one(text("select sum(amount_cents) from payment")) == CASH.amount_cents


def test_the_same_payment_at_the_same_moment_is_one_payment(dana: Actor) -> None:
    number = book(dana, replace(ORDER, authorization=TICKED))
    payment = replace(CASH, idempotency_key="one click")
    at_once(12, lambda _: db.run(bookings.record_payment, dana, number, payment, now=NOW))
    assert one(text("select sum(amount_cents) from payment")) == CASH.amount_cents


def test_splits_at_the_same_moment_never_take_more_than_is_owed(dana: Actor) -> None:
    number = book(dana, replace(ORDER, authorization=TICKED))
    total = db.run(bookings.get_booking, dana, number).total_cents or 0

    def work(_: int) -> bool:
        try:
            db.run(bookings.record_payment, dana, number, CASH, now=NOW)
        except payments.Overpayment:
            return False
        return True

    assert sum(at_once(12, work)) == total // CASH.amount_cents


def test_a_booking_is_confirmed_once(dana: Actor) -> None:
    number = book(dana, ORDER)

    def work(_: int) -> str:
        try:
            return db.run(bookings.confirm, dana, number, now=NOW).status
        except bookings.WrongStatus as refused:
            return refused.code

    assert sorted(at_once(8, work)) == [BookingStatus.CONFIRMED, *["wrong_status"] * 7]


def test_a_new_client_who_clicks_everywhere_is_one_client(dana: Actor) -> None:
    db.run(limit, **LOOSE)

    def work(number: int) -> str:
        start = at(FRIDAY, "10:00") + timedelta(hours=3 * (number % 4))
        order = replace(ORDER, client_id=None, client=VISITOR, start=start, authorization=TICKED)
        try:
            return db.run(bookings.create_public, anonymous(), order, now=NOW).number
        except SlotTaken as refused:
            return refused.code

    at_once(8, work)
    assert one(text("select count(*) from client where email = 'vera@example.com'")) == 1
    assert one(text("select count(*) from booking")) == 4
