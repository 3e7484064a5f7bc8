"""What fails when it is settled stays as it was and is logged: it stops neither the rest nor who comes by."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from services.core import db

_REST = timedelta(minutes=1)
"""As often as the worker comes, which tries it every time."""

_log = structlog.get_logger()
_failed: dict[tuple[str, int], datetime] = {}


def rests(job: str, id_: int, now: datetime) -> bool:
    """Whether it has just failed in this process: who comes by leaves it to the worker."""
    failed_at = _failed.get((job, id_))
    return failed_at is not None and abs(now - failed_at) < _REST


def failed(job: str, id_: int, now: datetime) -> None:
    """Call it where the error is handled."""
    _failed[job, id_] = now
    _log.exception("job_failed", job=job, id=id_)


def settled_beside(session: Session, job: str, id_: int, now: datetime, settle: Callable[[], object]) -> bool:
    """Somebody else's thing, by the way; False where it fails, or has just failed."""
    if rests(job, id_, now):
        return False
    try:
        with session.begin_nested():
            settle()
    except Exception as error:
        if db.ends_all(error):
            raise
        failed(job, id_, now)
        return False
    return True
