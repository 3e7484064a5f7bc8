"""Any sequence of holds, challenges and hours, held against a model of a few lists: no difference, ever."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, text
from sqlmodel import Session

from models.bookings import BookingStatus
from services import bookings
from services.core.errors import DomainError
from tests import cast
from tests.bookings.orders import ORDER
from tests.scheduling import studio as house
from tests.scheduling.studio import FRIDAY, NOW, A, B, at

pytestmark = pytest.mark.fire

S = BookingStatus
BUFFER, DAYS, ANSWER = timedelta(minutes=15), timedelta(days=14), timedelta(hours=24)
_OPEN = text("select challenged_id, challenger_id, due_at from hold_challenge where outcome = 'OPEN'")
_TAKEN = text("select distinct booking_id from allocation")


@dataclass
class Pencilled:
    id: int
    rooms: frozenset[int]
    start: datetime
    end: datetime
    placed_at: datetime
    status: BookingStatus = S.HOLD
    asked_by: dict[int, datetime] = field(default_factory=dict)
    """The challenger, and until when; one at most."""

    def meets(self, other: "Pencilled") -> bool:
        overlap = self.start < other.end + BUFFER and other.start < self.end + BUFFER
        return self is not other and overlap and bool(self.rooms & other.rooms)


class Line(RuleBasedStateMachine):
    ids = Bundle("ids")

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.connection = engine.connect()
        self.outer = self.connection.begin()
        self.session = Session(self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        house.furnish(self.session)
        self.dana = cast.dana(self.session)
        self.now = NOW + timedelta(days=6)
        self.line: dict[int, Pencilled] = {}

    def teardown(self) -> None:
        self.session.close()
        self.outer.rollback()
        self.connection.close()

    @rule(
        target=ids,
        rooms=st.sampled_from([(A,), (B,), (A, B)]),
        half_hour=st.integers(0, 6),
        minutes=st.sampled_from([30, 60, 120]),
    )
    def place(self, rooms: tuple[int, ...], half_hour: int, minutes: int) -> int:
        start = at(FRIDAY, "12:00") + timedelta(minutes=30 * half_hour)
        order = replace(ORDER, room_ids=rooms, start=start, minutes=minutes)
        if start <= self.now:
            self._expect("invalid", bookings.place_hold, order)
            return 0
        placed = bookings.place_hold(self.session, self.dana, order, now=self.now)
        self.line[placed.id] = Pencilled(placed.id, frozenset(rooms), placed.start, placed.end, self.now)
        return placed.id

    @rule(id_=ids)
    def challenge(self, id_: int) -> None:
        one = self.line.get(id_)
        if one is None:
            return
        above = self._standing_above(one)
        free = [other for other in above if not other.asked_by]
        if one.status is not S.HOLD:
            self._expect("not_held", bookings.challenge_hold, id_)
        elif self._is_taken(one):
            self._expect("hold_taken", bookings.challenge_hold, id_)
        elif not free:
            self._expect("already_challenged" if above else "first_hold", bookings.challenge_hold, id_)
        else:
            bookings.challenge_hold(self.session, self.dana, id_, now=self.now)
            for other in free:
                other.asked_by = {id_: min(self.now + ANSWER, one.start, other.start)}

    @rule(id_=ids)
    def confirm(self, id_: int) -> None:
        one = self.line.get(id_)
        if one is None:
            return
        if one.status is not S.HOLD:
            self._expect("not_held", bookings.confirm_hold, id_)
        elif self._standing_above(one):
            self._expect("hold_above", bookings.confirm_hold, id_)
        elif self._is_taken(one):
            self._expect("slot_taken", bookings.confirm_hold, id_)
        else:
            bookings.confirm_hold(self.session, self.dana, id_, now=self.now)
            self._leave(one, S.CONFIRMED)

    @rule(id_=ids, by_the_booking=st.booleans())
    def release(self, id_: int, by_the_booking: bool) -> None:
        one = self.line.get(id_)
        if one is None:
            return
        if one.status is not S.HOLD:
            self._expect("not_held", bookings.release_hold, id_)
            return
        if by_the_booking:
            number = bookings.list_holds(self.session, self.dana, now=self.now)
            bookings.cancel(
                self.session, self.dana, next(hold.number for hold in number if hold.id == id_), now=self.now
            )
        else:
            bookings.release_hold(self.session, self.dana, id_, now=self.now)
        self._leave(one, S.CANCELLED)

    @rule(hours=st.integers(1, 40))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        due = [one for one in self.line.values() if one.status is S.HOLD and self._is_due(one)]
        assert bookings.expire_holds(self.session, self.now) == len(due)
        for one in due:
            self._leave(one, S.EXPIRED)

    @invariant()
    def ranks_and_clocks_agree(self) -> None:
        self.session.expire_all()
        held = [one for one in self.line.values() if one.status is S.HOLD]
        seen = {hold.id: hold.rank for hold in bookings.list_holds(self.session, self.dana, now=self.now)}
        assert seen == {one.id: len(self._above(one)) + 1 for one in held}
        asked = {(asked, by): due for asked, by, due in self.session.execute(_OPEN)}
        assert asked == {(one.id, by): due for one in held for by, due in one.asked_by.items()}

    @invariant()
    def only_what_is_confirmed_takes_time(self) -> None:
        taken = set(self.session.execute(_TAKEN).scalars())
        assert taken == {one.id for one in self.line.values() if one.status is S.CONFIRMED}

    def _is_due(self, one: Pencilled) -> bool:
        clocks = [*one.asked_by.values(), one.placed_at + DAYS, one.start]
        return any(clock <= self.now for clock in clocks)

    def _above(self, one: Pencilled) -> list[Pencilled]:
        """What was placed earlier has the smaller id."""
        return [
            other for other in self.line.values() if other.id < one.id and other.status is S.HOLD and other.meets(one)
        ]

    def _standing_above(self, one: Pencilled) -> list[Pencilled]:
        """Whose time is taken stands in nobody's way."""
        return [other for other in self._above(one) if not self._is_taken(other)]

    def _is_taken(self, one: Pencilled) -> bool:
        return any(other.meets(one) for other in self.line.values() if other.status is S.CONFIRMED)

    def _leave(self, one: Pencilled, status: BookingStatus) -> None:
        one.status, one.asked_by = status, {}
        for other in self.line.values():
            other.asked_by.pop(one.id, None)

    def _expect(self, code: str, command: Callable[..., Any], what: Any) -> None:
        with pytest.raises(DomainError) as refused, self.session.begin_nested():
            command(self.session, self.dana, what, now=self.now)
        assert refused.value.code == code


def test_any_sequence_of_holds(worker_engine: Engine) -> None:
    effort = settings(max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(lambda: Line(worker_engine), settings=effort)
