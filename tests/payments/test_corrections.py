"""What is corrected is looked at first: nothing is given back twice, and a refund names what it gives back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from models.payments import Payment, PaymentMethod, PaymentPurpose
from models.studio import StudioInfo
from services import bookings
from services.bookings import BookingView
from services.core import db
from services.core.access import Actor
from services.core.errors import Conflict, DomainError, Invalid
from services.payments import left_of
from tests import cast
from tests.bookings.orders import CASH, ORDER, TICKED, book
from tests.scheduling.studio import NOW, furnish_database

P = PaymentPurpose
TODAY = NOW.date()


@pytest.fixture
def signed(studio: Session, dana: Actor) -> BookingView:
    return book(studio, dana, authorization=TICKED)


def pay(session: Session, actor: Actor, booking: BookingView, cents: int = 50_00, **changes: Any) -> BookingView:
    payment = replace(CASH, amount_cents=cents, **changes)
    return bookings.record_payment(session, actor, booking.number, payment, now=NOW)


def refund(session: Session, actor: Actor, booking: BookingView, cents: int, of: int | None = None) -> BookingView:
    return pay(session, actor, booking, cents, purpose=P.REFUND, refunds_id=of)


def take_back(session: Session, actor: Actor, payment_id: int) -> BookingView:
    return bookings.reverse_payment(session, actor, payment_id, "a mistake", now=NOW)


def row(
    id_: int, cents: int, purpose: P = P.DEPOSIT, *, refunds: int | None = None, reverses: int | None = None
) -> Any:
    return Payment(id=id_, amount_cents=cents, purpose=purpose, refunds_id=refunds, reverses_id=reverses)


@pytest.mark.parametrize(
    ("case", "rows", "left"),
    [
        ("as it came", [row(1, 50)], {1: 50}),
        ("partly refunded", [row(1, 50), row(2, -20, P.REFUND, refunds=1)], {1: 30}),
        ("taken back", [row(1, 50), row(2, -50, P.REVERSAL, reverses=1)], {1: 0}),
        (
            "the refund taken back",
            [row(1, 50), row(2, -20, P.REFUND, refunds=1), row(3, 20, P.REVERSAL, reverses=2)],
            {1: 50},
        ),
        ("a refund that names nothing", [row(1, 50), row(2, 30), row(3, -60, P.REFUND)], {1: 20, 2: 20}),
        ("the other is untouched", [row(1, 50), row(2, 30), row(3, -50, P.REFUND, refunds=1)], {1: 0, 2: 30}),
    ],
)
def test_what_is_left_of_each_payment(case: str, rows: list[Any], left: dict[int, int]) -> None:
    assert left_of(rows) == left


def test_a_payment_that_was_refunded_is_not_taken_back_as_well(
    studio: Session, dana: Actor, signed: BookingView
) -> None:
    payment = pay(studio, dana, signed).payments[0]
    refunded = refund(studio, dana, signed, 50_00)
    assert [one.can_reverse for one in refunded.payments] == [False, True]
    with pytest.raises(Conflict, match="ake the refund back first") as refused:
        take_back(studio, dana, payment.id)
    assert refused.value.code == "already_refunded"
    assert bookings.get_booking(studio, dana, signed.number).paid_cents == 0


def test_of_a_payment_partly_refunded_the_rest_can_be_refunded_too(
    studio: Session, dana: Actor, signed: BookingView
) -> None:
    payment = pay(studio, dana, signed).payments[0]
    refund(studio, dana, signed, 20_00, of=payment.id)
    with pytest.raises(Conflict, match=r"Refund the \$30.00 that is left"):
        take_back(studio, dana, payment.id)
    with pytest.raises(Invalid, match=r"Only \$30.00") as refused:
        refund(studio, dana, signed, 30_01, of=payment.id)
    assert refused.value.field == "amount_cents"
    assert refund(studio, dana, signed, 30_00, of=payment.id).payments[0].left_cents == 0
    with pytest.raises(Invalid):
        refund(studio, dana, signed, 1, of=payment.id)


def test_a_refund_is_not_dated_before_its_payment(studio: Session, dana: Actor, signed: BookingView) -> None:
    came = TODAY - timedelta(days=3)
    payment = pay(studio, dana, signed, paid_on=came).payments[0]
    before, same = came - timedelta(days=1), came
    with pytest.raises(Invalid, match="when the payment came") as refused:
        pay(studio, dana, signed, 10_00, purpose=P.REFUND, refunds_id=payment.id, paid_on=before)
    assert refused.value.field == "paid_on"
    assert pay(studio, dana, signed, 10_00, purpose=P.REFUND, refunds_id=payment.id, paid_on=same).paid_cents == 40_00


def test_a_payment_taken_back_is_not_refunded(studio: Session, dana: Actor, signed: BookingView) -> None:
    first = pay(studio, dana, signed).payments[0]
    pay(studio, dana, signed)
    take_back(studio, dana, first.id)
    with pytest.raises(Invalid) as refused:
        refund(studio, dana, signed, 10_00, of=first.id)
    assert refused.value.field == "refunds_id"


def test_a_refund_recorded_by_mistake_is_taken_back_once(studio: Session, dana: Actor, signed: BookingView) -> None:
    payment = pay(studio, dana, signed).payments[0]
    mistake = refund(studio, dana, signed, 20_00).payments[1]
    restored = take_back(studio, dana, mistake.id)
    assert (restored.paid_cents, restored.payments[0].left_cents) == (50_00, 50_00)
    for settled in (mistake.id, restored.payments[2].id):
        with pytest.raises(Conflict) as refused:
            take_back(studio, dana, settled)
        assert refused.value.code == "already_reversed"
    assert take_back(studio, dana, payment.id).paid_cents == 0


def test_a_refund_names_what_it_gives_back(studio: Session, dana: Actor, signed: BookingView) -> None:
    with pytest.raises(Invalid, match="left to refund"):
        refund(studio, dana, signed, 1)
    first = pay(studio, dana, signed).payments[0]
    assert refund(studio, dana, signed, 10_00).payments[1].refunds_id == first.id
    second = pay(studio, dana, signed).payments[2]
    with pytest.raises(Invalid, match="Say which") as refused:
        refund(studio, dana, signed, 10_00)
    assert refused.value.details["payments"] == [
        {"id": first.id, "left_cents": 40_00},
        {"id": second.id, "left_cents": 50_00},
    ]
    other = pay(studio, dana, book(studio, dana, room_ids=(102,), authorization=TICKED)).payments[0]
    for wrong in (other.id, 10**6):
        with pytest.raises(Invalid, match="no such payment"):
            refund(studio, dana, signed, 10_00, of=wrong)
    with pytest.raises(Invalid, match="Only a refund"):
        pay(studio, dana, signed, refunds_id=first.id)


GIVES_BACK = """
insert into payment (booking_id, purpose, method, amount_cents, reference, notes, paid_on, refunds_id, reverses_id)
select booking_id, :purpose, 'CASH', :cents, '', '', '2026-11-09', :refunds, :reverses from payment where id = :of
"""


@pytest.mark.parametrize(
    ("purpose", "cents", "refunds", "reverses"),
    [
        ("REFUND", -1, None, None),
        ("REFUND", -31_00, "payment", None),
        ("REFUND", -1, "refund", None),
        ("REVERSAL", -50_00, None, "payment"),
        ("REVERSAL", -30_00, None, "payment"),
        ("REVERSAL", 10_00, None, "refund"),
    ],
)
def test_not_even_the_database_gives_back_more_than_came_in(
    studio: Session, dana: Actor, signed: BookingView, purpose: str, cents: int, refunds: Any, reverses: Any
) -> None:
    payment = pay(studio, dana, signed).payments[0]
    ids = {"payment": payment.id, "refund": refund(studio, dana, signed, 20_00).payments[1].id, None: None}
    values = {"purpose": purpose, "cents": cents, "refunds": ids[refunds], "reverses": ids[reverses], "of": payment.id}
    with pytest.raises(DBAPIError, match=r"given back|whole|names the payment|only a payment"), studio.begin_nested():
        studio.execute(text(GIVES_BACK), values)


@pytest.mark.fire
@pytest.mark.parametrize("how", ["refund twice", "refund and take back", "past the service"])
def test_who_gives_back_at_the_same_moment_gives_back_once(database: Engine, how: str) -> None:
    furnish_database(database)
    dana = db.run(cast.dana)
    order = replace(ORDER, authorization=TICKED, payments=(CASH,))
    for round_ in range(5):
        sold = db.run(bookings.create, dana, replace(order, start=ORDER.start + timedelta(days=7 * round_)), now=NOW)
        payment = sold.payments[0]
        barrier = Barrier(4)

        def give_back(number: int, sold: BookingView = sold, id_: int = payment.id, barrier: Barrier = barrier) -> str:
            barrier.wait()
            try:
                if how == "past the service":
                    values = {"purpose": "REFUND", "cents": -30_00, "refunds": id_, "reverses": None, "of": id_}
                    with db.transaction() as session:
                        session.execute(text(GIVES_BACK), values)
                elif how == "refund twice" or number % 2:
                    db.run(refund, dana, sold, 30_00)
                else:
                    db.run(take_back, dana, id_)
            except (DomainError, DBAPIError):
                return "refused"
            return "given back"

        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(give_back, range(4)))
        assert answers.count("given back") == 1, answers
        assert (db.run(bookings.get_booking, dana, sold.number).paid_cents or 0) in (0, 20_00)


@pytest.mark.parametrize(
    ("case", "back_days", "paid_on", "is_taken"),
    [
        ("today", 90, TODAY, True),
        ("tomorrow", 90, TODAY + timedelta(days=1), False),
        ("a slip of the year", 90, date(2099, 1, 1), False),
        ("as far back as the studio takes it", 90, TODAY - timedelta(days=90), True),
        ("a day further", 90, TODAY - timedelta(days=91), False),
        ("where only today counts", 0, TODAY - timedelta(days=1), False),
    ],
)
def test_money_is_dated_within_bounds(
    studio: Session, dana: Actor, signed: BookingView, case: str, back_days: int, paid_on: date, is_taken: bool
) -> None:
    studio.get_one(StudioInfo, 1).payment_back_days = back_days
    if is_taken:
        assert pay(studio, dana, signed, paid_on=paid_on).payments[0].paid_on == paid_on
        return
    with pytest.raises(Invalid, match=r"Choose .* or (earlier|later)") as refused:
        pay(studio, dana, signed, paid_on=paid_on)
    assert refused.value.field == "paid_on"


def test_the_studio_s_day_counts_for_money(studio: Session, dana: Actor, signed: BookingView) -> None:
    """At 3 in the morning in UTC it is still yesterday in New York."""
    night = NOW.replace(hour=3)
    payment = replace(CASH, paid_on=night.date(), method=PaymentMethod.ZELLE)
    with pytest.raises(Invalid):
        bookings.record_payment(studio, dana, signed.number, payment, now=night)
