"""A lower hold asks those above it, and the clock runs out on who does not answer."""

from datetime import datetime, timedelta

from hypothesis.stateful import rule
from sqlmodel import Session as Database

from services import bookings
from services.core.access import Actor
from services.holds import AlreadyChallenged, HoldNotFound, HoldTaken, HoldView, NotHeld, NothingAbove
from tests.machine.model import S, Sold
from tests.machine.studio import NUMBERS, Studio
from tests.scheduling.studio import NOW

_TOO_LATE = NOW + timedelta(hours=25)
"""To answer what was asked now; every session is still to come, and no hold has stood for too long."""


class Challenging(Studio):
    @rule(number=NUMBERS)
    def challenge(self, number: str) -> None:
        sold = self.sold.get(number)
        if sold is None:
            return

        def asks(session: Database, actor: Actor, _: str, now: datetime) -> HoldView:
            return bookings.challenge_hold(session, actor, sold.view.id, now=now)

        above = self.above(sold)
        free = [one for one in above if not self._is_asked(one)]
        if sold.view.status is not S.HOLD:
            self.refused(HoldNotFound, asks, number, now=NOW)
        elif sold.status is not S.HOLD:
            self.refused(NotHeld, asks, number, now=NOW)
        elif self.is_overtaken(sold):
            self.refused(HoldTaken, asks, number, now=NOW)
        elif not free:
            self.refused(AlreadyChallenged if above else NothingAbove, asks, number, now=NOW)
        else:
            asks(self.session, self.dana, number, NOW)
            for one in free:
                one.asked_by = number

    @rule()
    def let_the_clock_run_out(self) -> None:
        held = [one for one in self.sold.values() if one.status is S.HOLD]
        due = [one for one in held if self._is_asked(one)]
        assert bookings.expire_holds(self.session, _TOO_LATE) == len(due)
        for one in held:
            one.asked_by = ""
        for one in due:
            one.status, one.total = S.EXPIRED, 0

    def _is_asked(self, held: Sold) -> bool:
        """A challenge counts while the two meet."""
        by = self.sold.get(held.asked_by)
        return by is not None and by.status is S.HOLD and by.meets(held)
