"""Rooms are locked and people take time off, between whatever else happens; both are given back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from sqlalchemy import text

from services import absences
from services.absences import (
    LockoutKind,
    LockoutView,
    NewLockout,
    NewTimeOff,
    TimeOffReason,
    TimeOffStatus,
    TimeOffView,
)
from services.core.access import SYSTEM
from services.core.errors import Conflict
from tests.machine.studio import Studio
from tests.scheduling.studio import FRIDAY, LEO, MAYA, NIA, NOW, A, B, C, at

_ROOMS = st.lists(st.sampled_from((A, B, C)), min_size=1, max_size=2, unique=True).map(tuple)
_STARTS = st.integers(0, 28).map(lambda half_hours: at(FRIDAY, "10:00") + half_hours * timedelta(minutes=30))
_LENGTHS = st.sampled_from([timedelta(minutes=30), timedelta(hours=3)])
_BLOCKS = text("select resource_id, lower(during), upper(during) from allocation where booking_id is null")


class Away(Studio):
    @rule(rooms=_ROOMS, start=_STARTS, length=_LENGTHS)
    def lock(self, rooms: tuple[int, ...], start: datetime, length: timedelta) -> None:
        new = NewLockout(
            room_ids=rooms, start=start, end=start + length, kind=LockoutKind.MAINTENANCE, reason="Monitors"
        )
        self._block(rooms, start, start + length, absences.lock_rooms, new)

    @rule(person=st.sampled_from((MAYA, LEO, NIA)), start=_STARTS, length=_LENGTHS)
    def take_off(self, person: int, start: datetime, length: timedelta) -> None:
        new = NewTimeOff(
            resource_id=person,
            start=start,
            end=start + length,
            status=TimeOffStatus.SICK,
            reason=TimeOffReason.OTHER,
        )
        self._block((person,), start, start + length, absences.take_time_off, new)

    @precondition(lambda self: self.blocks)
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        view = data.draw(st.sampled_from(list(self.blocks)))
        undo = absences.unlock_rooms if isinstance(view, LockoutView) else absences.cancel_time_off
        undo(self.session, SYSTEM, view.id)
        del self.blocks[view]

    @invariant()
    def the_ledger_holds_exactly_what_is_blocked(self) -> None:
        held = sorted(tuple(row) for row in self.session.execute(_BLOCKS))
        assert held == sorted(stretch for stretches in self.blocks.values() for stretch in stretches)

    def _block(self, resources: tuple[int, ...], start: datetime, end: datetime, command: Any, new: Any) -> None:
        """Refused exactly where a session or another block is met; holds are in nobody's way."""
        stretches = [(resource, start, end) for resource in resources]
        if any(self._is_met(*stretch) for stretch in stretches):
            with pytest.raises(Conflict), self.session.begin_nested():
                command(self.session, SYSTEM, new, now=NOW)
            return
        view: LockoutView | TimeOffView = command(self.session, SYSTEM, new, now=NOW)
        self.blocks[view] = stretches

    def _is_met(self, resource: int, start: datetime, end: datetime) -> bool:
        sold = [one for sold in self.sold.values() if sold.status.holds_time for one in sold.held]
        blocked = [one for stretches in self.blocks.values() for one in stretches]
        return any(other == resource and begins < end and start < ends for other, begins, ends in (*sold, *blocked))
