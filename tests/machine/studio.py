"""The studio under the machine and beside it the model: what must be true after every step.

To grow it: a file with a class of rules on `Studio`, and its name among the bases of `Whole`.
"""

from collections.abc import Callable
from itertools import takewhile
from typing import Any

import pytest
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant
from sqlalchemy import Engine, text
from sqlmodel import Session as Database

from services import bookings
from services.absences import LockoutView, TimeOffView
from tests import cast
from tests.changes.orders import evening, priced, rows
from tests.machine.model import (
    BUFFER,
    CLOSES,
    ENGINEER_RATES,
    EVENING_PCT,
    MIX_MINUTES,
    NIA_WORKS,
    ROOM_RATES,
    WORKS_IN,
    S,
    Session,
    Sold,
    Stretch,
    week_of,
)
from tests.scheduling import studio as house
from tests.scheduling.studio import NIA, NOW

NUMBERS = Bundle("numbers")
_HELD = text(
    "select number, resource_id, lower(during), upper(during) from allocation join booking b on b.id = booking_id"
)


class Studio(RuleBasedStateMachine):
    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.connection = engine.connect()
        self.outer = self.connection.begin()
        self.session = Database(self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        house.furnish(self.session)
        priced(self.session, ROOM_RATES, ENGINEER_RATES)
        evening(self.session, EVENING_PCT)
        self.dana = cast.dana(self.session)
        self.sold: dict[str, Sold] = {}
        self.blocks: dict[LockoutView | TimeOffView, list[Stretch]] = {}
        """What locked rooms and absent people take of the ledger."""

    def teardown(self) -> None:
        self.session.close()
        self.outer.rollback()
        self.connection.close()

    @invariant()
    def the_studio_and_the_model_agree(self) -> None:
        for number, sold in self.sold.items():
            booking = bookings.get_booking(self.session, self.dana, number)
            seen = (booking.status, booking.total_cents, booking.balance_cents)
            assert seen == (sold.status, sold.total, sold.balance)
            assert booking.total_cents == sum(line.amount_cents for line in booking.lines)
            assert [payment.amount_cents for payment in booking.payments] == sold.payments
            assert (booking.authorization is not None) == sold.signed
            if not sold.is_online:
                engineer = booking.engineer.id if booking.engineer else None
                where = Session(booking.start, booking.end, tuple(room.id for room in booking.rooms), engineer)
                assert where == sold.session

    @invariant()
    def the_ledger_holds_exactly_what_was_sold(self) -> None:
        held = {(number, (resource, start, end)) for number, resource, start, end in self.session.execute(_HELD)}
        expected = {(n, one) for n, sold in self.sold.items() if sold.status.holds_time for one in sold.held}
        assert held == expected
        used = self.session.execute(text("select coalesce(sum(used_minutes), 0) from capacity_day")).scalar_one()
        online = [one for one in self.sold.values() if one.is_online and one.status.holds_time]
        assert used == MIX_MINUTES * len(online)

    def is_taken(self, wanted: Session, sold: Sold | None = None, start: Any = None) -> bool:
        """Whether something is in its way from `start` on: the hours, the people, or other bookings."""
        start, week = start or wanted.start, week_of(wanted.start)
        if wanted.start < NOW or wanted.end > CLOSES + week:
            return True
        if wanted.engineer and not WORKS_IN[wanted.engineer].issuperset(wanted.rooms):
            return True
        if wanted.engineer == NIA and not (NIA_WORKS[0] + week <= start and wanted.end <= NIA_WORKS[1] + week):
            return True
        return self._meets_the_ledger(wanted, start, sold)

    def is_overtaken(self, held: Sold) -> bool:
        """Its time is gone by now: such a hold neither challenges nor stands in the way."""
        return self._meets_the_ledger(held.session, held.session.start, held)

    def _meets_the_ledger(self, wanted: Session, start: Any, but: Sold | None) -> bool:
        blocked = (one for stretches in self.blocks.values() for one in stretches)
        others = (other for other in self.sold.values() if other is not but and other.status.holds_time)
        held = (one for other in others for one in other.held)
        return any(
            resource in wanted.resources and begins < wanted.end + BUFFER and start < ends
            for resource, begins, ends in (*blocked, *held)
        )

    def above(self, held: Sold) -> list[Sold]:
        """All are placed at the same moment, so what was booked first is first in line."""
        earlier = takewhile(lambda other: other is not held, self.sold.values())
        met = [other for other in earlier if other.status is S.HOLD and held.meets(other)]
        return [other for other in met if not self.is_overtaken(other)]

    def refused(self, error: type[Exception], command: Callable[..., Any], number: str, *args: Any, now: Any) -> None:
        """And nothing of it is stored."""
        before = self.stored(number)
        with pytest.raises(error), self.session.begin_nested():
            command(self.session, self.dana, number, *args, now=now)
        assert self.stored(number) == before

    def stored(self, number: str) -> dict[str, Any]:
        """All that a change may touch, to the byte."""
        return rows(self.session, self.sold[number].view)
