"""What a lockout, time off or a session that goes on would fall on, and what can be done about it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from typing import Any

from sqlalchemy import Row, text
from sqlmodel import Session

from models.bookings import BookingStatus
from models.scheduling import AllocationReason
from services import catalog
from services.core.dates import Localized
from services.core.errors import Conflict
from services.scheduling import ledger, queries
from services.scheduling.reasons import day_span, listed
from services.scheduling.snapshot import Meeting
from services.scheduling.types import AllocatedSpan, SessionInWay, Span

_OVER = (BookingStatus.COMPLETED, BookingStatus.NO_SHOW)

SESSION = """
b.number, b.status::text as status, b.start, least(b."end", b.freed_from) as "end", b.service_name, c.name as client,
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


def refuse_if_met(session: Session, resource_ids: Sequence[int], span: Span, studio: Localized) -> None:
    """Call with the resources locked. `details.sessions` lists each session once, earliest first.

    What is over is never asked to be moved: what it still holds from the span's start on, it gives back.
    """
    met = queries.meetings(session, resource_ids, span)
    booked = _sessions(session, met)
    open_ = [one for one in booked if one.status not in _OVER]
    if open_:
        raise Conflict(
            " ".join(_asked(open_, studio)),
            code="sessions_in_the_way",
            field="start",
            details={"sessions": [_plain(one, studio) for one in open_]},
        )
    blocks = [one for one in met if one.reason is not AllocationReason.SESSION]
    if blocks:
        names = catalog.resource_names(session, resource_ids)
        taken = dict.fromkeys(_blocked(names[one.resource_id], one, studio) for one in blocks)
        raise Conflict(
            f"{' '.join(taken)} Choose other times, or end that first.", code="already_blocked", field="start"
        )
    worked = [one for one in met if one.span.start >= span.start]
    if worked:
        words = "; ".join(_named(one, studio) for one in booked)
        raise Conflict(f"That time was worked: {words}.", code="already_worked", field="start")
    if met:
        ledger.end_at(session, resource_ids, span.start)


def refuse_if_given_away(
    session: Session, booking_id: int, wanted: Iterable[AllocatedSpan], studio: Localized, *, reveal: bool
) -> None:
    """Of a session that wants its time again. Call with the resources locked; `reveal` names who has it now."""
    met = [
        meeting
        for one in sorted(wanted, key=lambda one: one.resource_id)
        if one.start < one.end
        for meeting in queries.meetings(
            session, [one.resource_id], Span(one.start, one.end), except_booking_id=booking_id
        )
    ]
    if not met:
        return
    given = "Its time was given to somebody else meanwhile"
    booked = _sessions(session, met) if reveal else []
    if not booked:
        raise Conflict(f"{given}: {day_span(met[0].span, studio)}.", code="time_given_away")
    words = " ".join(f"{_named(one, studio)}: {_way_back(one)}." for one in booked)
    details = {"sessions": [_plain(one, studio) for one in booked]}
    raise Conflict(f"{given}. {words}", code="time_given_away", details=details)


def _way_back(one: SessionInWay) -> str:
    """For who wants its time: only what has not begun can go elsewhere."""
    return "move or cancel it first" if _is_ahead(one) else "it stays, so this stays as it is"


def _is_ahead(one: SessionInWay) -> bool:
    return one.status is not BookingStatus.CHECKED_IN and one.status not in _OVER


def _sessions(session: Session, met: Sequence[Meeting]) -> list[SessionInWay]:
    numbers = {one.number for one in met if one.reason is AllocationReason.SESSION}
    return [in_way(row) for row in session.execute(_SESSIONS, {"numbers": list(numbers)})] if numbers else []


def _asked(sessions: Sequence[SessionInWay], studio: Localized) -> Iterator[str]:
    """What is to be done about each: one under way can be neither moved nor cancelled."""
    running = [_named(one, studio) for one in sessions if one.status is BookingStatus.CHECKED_IN]
    coming = [_named(one, studio) for one in sessions if one.status is not BookingStatus.CHECKED_IN]
    if coming:
        yield f"Move or cancel what is booked then first: {'; '.join(coming)}."
    if running:
        yield f"Begin after what is under way, or check it out: {'; '.join(running)}."


def _named(one: SessionInWay, studio: Localized) -> str:
    rooms = f" in {listed(list(one.rooms))}" if one.rooms else ""
    return f"{one.number} ({one.client}){rooms}, {day_span(Span(one.start, one.end), studio)}"


def _blocked(name: str, met: Meeting, studio: Localized) -> str:
    if met.reason is AllocationReason.TIME_OFF:
        return f"{name} is away already, {day_span(met.span, studio)}."
    return f"{name} is locked already, {day_span(met.span, studio)}: {met.lockout_reason}."


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


def _plain(one: SessionInWay, studio: Localized) -> dict[str, object]:
    return {
        "number": one.number,
        "status": one.status.value,
        "client": one.client,
        "service": one.service,
        "rooms": list(one.rooms),
        "start": one.start.astimezone(studio.zone).isoformat(),
        "end": one.end.astimezone(studio.zone).isoformat(),
        "when": day_span(Span(one.start, one.end), studio),
        "way_out": "Move or cancel it first." if _is_ahead(one) else "Begin after it, or check it out.",
    }
