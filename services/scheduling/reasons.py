"""Why a slot request cannot be, one sentence for each thing in the way, and how sentences name times. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.catalog import ResourceKind, RoomStatus
from models.scheduling import AllocationReason
from services.core.clock import day_start
from services.core.dates import Localized, day_text, span_text, time_text
from services.scheduling.snapshot import AvailabilitySnapshot, Meeting, Timetable
from services.scheduling.types import Reason, ReasonCode, SlotRequest, Span, seconds

_ROOM_STATUS = {RoomStatus.MAINTENANCE: "is out for maintenance", RoomStatus.LOCKED: "is locked"}
_CODE = {
    AllocationReason.SESSION: ReasonCode.BOOKED,
    AllocationReason.LOCKOUT: ReasonCode.LOCKOUT,
    AllocationReason.TIME_OFF: ReasonCode.TIME_OFF,
}


def clock_span(span: Span, studio: Localized, on: date) -> str:
    """Days are named only where the span leaves the day `on`, on which it is spoken of; whole days by their names."""
    zone = studio.zone
    if whole := whole_days(span, zone):
        return " – ".join(day_text(day, studio) for day in dict.fromkeys(whole))
    first, last = span.start.astimezone(zone).date(), span.end.astimezone(zone).date()
    if first == last == on:
        return span_text(span.start, span.end, studio)
    last_day = "" if last == first else f"{day_text(last, studio)} "
    return f"{day_text(first, studio)} {time_text(span.start, studio)}–{last_day}{time_text(span.end, studio)}"


def whole_days(span: Span, zone: ZoneInfo) -> tuple[date, date] | None:
    """The first day and the last, both included, of what begins and ends with a day."""
    first, after = span.start.astimezone(zone).date(), span.end.astimezone(zone).date()
    if (span.start, span.end) != (day_start(first, zone), day_start(after, zone)) or after <= first:
        return None
    return first, after - timedelta(days=1)


def day_span(span: Span, studio: Localized) -> str:
    """With its day, or both."""
    day = span.start.astimezone(studio.zone).date()
    words = clock_span(span, studio, day)
    if whole_days(span, studio.zone):
        return words
    return words if span.end.astimezone(studio.zone).date() != day else f"{day_text(day, studio)} {words}"


def listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


@dataclass(frozen=True, slots=True)
class Why:
    """`reveal` lets sentences name bookings and clients; the public sees only times."""

    snapshot: AvailabilitySnapshot
    meetings: tuple[Meeting, ...]
    request: SlotRequest
    now: datetime
    reveal: bool
    studio: Localized

    @property
    def day(self) -> date:
        return self.request.start.astimezone(self.snapshot.zone).date()

    def reasons(self) -> tuple[Reason, ...]:
        if self.request.start < self.now:
            return (Reason(ReasonCode.PAST, "That time has passed."),)
        return (*self._hours(), *self._rooms(), *self._engineer(), *self._mics())

    def _hours(self) -> Iterator[Reason]:
        session = self.request.session
        for closure in self.snapshot.closures:
            if closure.span.overlaps(session):
                closed = f"The studio is closed on {self._days_of(closure.span)}: {closure.reason}."
                yield Reason(ReasonCode.CLOSURE, closed, None, closure.span.start, closure.span.end)
        if not self.snapshot.hours.cover(seconds(session)):
            yield Reason(ReasonCode.CLOSED, self._opening())

    def _opening(self) -> str:
        wanted = self.request.session
        near = [one for one in self.snapshot.hours.spans() if one.overlaps(wanted) or self._begins_today(one)]
        if not near:
            return f"The studio is closed on {day_text(self.day, self.studio)}."
        return f"The studio is open {' and '.join(clock_span(s, self.studio, self.day) for s in near)}."

    def _begins_today(self, span: Span) -> bool:
        return span.start.astimezone(self.snapshot.zone).date() == self.day

    def _days_of(self, span: Span) -> str:
        first = span.start.astimezone(self.snapshot.zone).date()
        last = date.fromordinal(span.end.astimezone(self.snapshot.zone).date().toordinal() - 1)
        words = [day_text(day, self.studio) for day in dict.fromkeys((first, last))]
        return "–".join(words)

    def _rooms(self) -> Iterator[Reason]:
        for room_id in self.request.room_ids:
            room = self.snapshot.resources[room_id]
            if not room.is_usable:
                state = _ROOM_STATUS.get(RoomStatus(room.status), "is no longer on offer")
                yield Reason(ReasonCode.UNAVAILABLE, f"{room.name} {state}.", room_id)
            yield from self._met(room)

    def _engineer(self) -> Iterator[Reason]:
        if self.request.engineer_id is None:
            return
        engineer = self.snapshot.resources[self.request.engineer_id]
        for room_id in self.request.room_ids:
            room = self.snapshot.resources[room_id]
            if engineer.id not in room.engineer_ids:
                not_here = f"{engineer.name} does not work in {room.name}."
                yield Reason(ReasonCode.NOT_QUALIFIED, not_here, engineer.id)
        yield from self.engineer_time(engineer)

    def engineer_time(self, engineer: Timetable) -> Iterator[Reason]:
        """What keeps an engineer from working then, whatever the rooms."""
        session = self.request.session
        if not engineer.is_usable:
            yield Reason(ReasonCode.UNAVAILABLE, f"{engineer.name} no longer works here.", engineer.id)
        elif not engineer.hours.cover(seconds(session)):
            off = f"{engineer.name} does not work {clock_span(session, self.studio, self.day)}."
            yield Reason(ReasonCode.NOT_WORKING, off, engineer.id)
        yield from self._met(engineer)

    def _met(self, resource: Timetable) -> Iterator[Reason]:
        for met in self.meetings:
            if met.resource_id == resource.id:
                message = f"{resource.name} {self._says(met)}."
                yield Reason(_CODE[met.reason], message, resource.id, met.span.start, met.span.end)

    def _says(self, met: Meeting) -> str:
        if met.reason is AllocationReason.TIME_OFF:
            return f"is away {self._clock(met.span)}"
        if met.reason is AllocationReason.LOCKOUT:
            why = f" ({met.lockout_reason})" if self.reveal and met.lockout_reason else ""
            return f"is locked out {self._clock(met.span)}{why}"
        session = Span(met.span.start, met.session_end or met.span.end)
        who = f" ({met.number}, {met.client})" if self.reveal else ""
        return f"is booked {self._clock(session)}{who}{self._reset(met, session)}"

    def _reset(self, met: Meeting, session: Span) -> str:
        if met.span.start >= self.request.session.end:
            return f", and this session needs {self.request.buffer_minutes} minutes after it to reset"
        minutes = int((met.span.end - session.end).total_seconds()) // 60
        return f", then {minutes} minutes to reset" if minutes > 0 else ""

    def _clock(self, span: Span) -> str:
        return clock_span(span, self.studio, self.day)

    def _mics(self) -> Iterator[Reason]:
        for mic in self.request.mics:
            free = len(self.snapshot.free_units(mic.mic_option_id, seconds(self.request.occupied)))
            if free >= mic.quantity:
                continue
            name = self._mic_name(mic.mic_option_id)
            message = f"No {name} is free then." if not free else f"Only {free} of {mic.quantity} {name} are free then."
            yield Reason(ReasonCode.MIC_SHORT, message)

    def _mic_name(self, mic_option_id: int) -> str:
        units = self.snapshot.of_kind(ResourceKind.GEAR_UNIT)
        return next((unit.name for unit in units if unit.mic_option_id == mic_option_id), "such microphone")
