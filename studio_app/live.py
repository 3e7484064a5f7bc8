"""What one person changes, the open pages of others show: one listening task per web worker."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress

from services import live
from services.live import MISSED

_BREATH = 0.25
"""Seconds between two rounds of one page: many changes at once are shown together."""


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
        """Once for each change of these topics, or at the latest after `every` seconds.

        For a background event on load: `async for _ in live_hub.rounds(("booking",)): …`.
        """
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
