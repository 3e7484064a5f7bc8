"""A worker on the queue: in a web worker, or as a process of its own. Any number may run at once."""

import asyncio
import signal

import structlog
from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued

from services.core import live
from services.core.live import MISSED
from services.jobs.queue import opened, rescue, task_name
from services.jobs.sweeps import SWEEPS

_AT_ONCE = 2
"""Jobs of one worker at the same time."""
_LONGEST_PAUSE = 30.0
_LAST_WORDS = 20.0
"""Seconds a job under way has to end when the worker is to stop."""
_BREATH = 1.0
"""Seconds between two prompt rounds of a job, however much changes meanwhile."""

_log = structlog.get_logger()


async def work() -> None:
    """Works until it is cancelled; a job under way is finished first. Without a database it waits for one."""
    pause = 1.0
    while True:
        try:
            async with opened() as app:
                pause = 1.0
                await rescue(app)
                await _serve(app)
            _log.warning("jobs_interrupted")
        except Exception as error:
            _log.warning("jobs_unavailable", error=str(error) or type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


async def _serve(app: App) -> None:
    """Returns when the connection is lost."""
    prompt = Prompt(app)
    helpers = [asyncio.create_task(prompt.hear()), asyncio.create_task(prompt.answer())]
    try:
        await app.run_worker_async(
            concurrency=_AT_ONCE,
            install_signal_handlers=False,
            delete_jobs="successful",
            shutdown_graceful_timeout=_LAST_WORDS,
        )
    finally:
        for helper in helpers:
            helper.cancel()


class Prompt:
    """Some jobs do not wait for the next minute when something changes that concerns them."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._wanted: set[str] = set()
        self._heard = asyncio.Event()

    async def hear(self) -> None:
        async for change in live.listen():
            names = {
                task_name(one) for one in SWEEPS if one.topics and (change == MISSED or change.topic in one.topics)
            }
            if names:
                self._wanted |= names
                self._heard.set()

    async def answer(self) -> None:
        """Many changes at once are one round."""
        while True:
            await self._heard.wait()
            await asyncio.sleep(_BREATH)
            self._heard.clear()
            while self._wanted:
                await self._defer(self._wanted.pop())

    async def _defer(self, name: str) -> None:
        try:
            await self._app.tasks[name].defer_async()
        except AlreadyEnqueued:
            return
        except Exception as error:
            _log.warning("job_not_prompted", job=name, error=str(error))


def work_alone() -> None:
    """A process that does nothing else, until it is told to stop."""
    asyncio.run(_until_told())


async def _until_told() -> None:
    working = asyncio.create_task(work())
    for told in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(told, working.cancel)
    try:
        await working
    except asyncio.CancelledError:
        _log.info("jobs_stopped")
