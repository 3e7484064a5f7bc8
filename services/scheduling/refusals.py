"""How often people were turned away, and for what."""

from collections.abc import Iterable
from datetime import date

import structlog
from sqlalchemy import func, text
from sqlmodel import Session, col, select

from models.scheduling import RefusedAttempt
from services.core import clock, db
from services.core.access import Actor, Permission, require
from services.core.studio import studio_info
from services.scheduling.errors import SlotTaken
from services.scheduling.types import ReasonCode

_log = structlog.get_logger()

# Sorted, so that two refusals with the same reasons never wait for each other crosswise.
_COUNT = text(
    """
insert into refused_attempt (day, reason, attempts)
select cast(:day as date), code, 1 from unnest(cast(:codes as text[])) as code order by code
on conflict (day, reason) do update set attempts = refused_attempt.attempts + 1
"""
)


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
