"""Any sequence of commands, held against a model of a few dictionaries: no difference, ever."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import takewhile

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, text
from sqlmodel import Session

from models.bookings import BookingStatus, PaymentMethod
from services import bookings
from services.bookings import HoldAbove, NewPayment, Overpayment, WrongStatus
from services.bookings.rules import MOVES
from services.errors import Conflict
from services.scheduling import CapacityTaken, SlotTaken
from tests import cast
from tests.bookings.sold import ONLINE, ORDER, TICKED
from tests.scheduling import house
from tests.scheduling.house import FRIDAY, MAYA, NIA, NOW, A, B, at

pytestmark = pytest.mark.fire

S = BookingStatus
MIX_MINUTES, MORNING_MINUTES = 90, 240
BUFFER = timedelta(minutes=15)
_HELD = text("select number, array_agg(resource_id) from allocation join booking b on b.id = booking_id group by 1")


@dataclass
class Sold:
    """What the model knows of a booking."""

    resources: frozenset[int]
    start: datetime
    end: datetime
    total: int
    status: BookingStatus = S.PENDING
    signed: bool = False
    payments: list[int] = field(default_factory=list)
    online: bool = False

    @property
    def balance(self) -> int:
        return self.total - sum(self.payments)

    def meets(self, other: "Sold") -> bool:
        if self.online or other.online or not self.resources & other.resources:
            return False
        return self.start < other.end + BUFFER and other.start < self.end + BUFFER


class Life(RuleBasedStateMachine):
    numbers = Bundle("numbers")

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.connection = engine.connect()
        self.outer = self.connection.begin()
        self.session = Session(self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        house.furnish(self.session)
        self.dana = cast.dana(self.session)
        self.sold: dict[str, Sold] = {}

    def teardown(self) -> None:
        self.session.close()
        self.outer.rollback()
        self.connection.close()

    @rule(
        target=numbers,
        rooms=st.sampled_from([(A,), (B,), (A, B)]),
        engineer=st.sampled_from([None, MAYA, NIA]),
        half_hour=st.integers(4, 12),
        minutes=st.sampled_from([30, 60, 120]),
        status=st.sampled_from([S.HOLD, S.PENDING, S.CONFIRMED]),
    )
    def book(
        self, rooms: tuple[int, ...], engineer: int | None, half_hour: int, minutes: int, status: BookingStatus
    ) -> str:
        start = at(FRIDAY, "10:00") + timedelta(minutes=30 * half_hour)
        hours = minutes / 60
        wanted = Sold(
            resources=frozenset({*rooms, *([engineer] if engineer else [])}),
            start=start,
            end=start + timedelta(minutes=minutes),
            total=round(9000 * hours) * len(rooms) + 10_000,
            status=status,
        )
        order = replace(ORDER, room_ids=rooms, engineer_id=engineer, start=start, minutes=minutes, status=status)
        if status is not S.HOLD and self._is_taken(wanted):
            with pytest.raises(SlotTaken), self.session.begin_nested():
                bookings.create(self.session, self.dana, order, now=NOW)
            return ""
        number = bookings.create(self.session, self.dana, order, now=NOW).number
        self.sold[number] = wanted
        return number

    @rule(target=numbers)
    def book_online(self) -> str:
        used = sum(MIX_MINUTES for sold in self.sold.values() if sold.online and sold.status.holds_time)
        if used + MIX_MINUTES > MORNING_MINUTES:
            with pytest.raises(CapacityTaken), self.session.begin_nested():
                bookings.create(self.session, self.dana, ONLINE, now=NOW)
            return ""
        booking = bookings.create(self.session, self.dana, ONLINE, now=NOW)
        self.sold[booking.number] = Sold(frozenset(), booking.start, booking.end, 10_000, online=True)
        return booking.number

    @rule(number=numbers)
    def confirm(self, number: str) -> None:
        sold = self.sold.get(number)
        if sold is None:
            return
        if S.CONFIRMED not in MOVES[sold.status]:
            self._refused(WrongStatus, bookings.confirm, number)
        elif sold.status is S.HOLD and self._above(sold):
            self._refused(HoldAbove, bookings.confirm, number)
        elif sold.status is S.HOLD and self._is_taken(sold):
            self._refused(SlotTaken, bookings.confirm, number)
        else:
            bookings.confirm(self.session, self.dana, number, now=NOW)
            sold.status = S.CONFIRMED

    @rule(number=numbers, late=st.booleans())
    def cancel(self, number: str, late: bool) -> None:
        sold = self.sold.get(number)
        if sold is None:
            return
        if S.CANCELLED not in MOVES[sold.status]:
            self._refused(WrongStatus, bookings.cancel, number)
            return
        bookings.cancel(self.session, self.dana, number, now=sold.start if late else NOW)
        charged = late and sold.signed and sold.status is not S.HOLD
        sold.status, sold.total = S.CANCELLED, sold.total // 2 if charged else 0

    @rule(number=numbers)
    def sign(self, number: str) -> None:
        sold = self.sold.get(number)
        if sold is None:
            return
        if sold.signed or not sold.status.is_open:
            with pytest.raises(Conflict), self.session.begin_nested():
                bookings.authorize(self.session, self.dana, number, TICKED, now=NOW)
            return
        bookings.authorize(self.session, self.dana, number, TICKED, now=NOW)
        sold.signed = True

    @rule(number=numbers, cents=st.integers(1, 40_000))
    def pay(self, number: str, cents: int) -> None:
        sold = self.sold.get(number)
        if sold is None:
            return
        payment = NewPayment(PaymentMethod.CASH, cents)
        if not sold.signed or cents > sold.balance:
            expected = Overpayment if sold.signed else bookings.AuthorizationRequired
            with pytest.raises(expected), self.session.begin_nested():
                bookings.record_payment(self.session, self.dana, number, payment, now=NOW)
            return
        bookings.record_payment(self.session, self.dana, number, payment, now=NOW)
        sold.payments.append(cents)

    @invariant()
    def the_studio_and_the_model_agree(self) -> None:
        for number, sold in self.sold.items():
            booking = bookings.get_booking(self.session, self.dana, number)
            assert (booking.status, booking.total_cents, booking.balance_cents) == (
                sold.status,
                sold.total,
                sold.balance,
            )
            assert [payment.amount_cents for payment in booking.payments] == sold.payments
            assert (booking.authorization is not None) == sold.signed

    @invariant()
    def the_ledger_holds_exactly_what_was_sold(self) -> None:
        allocations = self.session.execute(
            text(
                "select b.number, array_agg(resource_id) from allocation join booking b on b.id = booking_id group by 1"
            )
        )
        held = {number: frozenset(resources) for number, resources in allocations}
        expected = {n: s.resources for n, s in self.sold.items() if s.status.holds_time and not s.online}
        assert held == expected
        used = self.session.execute(text("select coalesce(sum(used_minutes), 0) from capacity_day")).scalar_one()
        online = [s for s in self.sold.values() if s.online and s.status.holds_time]
        assert used == MIX_MINUTES * len(online)

    def _is_taken(self, wanted: Sold) -> bool:
        nia_is_off = NIA in wanted.resources and wanted.end > at(FRIDAY, "20:00")
        return nia_is_off or any(
            other is not wanted and other.status.holds_time and wanted.meets(other) for other in self.sold.values()
        )

    def _above(self, held: Sold) -> list[Sold]:
        """All are placed at the same moment, so what was booked first is first in line."""
        earlier = takewhile(lambda other: other is not held, self.sold.values())
        return [other for other in earlier if other.status is S.HOLD and held.meets(other)]

    def _refused(self, error: type[Exception], command: object, number: str) -> None:
        with pytest.raises(error), self.session.begin_nested():
            command(self.session, self.dana, number, now=NOW)  # type: ignore[operator]


def test_any_sequence_of_commands(worker_engine: Engine) -> None:
    effort = settings(max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(lambda: Life(worker_engine), settings=effort)
