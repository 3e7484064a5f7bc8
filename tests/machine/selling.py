"""Booking, confirming, cancelling, signing, paying, arriving."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import rule

from models.bookings import BookingStatus
from models.payments import PaymentMethod
from services import bookings, payments
from services.bookings import WrongStatus
from services.bookings.rules import MOVES
from services.core.errors import Conflict
from services.core.money import percent_of
from services.holds import HoldAbove
from services.payments import NewPayment, Overpayment
from services.pricing import Discount
from services.scheduling import CapacityTaken, SlotTaken
from tests.bookings.orders import ONLINE, ORDER, TICKED
from tests.machine.model import FLAT, MIX_MINUTES, PERIOD_MINUTES, S, Session, Sold
from tests.machine.studio import NUMBERS, Studio
from tests.scheduling.studio import FRIDAY, MAYA, NIA, NOW, A, B, at

TEN_PERCENT = Discount("A friend", percent=Decimal(10))


class Selling(Studio):
    @rule(
        target=NUMBERS,
        rooms=st.sampled_from([(A,), (B,), (A, B)]),
        engineer=st.sampled_from([None, MAYA, NIA]),
        half_hour=st.integers(4, 12),
        minutes=st.sampled_from([30, 60, 120]),
        status=st.sampled_from([S.HOLD, S.PENDING, S.CONFIRMED]),
        off=st.sampled_from([0, 10]),
    )
    def book(
        self,
        rooms: tuple[int, ...],
        engineer: int | None,
        half_hour: int,
        minutes: int,
        status: BookingStatus,
        off: int,
    ) -> str:
        start = at(FRIDAY, "10:00") + timedelta(minutes=30 * half_hour)
        wanted = Session(start, start + timedelta(minutes=minutes), rooms, engineer)
        order = replace(ORDER, room_ids=rooms, engineer_id=engineer, start=start, minutes=minutes, status=status)
        order = replace(order, discount=TEN_PERCENT if off else None)
        if status is not S.HOLD and self.is_taken(wanted):
            with pytest.raises(SlotTaken), self.session.begin_nested():
                bookings.create(self.session, self.dana, order, now=NOW)
            return ""
        view = bookings.create(self.session, self.dana, order, now=NOW)
        sold = Sold(view, wanted, 0, status, off)
        sold.total = sold.off(wanted.price_from(start) + FLAT)
        if status.holds_time:
            sold.hold()
        self.sold[view.number] = sold
        return view.number

    @rule(target=NUMBERS)
    def book_online(self) -> str:
        if self.minutes_sold("Morning") + MIX_MINUTES > PERIOD_MINUTES:
            with pytest.raises(CapacityTaken), self.session.begin_nested():
                bookings.create(self.session, self.dana, ONLINE, now=NOW)
            return ""
        view = bookings.create(self.session, self.dana, ONLINE, now=NOW)
        self.sold[view.number] = Sold(view, Session(view.start, view.end, (), None), FLAT, period="Morning")
        return view.number

    def minutes_sold(self, period: str) -> int:
        return sum(MIX_MINUTES for one in self.sold.values() if one.period == period and one.status.holds_time)

    @rule(number=NUMBERS)
    def confirm(self, number: str) -> None:
        sold = self.sold.get(number)
        if sold is None:
            return
        if S.CONFIRMED not in MOVES[sold.status]:
            self.refused(WrongStatus, bookings.confirm, number, now=NOW)
        elif sold.status is S.HOLD and self.above(sold):
            self.refused(HoldAbove, bookings.confirm, number, now=NOW)
        elif sold.status is S.HOLD and self.is_taken(sold.session, sold):
            self.refused(SlotTaken, bookings.confirm, number, now=NOW)
        else:
            bookings.confirm(self.session, self.dana, number, now=NOW)
            if sold.status is S.HOLD:
                sold.hold()
            sold.status = S.CONFIRMED

    @rule(number=NUMBERS, late=st.booleans())
    def cancel(self, number: str, late: bool) -> None:
        sold = self.sold.get(number)
        if sold is None:
            return
        if S.CANCELLED not in MOVES[sold.status]:
            self.refused(WrongStatus, bookings.cancel, number, "", now=NOW)
            return
        now = sold.session.start if late else NOW
        if late and sold.status is S.HOLD:  # none lasts into its own time
            self.refused(WrongStatus, bookings.cancel, number, "", now=now)
            return
        bookings.cancel(self.session, self.dana, number, now=now)
        charged = late and sold.signed
        sold.status, sold.total = S.CANCELLED, percent_of(sold.total, Decimal(50)) if charged else 0

    @rule(number=NUMBERS)
    def sign(self, number: str) -> None:
        sold = self.sold.get(number)
        if sold is None:
            return
        if sold.signed or not sold.status.is_open:
            self.refused(Conflict, bookings.authorize, number, TICKED, now=NOW)
            return
        bookings.authorize(self.session, self.dana, number, TICKED, now=NOW)
        sold.signed = True

    @rule(number=NUMBERS, cents=st.integers(1, 40_000))
    def pay(self, number: str, cents: int) -> None:
        sold = self.sold.get(number)
        if sold is None:
            return
        payment = NewPayment(PaymentMethod.CASH, cents)
        if not sold.signed or cents > sold.balance:
            expected = Overpayment if sold.signed else payments.AuthorizationRequired
            self.refused(expected, bookings.record_payment, number, payment, now=NOW)
            return
        bookings.record_payment(self.session, self.dana, number, payment, now=NOW)
        sold.payments.append(cents)

    @rule(number=NUMBERS)
    def check_in(self, number: str) -> None:
        sold = self.sold.get(number)
        if sold is None:
            return
        if S.CHECKED_IN not in MOVES[sold.status]:
            self.refused(WrongStatus, bookings.check_in, number, now=NOW)
            return
        bookings.check_in(self.session, self.dana, number, now=sold.session.start)
        sold.status, sold.now = S.CHECKED_IN, sold.session.start
