"""Nobody sees what a clock has ended: whoever calls, what is due by then is settled first, by the jobs' own steps."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from services import bookings, holds, waitlist
from services.jobs.sweeps import BY_THE_CLOCK, run


def is_due(session: Session, now: datetime) -> bool:
    """One question to three indexes; nearly always no."""
    due = (bookings.is_due(now), holds.is_due(now), waitlist.is_due(now))
    return any(session.execute(select(*due)).one())


def settle_due(now: datetime) -> None:
    """Each in a transaction of its own, the earlier deadline first where one waits for another."""
    for sweep in BY_THE_CLOCK:
        run(sweep, now, in_passing=True)
