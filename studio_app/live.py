"""What one person changes, the open pages of others show: one listening task per web worker."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import aclosing, suppress
from typing import Any

import structlog

from services import live
from services.errors import DomainError
from services.live import MISSED

_BREATH = 0.25
"""Seconds between two rounds of one page: many changes at once are shown together."""

log = structlog.get_logger()


class Hub:
    """Passes what the worker hears on to its open pages."""

    def __init__(self) -> None:
        self._ears: dict[asyncio.Event, frozenset[str]] = {}

    async def run(self) -> None:
        """Never ends; the worker's lifespan holds it."""
        async for change in live.listen():
            for ear, topics in self._ears.items():
                if change == MISSED or change.topic in topics:
                    ear.set()

    async def rounds(self, topics: Iterable[str], every: float | None = None) -> AsyncIterator[None]:
        """Once for each change of these topics, and at the latest after `every` seconds."""
        ear = asyncio.Event()
        self._ears[ear] = frozenset(topics)
        try:
            while True:
                with suppress(TimeoutError):
                    await asyncio.wait_for(ear.wait(), every)
                ear.clear()
                yield
                await asyncio.sleep(_BREATH)
        finally:
            del self._ears[ear]


live_hub = Hub()
"""This worker's."""


async def follow(
    state: Any, topics: Iterable[str], show: Callable[[Any], Awaitable[None]], every: float | None = None
) -> None:
    """For a background event on load, which ends with the page: shows again what others change.

    A refusal ends it, because the person may no longer look; anything else is tried again the next time.
    """
    async with aclosing(live_hub.rounds(topics, every)) as rounds:
        async for _ in rounds:
            try:
                async with state:
                    await show(state)
            except DomainError:
                raise
            except Exception:
                log.exception("round_failed", state=type(state).__name__)
