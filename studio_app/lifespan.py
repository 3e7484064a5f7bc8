"""What every web worker does when it starts and when it ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
import structlog

from services import jobs
from services.core import clock, db, embedded, zone_rules
from services.core.config import settings
from services.core.logs import configure_logs
from studio_app.lanes import Lane
from studio_app.live import live_hub

_BESIDE = 4


@asynccontextmanager
async def worker() -> AsyncIterator[None]:
    configure_logs()
    # Endpoints run in these threads once it is their turn; what takes none (health, metrics) finds a few more.
    anyio.to_thread.current_default_thread_limiter().total_tokens = sum(lane.threads for lane in Lane) + _BESIDE
    await asyncio.to_thread(db.engine)  # made once, before several tasks ask for it at the same moment
    await asyncio.to_thread(_compare_zone_rules)
    tasks = [asyncio.create_task(live_hub.run())]
    if settings().jobs_in_web:
        tasks.append(asyncio.create_task(jobs.work()))
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)  # one in trouble keeps no other from ending well
    if db.engine.cache_info().currsize:
        db.engine().dispose()
        embedded.release()


def _compare_zone_rules() -> None:
    """Says once in each worker's log what `/readyz` says every time. Never keeps the studio from starting."""
    log = structlog.get_logger()
    try:
        differ = db.run(zone_rules.studio_difference, clock.now())
    except Exception as error:
        log.warning("zone_rules_not_compared", error=str(error) or type(error).__name__)
        return
    if differ:
        log.warning("zone_rules_differ", zone=differ.zone, message=differ.message)
