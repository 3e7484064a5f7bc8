"""Whether somebody does the jobs."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import Session

_TOO_LONG = 300.0
"""Seconds."""
# The queue stamps its rows by the database's clock: their age is told by the same one.
_STATE = text(
    """
select (select count(*) from jobs.procrastinate_workers
         where last_heartbeat > now() - interval '30 seconds') as workers,
       (select count(*) from jobs.procrastinate_jobs where status = 'todo') as waiting,
       (select count(*) from jobs.procrastinate_jobs where status = 'failed') as failed,
       (select extract(epoch from now() - min(at))::float
          from jobs.procrastinate_events e join jobs.procrastinate_jobs j on j.id = e.job_id
         where j.status in ('todo', 'doing') and e.type = 'deferred') as oldest_seconds
"""
)


@dataclass(frozen=True, slots=True)
class JobsState:
    workers: int
    """With a sign of life in the last half minute."""
    waiting: int
    failed: int
    oldest_seconds: float | None
    """For how long the oldest job has waited or been under way."""

    @property
    def is_well(self) -> bool:
        """Somebody works, and nothing has been waiting for five minutes."""
        return self.workers > 0 and (self.oldest_seconds or 0) < _TOO_LONG


def state(session: Session) -> JobsState:
    return JobsState(*session.execute(_STATE).one())
