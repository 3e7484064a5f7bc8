"""What falls due by itself. Each sweep finds what is due and settles one thing after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlmodel import Session

from services import bookings, holds, waitlist
from services.core import clock, db, freed, stuck
from services.jobs.metrics import DONE, FAILED, RUNS

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sweep:
    name: str
    due: Callable[[Session, datetime], Sequence[int]]
    """The ids of what may be due, in the order in which it is settled."""
    settle: Callable[[Session, int, datetime], object]
    """Looks again under a lock, because another worker or a person may have been faster; falsy: nothing was due."""
    topics: frozenset[str] = frozenset()
    """Changes that call for it at once; every minute it comes anyway."""


_MAY_FREE_TIME = freed.OPENING | {"booking", "lockout", "time_off", "waitlist"}

BY_THE_CLOCK = (
    Sweep("release_overdue", bookings.overdue, bookings.release_if_overdue),
    Sweep("expire_holds", holds.due, bookings.expire_hold_if_due),
    Sweep("settle_offers", waitlist.due, waitlist.settle),
)
"""What ends at a moment that somebody was told."""

SWEEPS = (
    *BY_THE_CLOCK,
    Sweep("close_wishes", waitlist.over, waitlist.close),
    Sweep("match_waitlist", waitlist.waiting, waitlist.offer, _MAY_FREE_TIME),
)


def run(sweep: Sweep, now: datetime | None = None, *, in_passing: bool = False) -> int:
    """Settles what is due, each in a transaction of its own: one that fails never stops the next.

    `in_passing`: what has just failed is left to the worker.
    """
    now = now or clock.now()
    RUNS.labels(sweep.name).inc()
    done = 0
    for id_ in db.run_long(sweep.due, now):
        if in_passing and stuck.rests(sweep.name, id_, now):
            continue
        try:
            settled = bool(db.run_long(sweep.settle, id_, now))
        except Exception:
            FAILED.labels(sweep.name).inc()
            stuck.failed(sweep.name, id_, now)
            continue
        if settled:
            done += 1
            DONE.labels(sweep.name).inc()
            _log.info("job_done", job=sweep.name, id=id_)
    return done
