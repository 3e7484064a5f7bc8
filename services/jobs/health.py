"""Whether somebody does the jobs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session

_STATE = text(
    """
select (select count(*) from jobs.procrastinate_workers
         where last_heartbeat > now() - interval '30 seconds') as workers,
       (select count(*) from jobs.procrastinate_jobs where status = 'todo') as waiting,
       (select count(*) from jobs.procrastinate_jobs where status = 'failed') as failed,
       (select min(at) from jobs.procrastinate_events e join jobs.procrastinate_jobs j on j.id = e.job_id
         where j.status in ('todo', 'doing') and e.type = 'deferred') as oldest_since
"""
)


@dataclass(frozen=True, slots=True)
class JobsState:
    workers: int
    """With a sign of life in the last half minute."""
    waiting: int
    failed: int
    oldest_since: datetime | None
    """Since when the oldest job waits or is under way."""

    def is_well(self, now: datetime) -> bool:
        """Somebody works, and nothing has been waiting for five minutes."""
        return self.workers > 0 and (self.oldest_since is None or (now - self.oldest_since).total_seconds() < 300)


def state(session: Session) -> JobsState:
    return JobsState(*session.execute(_STATE).one())
