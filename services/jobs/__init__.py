"""What the studio does by itself: deadlines, on a queue in PostgreSQL."""

from services.jobs.deadlines import is_due, settle_due
from services.jobs.health import JobsState, state
from services.jobs.sweeps import SWEEPS, Sweep, run
from services.jobs.worker import work, work_alone

__all__ = ["SWEEPS", "JobsState", "Sweep", "is_due", "run", "settle_due", "state", "work", "work_alone"]
