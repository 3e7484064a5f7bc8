"""What a lockout or time off would fall on: sessions must be moved or cancelled first."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.scheduling import AllocationReason
from services.clock import business_date
from services.errors import Conflict
from services.scheduling import queries
from services.scheduling.picture import Meeting
from services.scheduling.types import Span
from services.scheduling.wording import clock_span
from services.when import day_text


def refuse_if_met(session: Session, resource_ids: Sequence[int], span: Span, zone: ZoneInfo) -> None:
    """Call with the resources locked. `details.sessions` lists each session once, earliest first."""
    met = queries.meetings(session, resource_ids, span)
    sessions = {one.number: one for one in met if one.reason is AllocationReason.SESSION}
    if sessions:
        listed = [_session(one, zone) for one in sessions.values()]
        words = "; ".join(f"{one['number']} ({one['client']}), {one['when']}" for one in listed)
        raise Conflict(
            f"Move or cancel what is booked then first: {words}.",
            code="sessions_in_the_way",
            field="start",
            details={"sessions": listed},
        )
    if met:
        taken = _when(met[0].span, zone)
        raise Conflict(f"That time is taken off already: {taken}.", code="already_blocked", field="start")


def _session(met: Meeting, zone: ZoneInfo) -> dict[str, str]:
    span = Span(met.span.start, met.session_end or met.span.end)
    return {
        "number": met.number,
        "client": met.client,
        "start": span.start.isoformat(),
        "end": span.end.isoformat(),
        "when": _when(span, zone),
    }


def _when(span: Span, zone: ZoneInfo) -> str:
    day = business_date(span.start, zone)
    words = clock_span(span, zone, day)
    return words if business_date(span.end, zone) != day else f"{day_text(day)} {words}"
