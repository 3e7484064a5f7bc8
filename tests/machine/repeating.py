"""The same again a week later, at the prices of that day."""

from dataclasses import replace
from datetime import timedelta

from hypothesis.stateful import rule

from services import repeats
from services.core.errors import Conflict
from services.repeats import RepeatTaken
from tests.machine.model import FLAT, S, Sold, week_of
from tests.machine.studio import NUMBERS, Studio
from tests.scheduling.studio import NOW

_WEEK = timedelta(weeks=1)
_RULE = "FREQ=WEEKLY;COUNT=2"


class Repeating(Studio):
    @rule(target=NUMBERS, number=NUMBERS)
    def repeat(self, number: str) -> str:
        sold = self.sold.get(number)
        if sold is None or sold.is_online or week_of(sold.session.start):
            return ""
        was = sold.session
        wanted = replace(was, start=was.start + _WEEK, end=was.end + _WEEK)
        status = sold.status if sold.status in (S.HOLD, S.PENDING) else S.CONFIRMED
        if sold.status in (S.CANCELLED, S.EXPIRED):
            self.refused(Conflict, repeats.repeat, number, _RULE, now=NOW)
        elif status is not S.HOLD and self.is_taken(wanted):
            self.refused(RepeatTaken, repeats.repeat, number, _RULE, now=NOW)
        else:
            (view,) = repeats.repeat(self.session, self.dana, number, _RULE, now=NOW)
            made = Sold(view, wanted, sold.off(wanted.price_from(wanted.start) + FLAT), status, sold.off_pct)
            if status.holds_time:
                made.hold()
            self.sold[view.number] = made
            return view.number
        return ""
