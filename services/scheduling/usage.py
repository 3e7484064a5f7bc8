"""How much of the rooms' open time is in use."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlmodel import Session

from services.core import clock
from services.core.access import Actor, Permission, require
from services.core.studio import studio_zone
from services.scheduling import queries
from services.scheduling.span_set import SpanSet, seconds
from services.scheduling.statements import USAGE
from services.scheduling.types import Span


def rooms_in_use(session: Session, actor: Actor, first_day: date, days: int) -> float | None:
    """Booked minutes of all rooms on sale ÷ their open minutes, without buffers; None when nothing is open.

    Closures and lockouts are no open time.
    """
    require(actor, Permission.VIEW_ALL_SESSIONS)
    here = studio_zone(session)
    start, end = clock.day_bounds(first_day, days, here)
    wall = asdict(clock.offsets(here, first_day, end.date()))
    row = session.execute(USAGE, {"first": first_day, "days": days, "start": start, "end": end, **wall}).one()
    return float(row.booked / row.open) if row.open else None


def open_minutes(
    session: Session, room_ids: Sequence[int], engineer_ids: Sequence[int], first_day: date, days: int
) -> dict[int, int]:
    """How long each of them could work within those days, booked or not: rooms while the studio is open."""
    read = queries.picture(
        session, studio_zone(session), first_day, days, minutes=1, room_ids=room_ids, engineer_ids=engineer_ids
    )
    span = Span(read.days[0].span.start, max(day.span.end for day in read.days))
    of_rooms = _minutes(SpanSet([seconds(one) for one in read.open]), span)
    of_engineers = {id_: _minutes(read.resources[id_].hours, span) for id_ in engineer_ids}
    return {**dict.fromkeys(room_ids, of_rooms), **of_engineers}


def _minutes(stretches: SpanSet, span: Span) -> int:
    return sum(int((part.end - part.start).total_seconds()) // 60 for part in stretches.within(span))
