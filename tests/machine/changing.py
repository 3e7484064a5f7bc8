"""Moves, resizes, swaps and extensions, before and during a session, and undo."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from services import changes
from services.changes import CannotUndo, Change, NotChangeable, NothingToUndo, SessionOver
from services.core.errors import Invalid
from services.scheduling import CapacityTaken, SlotTaken
from tests.machine.model import BUFFER, PERIOD_MINUTES, Made, S, Session, Sold, rearranged
from tests.machine.selling import Selling
from tests.machine.studio import NUMBERS
from tests.scheduling.studio import FRIDAY, LEO, MAYA, NIA, NOW, A, B, C, at

STATUS_ASIDE = ("status", "checked_in_at", "series_id")
ROOMS = st.sampled_from([(A,), (B,), (C,), (A, B), (B, C), (B, A)])
ENGINEERS = st.sampled_from([None, MAYA, NIA, LEO])
PAUSES = st.sampled_from([0, 0, 15, 45])
"""Minutes since the last change, once the client is here."""
PERIODS = {"Morning": at(FRIDAY, "10:00"), "Afternoon": at(FRIDAY, "15:30")}


class Changing(Selling):
    @rule(number=NUMBERS, half_hour=st.integers(0, 30))
    def move(self, number: str, half_hour: int) -> None:
        start = at(FRIDAY, "10:00") + timedelta(minutes=30 * half_hour)
        self._change(number, 0, lambda was: _at(was, start), Change(start=start))

    @rule(number=NUMBERS, minutes=st.sampled_from([15, 45, 60, 150]))
    def resize(self, number: str, minutes: int) -> None:
        longer = timedelta(minutes=minutes)
        self._change(number, 0, lambda was: replace(was, end=was.start + longer), Change(minutes=minutes))

    @rule(number=NUMBERS, minutes=st.sampled_from([15, 30, 90]), pause=PAUSES)
    def extend(self, number: str, minutes: int, pause: int) -> None:
        more = timedelta(minutes=minutes)
        self._change(number, pause, lambda was: replace(was, end=was.end + more), Change(extra_minutes=minutes))

    @rule(number=NUMBERS, rooms=ROOMS, pause=PAUSES)
    def swap_rooms(self, number: str, rooms: tuple[int, ...], pause: int) -> None:
        self._change(number, pause, lambda was: replace(was, rooms=rooms), Change(room_ids=rooms))

    @rule(number=NUMBERS, engineer=ENGINEERS, pause=PAUSES)
    def swap_engineer(self, number: str, engineer: int | None, pause: int) -> None:
        wanted = Change(engineer_id=engineer, without_engineer=engineer is None)
        self._change(number, pause, lambda was: replace(was, engineer=engineer), wanted)

    @rule(number=NUMBERS, rooms=ROOMS, half_hour=st.integers(0, 30))
    def drop(self, number: str, rooms: tuple[int, ...], half_hour: int) -> None:
        """On another time and other rooms, as the calendar does."""
        start = at(FRIDAY, "10:00") + timedelta(minutes=30 * half_hour)
        wanted = Change(start=start, room_ids=rooms)
        self._change(number, 0, lambda was: replace(_at(was, start), rooms=rooms), wanted)

    @rule(number=NUMBERS, period=st.sampled_from([*PERIODS]))
    def move_online(self, number: str, period: str) -> None:
        sold = self.sold.get(number)
        if sold is None or not sold.is_online:
            return
        wanted = Change(start=PERIODS[period])
        if period == sold.period:
            self.refused(Invalid, changes.apply, number, wanted, now=NOW)
        elif not _may(sold, "TIME"):
            self.refused(NotChangeable, changes.apply, number, wanted, now=NOW)
        elif self.minutes_sold(period) + 90 > PERIOD_MINUTES:
            self.refused(CapacityTaken, changes.apply, number, wanted, now=NOW)
        else:
            changes.apply(self.session, self.dana, number, wanted, now=NOW)
            sold.period = period

    @rule(number=NUMBERS, pause=PAUSES)
    def undo(self, number: str, pause: int) -> None:
        sold = self.sold.get(number)
        if sold is None or sold.is_online:
            return
        now = _clock(sold, pause)
        if not sold.made:
            self.refused(NothingToUndo, changes.undo, number, None, now=now)
            return
        last = sold.made[-1]
        if error := self._no_way_back(sold, last, now):
            self.refused(error, changes.undo, number, None, now=now)
            return
        changes.undo(self.session, self.dana, number, now=now)
        assert _without_status(self.stored(number)) == _without_status(last.rows)
        sold.made.pop()
        sold.session, sold.held, sold.now = last.before, last.held, now
        sold.total -= last.cents

    def _change(self, number: str, pause: int, to: object, wanted: Change) -> None:
        """Expects of the service what the model says, to the cent and to the minute."""
        sold = self.sold.get(number)
        if sold is None or sold.is_online:
            return
        now, was = _clock(sold, pause), sold.session
        after: Session = to(was)  # type: ignore[operator]
        if after == was:
            self.refused(Invalid, changes.apply, number, wanted, now=now)
            return
        if not _may(sold, _kind(was, after)):
            self.refused(NotChangeable, changes.apply, number, wanted, now=now)
            return
        if after.start == was.start and after.end <= now:
            self.refused(SessionOver, changes.apply, number, wanted, now=now)
            return
        since = after.start if after.start != was.start else min(max(now, was.start), was.end)
        is_taken = sold.status.holds_time and self.is_taken(after, sold, since)
        cents = _difference(sold, after, since)
        before = self.stored(number)
        seen = changes.preview(self.session, self.dana, number, wanted, now=now)
        assert (seen.bookable, seen.total_cents) == (not is_taken, sold.total + cents)
        assert self.stored(number) == before
        if is_taken:
            self.refused(SlotTaken, changes.apply, number, wanted, now=now)
            return
        changes.apply(self.session, self.dana, number, wanted, now=now)
        sold.made.append(Made(sold.status, was, sold.held, cents, before))
        sold.session, sold.now = after, now
        sold.total += cents
        if sold.status.holds_time:
            _hold_from(sold, since if _has_begun(was, after, since) else None)

    def _no_way_back(self, sold: Sold, last: Made, now: datetime) -> type[Exception] | None:
        if not _may(sold, _kind(last.before, sold.session)):
            return NotChangeable
        if last.status.holds_time != sold.status.holds_time:
            return CannotUndo
        same_start = last.before.start == sold.session.start
        if same_start and last.before.end <= now:
            return CannotUndo
        since = min(max(now, sold.session.start), sold.session.end) if same_start else last.before.start
        if sold.status.holds_time and self.is_taken(last.before, sold, since):
            return SlotTaken
        past_is_taken = sold.status.holds_time and self._is_past_taken(sold, last)
        return SlotTaken if past_is_taken else None

    def _is_past_taken(self, sold: Sold, last: Made) -> bool:
        """Also what lies behind is put back, if nobody else has it."""
        return any(
            resource == other_resource and start < other_end and other_start < end
            for resource, start, end in last.held
            for other in self.sold.values()
            if other is not sold and other.status.holds_time
            for other_resource, other_start, other_end in other.held
        )


def _at(was: Session, start: datetime) -> Session:
    return replace(was, start=start, end=start + (was.end - was.start))


def _clock(sold: Sold, pause: int) -> datetime:
    return sold.now + timedelta(minutes=pause) if sold.status is S.CHECKED_IN else NOW


def _kind(before: Session, after: Session) -> str:
    is_time = (before.start, before.end) != (after.start, after.end)
    differing = [is_time, before.rooms != after.rooms, before.engineer != after.engineer]
    if sum(differing) > 1:
        return "MOVE"
    if is_time:
        return "EXTENSION" if before.start == after.start and after.end > before.end else "TIME"
    if before.engineer != after.engineer:
        return "ENGINEER_SWAP"
    is_swap = len(before.rooms) == len(after.rooms) and set(before.rooms) != set(after.rooms)
    return "ROOM_SWAP" if is_swap else "ROOMS"


def _may(sold: Sold, kind: str) -> bool:
    if sold.status is S.CHECKED_IN:
        return kind in ("ROOM_SWAP", "ENGINEER_SWAP", "EXTENSION")
    return sold.status.is_open


def _has_begun(before: Session, after: Session, since: datetime) -> bool:
    return before.start == after.start < since


def _difference(sold: Sold, after: Session, since: datetime) -> int:
    was = sold.session
    if _has_begun(was, after, since):
        return sold.off(after.price_from(since) - was.price_from(since))
    return sold.off(after.price_from(after.start) - was.price_from(was.start))


def _hold_from(sold: Sold, since: datetime | None) -> None:
    if since is None:
        sold.hold()
    else:
        sold.held = rearranged(sold.held, sold.session.resources, since, sold.session.end + BUFFER)


def _without_status(stored: dict[str, list[dict[str, object]]]) -> dict[str, object]:
    """A booking may be confirmed or repeated, its client arrive, and minutes be sold between a change and its undo."""
    booking = {name: value for name, value in stored["booking"][0].items() if name not in STATUS_ASIDE}
    return {**stored, "booking": booking, "capacity": None}
