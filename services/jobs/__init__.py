"""What the studio does by itself: deadlines, on a queue in PostgreSQL."""

from services.jobs.health import JobsState, state
from services.jobs.sweeps import SWEEPS, Sweep, run
from services.jobs.worker import work, work_alone

__all__ = ["SWEEPS", "JobsState", "Sweep", "run", "state", "work", "work_alone"]
