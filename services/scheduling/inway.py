"""What a lockout or time off would fall on: sessions must be moved or cancelled first."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, text
from sqlmodel import Session

from models.bookings import BookingStatus
from models.scheduling import AllocationReason
from services.errors import Conflict
from services.scheduling import queries
from services.scheduling.types import SessionInWay, Span
from services.scheduling.wording import day_span

SESSION = """
b.number, b.status::text as status, b.start, b."end", b.service_name, c.name as client,
array(select r.name from booking_room br join room r on r.id = br.room_id
       where br.booking_id = b.id order by br.position) as rooms
"""
_SESSIONS = text(
    f"select {SESSION} from booking b join client c on c.id = b.client_id"
    " where b.number = any(cast(:numbers as text[])) order by b.start, b.id"
)
_HOLDS = text(
    f"""
select {SESSION} from booking b join client c on c.id = b.client_id
 where b.status = 'HOLD' and b.start < :end and b."end" + make_interval(mins => b.buffer_minutes) > :start
   and exists (select from booking_room o where o.booking_id = b.id and o.room_id = any(cast(:rooms as int[])))
 order by b.start, b.id
"""
)


def refuse_if_met(session: Session, resource_ids: Sequence[int], span: Span, zone: ZoneInfo) -> None:
    """Call with the resources locked. `details.sessions` lists each session once, earliest first."""
    met = queries.meetings(session, resource_ids, span)
    numbers = {one.number for one in met if one.reason is AllocationReason.SESSION}
    if numbers:
        found = session.execute(_SESSIONS, {"numbers": list(numbers)})
        listed = [_plain(in_way(row), zone) for row in found]
        words = "; ".join(f"{one['number']} ({one['client']}), {one['when']}" for one in listed)
        raise Conflict(
            f"Move or cancel what is booked then first: {words}.",
            code="sessions_in_the_way",
            field="start",
            details={"sessions": listed},
        )
    if met:
        taken = day_span(met[0].span, zone)
        raise Conflict(f"That time is taken off already: {taken}.", code="already_blocked", field="start")


def holds_met(session: Session, room_ids: Sequence[int], span: Span) -> tuple[SessionInWay, ...]:
    """Pencilled sessions in the rooms, the earliest first: they have no allocations to meet."""
    found = session.execute(_HOLDS, {"rooms": list(room_ids), "start": span.start, "end": span.end})
    return tuple(in_way(row) for row in found)


def in_way(row: Row[Any]) -> SessionInWay:
    return SessionInWay(
        number=row.number,
        status=BookingStatus(row.status),
        client=row.client,
        service=row.service_name,
        rooms=tuple(row.rooms),
        start=row.start.astimezone(UTC),
        end=row.end.astimezone(UTC),
    )


def _plain(one: SessionInWay, zone: ZoneInfo) -> dict[str, object]:
    return {
        "number": one.number,
        "status": one.status.value,
        "client": one.client,
        "service": one.service,
        "rooms": list(one.rooms),
        "start": one.start.astimezone(zone).isoformat(),
        "end": one.end.astimezone(zone).isoformat(),
        "when": day_span(Span(one.start, one.end), zone),
    }
