"""Numbers: how much of the open time is in use, and how often people were turned away, and for what."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

import structlog
from sqlalchemy import func, text
from sqlmodel import Session, col, select

from models.scheduling import RefusedAttempt
from services.core import clock, db
from services.core.access import Actor, Permission, require
from services.core.studio import studio_info, studio_zone
from services.scheduling import queries
from services.scheduling.errors import SlotTaken
from services.scheduling.statements import USAGE
from services.scheduling.types import ReasonCode, Span, SpanSet, seconds

_log = structlog.get_logger()
# Sorted, so that two refusals with the same reasons never wait for each other crosswise.
_COUNT = text(
    """
insert into refused_attempt (day, reason, attempts)
select cast(:day as date), code, 1 from unnest(cast(:codes as text[])) as code order by code
on conflict (day, reason) do update set attempts = refused_attempt.attempts + 1
"""
)


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
    read = queries.snapshot(
        session, studio_zone(session), first_day, days, minutes=1, room_ids=room_ids, engineer_ids=engineer_ids
    )
    span = Span(read.days[0].span.start, max(day.span.end for day in read.days))
    of_rooms = _minutes(SpanSet([seconds(one) for one in read.open]), span)
    of_engineers = {id_: _minutes(read.resources[id_].hours, span) for id_ in engineer_ids}
    return {**dict.fromkeys(room_ids, of_rooms), **of_engineers}


def _minutes(stretches: SpanSet, span: Span) -> int:
    return sum(int((part.end - part.start).total_seconds()) // 60 for part in stretches.within(span))


def count_refused(session: Session, day: date, codes: Iterable[ReasonCode]) -> None:
    """One attempt counts once for each of its reasons."""
    session.execute(_COUNT, {"day": day, "codes": sorted({code.value for code in codes})})


def note_refusal(error: SlotTaken) -> None:
    """In a transaction of its own, after the refused one is gone. Counting never gets in the way."""
    try:
        with db.transaction() as session:
            today = clock.business_date(clock.now(), studio_info(session).zone)
            count_refused(session, today, (reason.code for reason in error.answer.reasons))
    except Exception:
        _log.exception("refusal not counted")


def refused_by_reason(session: Session, actor: Actor, first_day: date, last_day: date) -> dict[ReasonCode, int]:
    """Attempts on the days from first to last, both included; most frequent first."""
    require(actor, Permission.VIEW_REPORTS)
    attempts = func.sum(RefusedAttempt.attempts)
    rows = session.exec(
        select(RefusedAttempt.reason, attempts)
        .where(col(RefusedAttempt.day).between(first_day, last_day))
        .group_by(col(RefusedAttempt.reason))
        .order_by(attempts.desc(), col(RefusedAttempt.reason))
    )
    return {ReasonCode(reason): int(count) for reason, count in rows}
