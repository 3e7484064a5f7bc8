"""Why a wish cannot be, one sentence for each thing in the way. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from models.catalog import ResourceKind, RoomStatus
from models.scheduling import AllocationReason
from services.core.dates import day_text
from services.scheduling.snapshot import AvailabilitySnapshot, Meeting, Timetable
from services.scheduling.span_set import seconds
from services.scheduling.types import Reason, ReasonCode, SlotRequest, Span
from services.scheduling.wording import clock_span

_ROOM_STATUS = {RoomStatus.MAINTENANCE: "is out for maintenance", RoomStatus.LOCKED: "is locked"}
_CODE = {
    AllocationReason.SESSION: ReasonCode.BOOKED,
    AllocationReason.LOCKOUT: ReasonCode.LOCKOUT,
    AllocationReason.TIME_OFF: ReasonCode.TIME_OFF,
}


@dataclass(frozen=True, slots=True)
class Why:
    """`reveal` lets sentences name bookings and clients; the public sees only times."""

    picture: AvailabilitySnapshot
    meetings: tuple[Meeting, ...]
    wish: SlotRequest
    now: datetime
    reveal: bool

    @property
    def day(self) -> date:
        return self.wish.start.astimezone(self.picture.zone).date()

    def reasons(self) -> tuple[Reason, ...]:
        if self.wish.start < self.now:
            return (Reason(ReasonCode.PAST, "That time has passed."),)
        return (*self._hours(), *self._rooms(), *self._engineer(), *self._mics())

    def _hours(self) -> Iterator[Reason]:
        session = self.wish.session
        for closure in self.picture.closures:
            if closure.span.overlaps(session):
                closed = f"The studio is closed on {self._days_of(closure.span)}: {closure.reason}."
                yield Reason(ReasonCode.CLOSURE, closed, None, closure.span.start, closure.span.end)
        if not self.picture.hours.cover(seconds(session)):
            yield Reason(ReasonCode.CLOSED, self._opening())

    def _opening(self) -> str:
        near = [
            span for span in self.picture.hours.spans() if span.overlaps(self.wish.session) or self._begins_today(span)
        ]
        if not near:
            return f"The studio is closed on {day_text(self.day)}."
        return f"The studio is open {' and '.join(clock_span(s, self.picture.zone, self.day) for s in near)}."

    def _begins_today(self, span: Span) -> bool:
        return span.start.astimezone(self.picture.zone).date() == self.day

    def _days_of(self, span: Span) -> str:
        first = span.start.astimezone(self.picture.zone).date()
        last = date.fromordinal(span.end.astimezone(self.picture.zone).date().toordinal() - 1)
        return day_text(first) if first == last else f"{day_text(first)}–{day_text(last)}"

    def _rooms(self) -> Iterator[Reason]:
        for room_id in self.wish.room_ids:
            room = self.picture.resources[room_id]
            if not room.is_usable:
                state = _ROOM_STATUS.get(RoomStatus(room.status), "is no longer on offer")
                yield Reason(ReasonCode.UNAVAILABLE, f"{room.name} {state}.", room_id)
            yield from self._met(room)

    def _engineer(self) -> Iterator[Reason]:
        if self.wish.engineer_id is None:
            return
        engineer = self.picture.resources[self.wish.engineer_id]
        for room_id in self.wish.room_ids:
            room = self.picture.resources[room_id]
            if engineer.id not in room.engineer_ids:
                not_here = f"{engineer.name} does not work in {room.name}."
                yield Reason(ReasonCode.NOT_QUALIFIED, not_here, engineer.id)
        yield from self.engineer_time(engineer)

    def engineer_time(self, engineer: Timetable) -> Iterator[Reason]:
        """What keeps an engineer from working then, whatever the rooms."""
        session = self.wish.session
        if not engineer.is_usable:
            yield Reason(ReasonCode.UNAVAILABLE, f"{engineer.name} no longer works here.", engineer.id)
        elif not engineer.hours.cover(seconds(session)):
            off = f"{engineer.name} does not work {clock_span(session, self.picture.zone, self.day)}."
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
        if met.span.start >= self.wish.session.end:
            return f", and this session needs {self.wish.buffer_minutes} minutes after it to reset"
        minutes = int((met.span.end - session.end).total_seconds()) // 60
        return f", then {minutes} minutes to reset" if minutes > 0 else ""

    def _clock(self, span: Span) -> str:
        return clock_span(span, self.picture.zone, self.day)

    def _mics(self) -> Iterator[Reason]:
        for mic in self.wish.mics:
            free = len(self.picture.free_units(mic.mic_option_id, seconds(self.wish.occupied)))
            if free >= mic.quantity:
                continue
            name = self._mic_name(mic.mic_option_id)
            message = f"No {name} is free then." if not free else f"Only {free} of {mic.quantity} {name} are free then."
            yield Reason(ReasonCode.MIC_SHORT, message)

    def _mic_name(self, mic_option_id: int) -> str:
        units = self.picture.of_kind(ResourceKind.GEAR_UNIT)
        return next((unit.name for unit in units if unit.mic_option_id == mic_option_id), "such microphone")
