"""What every web worker does when it starts and when it ends."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import anyio.to_thread
import structlog

from services import db, embedded
from services.config import settings
from studio_app.live import live_hub


def configure_logs() -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(default=str),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )


@asynccontextmanager
async def worker() -> AsyncIterator[None]:
    configure_logs()
    # Endpoints run in this pool: no more at once than there are connections for them.
    anyio.to_thread.current_default_thread_limiter().total_tokens = settings().db_pool_size
    listening = asyncio.create_task(live_hub.run())
    yield
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening
    if db.engine.cache_info().currsize:
        db.engine().dispose()
        embedded.release()
