"""Reads the snapshot: hours − closures − allocations of every resource asked for, in one statement."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.catalog import ResourceKind
from models.scheduling import AllocationReason
from services.core.clock import offsets
from services.core.errors import NotFound
from services.core.fields import MAX_ID
from services.scheduling.snapshot import AvailabilitySnapshot, ClosedSpan, Meeting, OpenDay, Timetable
from services.scheduling.statements import MEETINGS, SNAPSHOT
from services.scheduling.types import SlotRequest, Span, SpanSet, from_seconds


def snapshot(
    session: Session,
    zone: ZoneInfo,
    first: date,
    days: int = 1,
    *,
    minutes: int,
    room_ids: Iterable[int] | None = None,
    engineer_ids: Iterable[int] | None = (),
    mic_option_ids: Iterable[int] = (),
    service: str | None = None,
    except_booking_id: int | None = None,
) -> AvailabilitySnapshot:
    """What is free from `first` for `days` local days, and `minutes` on for what begins last.

    None for rooms or engineers means all that are active. `minutes` includes the buffer, unless
    a `service` is named, whose buffer is then added.
    """
    row = session.execute(
        SNAPSHOT,
        {
            "first": first,
            "days": days,
            "minutes": minutes,
            "rooms": None if room_ids is None else _storable(room_ids),
            "engineers": None if engineer_ids is None else _storable(engineer_ids),
            "options": _storable(mic_option_ids),
            "service": service,
            "except_booking_id": except_booking_id,
            **asdict(offsets(zone, first, first + timedelta(days=days))),
        },
    ).one()
    hours = SpanSet(row.hours)
    return AvailabilitySnapshot(
        zone=zone,
        buffer_minutes=row.buffer,
        step=timedelta(minutes=row.step),
        days=tuple(OpenDay(date.fromisoformat(day), from_seconds(*pair)) for day, *pair in row.days),
        hours=hours,
        open=SpanSet(row.open).spans(),
        closures=tuple(ClosedSpan(from_seconds(*pair), reason) for *pair, reason in row.closures),
        resources={one["id"]: _to_timetable(one, hours) for one in row.resources},
    )


def snapshot_for(
    session: Session,
    zone: ZoneInfo,
    request: SlotRequest,
    day: date,
    *,
    days: int = 1,
    except_booking_id: int | None = None,
) -> AvailabilitySnapshot:
    """The request's own resources from `day` on. Unknown ones are refused."""
    engineers = () if request.engineer_id is None else (request.engineer_id,)
    read = snapshot(
        session,
        zone,
        day,
        days,
        minutes=request.minutes + request.buffer_minutes,
        room_ids=request.room_ids,
        engineer_ids=engineers,
        mic_option_ids=[mic.mic_option_id for mic in request.mics],
        except_booking_id=except_booking_id,
    )
    check_known(read, request.room_ids, request.engineer_id)
    return read


def check_known(snapshot: AvailabilitySnapshot, room_ids: Iterable[int], engineer_id: int | None) -> None:
    """Refuses ids that are nothing, or something else."""
    rooms = {one.id for one in snapshot.of_kind(ResourceKind.ROOM)}
    if not rooms.issuperset(room_ids):
        raise NotFound("There is no such room.", field="rooms")
    if engineer_id is not None and engineer_id not in {one.id for one in snapshot.of_kind(ResourceKind.ENGINEER)}:
        raise NotFound("There is no such engineer.", field="engineer_id")


def _storable(ids: Iterable[int]) -> list[int]:
    """Ids a column can hold; others exist nowhere."""
    return [one for one in ids if 0 < one <= MAX_ID]


def _to_timetable(one: dict[str, Any], opening: SpanSet) -> Timetable:
    return Timetable(
        id=one["id"],
        kind=ResourceKind(one["kind"]),
        name=one["name"],
        is_usable=one["is_usable"],
        status=one["status"],
        mic_option_id=one["mic_option_id"],
        engineer_ids=frozenset(one["engineers"]),
        primary_ids=frozenset(one["primary"]),
        hours=opening if one["hours"] is None else SpanSet(one["hours"]),
        free=SpanSet(one["free"]),
        clear=SpanSet(one["clear"]),
    )


def meetings(
    session: Session, resource_ids: Iterable[int], span: Span, *, except_booking_id: int | None = None
) -> tuple[Meeting, ...]:
    """The allocations that `span` meets, with what they are for."""
    wanted = {"ids": _storable(resource_ids), "start": span.start, "end": span.end}
    rows = session.execute(MEETINGS, wanted | {"except_booking_id": except_booking_id})
    return tuple(
        Meeting(
            resource_id=row.resource_id,
            span=Span(row.start.astimezone(UTC), row.end.astimezone(UTC)),
            session_end=row.session_end and row.session_end.astimezone(UTC),
            reason=AllocationReason(row.reason),
            number=row.number or "",
            client=row.client or "",
            lockout_kind=row.lockout_kind or "",
            lockout_reason=row.lockout_reason or "",
        )
        for row in rows
    )
