"""What is free, what is in the way and what would work instead, as the API shows it."""

from zoneinfo import ZoneInfo

from typing_extensions import TypedDict

from services.absences import BlockView
from services.scheduling import Alternative, Answer, DayAvailability, PeriodCapacity, Reason, ReasonCode, Span
from studio_app.api.answers import Instant, IsoDay, Problem, Refusal, iso, iso_day, iso_or_none


class SpanJson(TypedDict):
    start: Instant
    end: Instant


class RoomFreeJson(TypedDict):
    room_id: int
    free: list[SpanJson]


class AvailabilityAnswer(TypedDict):
    """`starts` fit all the rooms asked for together."""

    date: IsoDay
    rooms: list[RoomFreeJson]
    starts: list[Instant]


class ReasonJson(TypedDict):
    code: ReasonCode
    message: str
    resource_id: int | None
    start: Instant | None
    end: Instant | None


class AlternativeJson(TypedDict):
    start: Instant
    rooms: list[int]
    engineer_id: int | None
    label: str


class WhyAnswer(TypedDict):
    bookable: bool
    reasons: list[ReasonJson]
    alternatives: list[AlternativeJson]


class FitJson(TypedDict):
    """`message` says why it does not fit; empty where it does."""

    code: str
    name: str
    minutes: int
    fits: bool
    message: str


class PeriodJson(TypedDict):
    id: int
    name: str
    start: Instant
    end: Instant
    capacity_minutes: int
    used_minutes: int
    remaining_minutes: int
    bookings: int
    services: list[FitJson]


class CapacityAnswer(TypedDict):
    periods: list[PeriodJson]


class BlockJson(TypedDict):
    kind: str
    id: int
    resource_id: int | None
    start: Instant
    end: Instant
    label: str


class SlotProblem(Problem):
    conflicts: list[ReasonJson]
    alternatives: list[AlternativeJson]


class SlotRefusal(TypedDict):
    """With `slot_taken` and `capacity_taken`."""

    error: SlotProblem


SLOT_TAKEN = {
    409: {"model": SlotRefusal | Refusal, "description": "Taken: what is in the way, and what is free instead"}
}


def availability_json(found: DayAvailability, zone: ZoneInfo) -> AvailabilityAnswer:
    return {
        "date": iso_day(found.day),
        "rooms": [{"room_id": room.room_id, "free": [_span(span, zone) for span in room.free]} for room in found.rooms],
        "starts": [iso(start, zone) for start in found.starts],
    }


def why_json(answer: Answer, zone: ZoneInfo) -> WhyAnswer:
    return {
        "bookable": answer.bookable,
        "reasons": reasons_json(answer, zone),
        "alternatives": alternatives_json(answer, zone),
    }


def reasons_json(answer: Answer, zone: ZoneInfo) -> list[ReasonJson]:
    return [_reason(reason, zone) for reason in answer.reasons]


def alternatives_json(answer: Answer, zone: ZoneInfo) -> list[AlternativeJson]:
    return [_alternative(alternative, zone) for alternative in answer.alternatives]


def period_json(period: PeriodCapacity, zone: ZoneInfo) -> PeriodJson:
    return {
        "id": period.period_id,
        "name": period.name,
        "start": iso(period.start, zone),
        "end": iso(period.end, zone),
        "capacity_minutes": period.capacity_minutes,
        "used_minutes": period.used_minutes,
        "remaining_minutes": period.remaining_minutes,
        "bookings": period.bookings,
        "services": [
            {"code": fit.code, "name": fit.name, "minutes": fit.minutes, "fits": fit.fits, "message": fit.message}
            for fit in period.services
        ],
    }


def block_json(block: BlockView, zone: ZoneInfo) -> BlockJson:
    return {
        "kind": block.kind,
        "id": block.id,
        "resource_id": block.resource_id,
        "start": iso(block.start, zone),
        "end": iso(block.end, zone),
        "label": block.label,
    }


def _span(span: Span, zone: ZoneInfo) -> SpanJson:
    return {"start": iso(span.start, zone), "end": iso(span.end, zone)}


def _reason(reason: Reason, zone: ZoneInfo) -> ReasonJson:
    return {
        "code": reason.code,
        "message": reason.message,
        "resource_id": reason.resource_id,
        "start": iso_or_none(reason.start, zone),
        "end": iso_or_none(reason.end, zone),
    }


def _alternative(alternative: Alternative, zone: ZoneInfo) -> AlternativeJson:
    return {
        "start": iso(alternative.start, zone),
        "rooms": list(alternative.room_ids),
        "engineer_id": alternative.engineer_id,
        "label": alternative.label,
    }
