"""What every web worker does when it starts and when it ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread

from services import db, embedded, jobs
from services.config import settings
from services.logs import configure_logs
from studio_app.live import live_hub


@asynccontextmanager
async def worker() -> AsyncIterator[None]:
    configure_logs()
    # Endpoints run in this pool.
    anyio.to_thread.current_default_thread_limiter().total_tokens = settings().service_threads
    await asyncio.to_thread(db.engine)  # made once, before several tasks ask for it at the same moment
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
