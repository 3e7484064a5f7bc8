"""Some days of some resources, as one statement read them, and what fits in there. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.catalog import ResourceKind
from models.scheduling import AllocationReason
from services.scheduling.types import Seconds, SlotRequest, Span, SpanSet, seconds


@dataclass(frozen=True, slots=True)
class Timetable:
    """One resource. A gear unit has no hours of its own; only its `clear` time counts."""

    id: int
    kind: ResourceKind
    name: str
    is_usable: bool
    """Active, and for a room AVAILABLE."""
    status: str
    """A room's status; empty for others."""
    mic_option_id: int | None
    engineer_ids: frozenset[int]
    """Who may work in the room."""
    primary_ids: frozenset[int]
    """Whose own room it is."""
    hours: SpanSet
    """Opening or working hours, closures not taken off."""
    free: SpanSet
    """Hours without closures and allocations."""
    clear: SpanSet
    """The window without allocations: where a buffer may lie."""

    def fits(self, session: Seconds, occupied: Seconds) -> bool:
        return self.is_usable and self.free.cover(session) and self.clear.cover(occupied)


@dataclass(frozen=True, slots=True)
class ClosedSpan:
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class OpenDay:
    day: date
    span: Span
    """From its first instant to its last, or on to the end of a period that runs past midnight.
    A closed day does not run on."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """An allocation in the way of something, and what it is for."""

    resource_id: int
    span: Span
    session_end: datetime | None
    """Of a session: its end, without the buffer."""
    reason: AllocationReason
    number: str
    client: str
    lockout_kind: str
    lockout_reason: str


@dataclass(frozen=True, slots=True)
class AvailabilitySnapshot:
    zone: ZoneInfo
    buffer_minutes: int | None
    """Of the service that was asked for; None: there is no such service."""
    step: timedelta
    """Between the starts that are offered, counted from the opening."""
    days: tuple[OpenDay, ...]
    hours: SpanSet
    """When the studio opens, closures not taken off; adjacent periods are one span."""
    open: tuple[Span, ...]
    closures: tuple[ClosedSpan, ...]
    resources: dict[int, Timetable]

    def of_kind(self, kind: ResourceKind) -> list[Timetable]:
        return [resource for resource in self.resources.values() if resource.kind is kind]

    def steps(self, span: Span) -> Iterator[datetime]:
        """Every start on offer in the open hours that begin in `span`."""
        for hours in self.open:
            behind = -(-max(timedelta(0), span.start - hours.start) // self.step)
            at = hours.start + behind * self.step
            while at < min(hours.end, span.end):
                yield at
                at += self.step

    def off_step(self, start: datetime) -> tuple[datetime, ...]:
        """The starts on offer before and after one within the open hours that is none itself."""
        hours = next((one for one in self.open if one.start <= start < one.end), None)
        past = (start - hours.start) % self.step if hours else timedelta(0)
        return (start - past, start - past + self.step) if past else ()

    def fits(self, request: SlotRequest, now: datetime) -> bool:
        """Whether every resource of the request is free for it, qualified and usable."""
        return request.start >= now and self._fits(request, seconds(request.session), seconds(request.occupied))

    def _fits(self, request: SlotRequest, session: Seconds, occupied: Seconds) -> bool:
        rooms = [self.resources[room_id] for room_id in request.room_ids]
        if request.engineer_id is not None:
            if any(request.engineer_id not in room.engineer_ids for room in rooms):
                return False
            if not self.resources[request.engineer_id].fits(session, occupied):
                return False
        return all(room.fits(session, occupied) for room in rooms) and all(
            len(self.free_units(mic.mic_option_id, occupied)) >= mic.quantity for mic in request.mics
        )

    def free_units(self, mic_option_id: int, occupied: Seconds) -> list[int]:
        return [
            unit.id
            for unit in self.of_kind(ResourceKind.GEAR_UNIT)
            if unit.mic_option_id == mic_option_id and unit.is_usable and unit.clear.cover(occupied)
        ]

    def pick_units(self, request: SlotRequest) -> tuple[tuple[int, int], ...]:
        """(mic option, free unit), as many units as are wished for."""
        occupied = seconds(request.occupied)
        return tuple(
            (mic.mic_option_id, unit)
            for mic in request.mics
            for unit in sorted(self.free_units(mic.mic_option_id, occupied), key=lambda one: one not in request.units)[
                : mic.quantity
            ]
        )

    def starts(self, requests: Sequence[SlotRequest], span: Span, now: datetime) -> Iterator[datetime]:
        """The steps of `span` at which one of the requests, which are alike in length, would fit."""
        for at in self.steps(span) if requests else ():
            session, occupied = map(seconds, requests[0].spans_at(at))
            if at >= now and any(self._fits(request, session, occupied) for request in requests):
                yield at
