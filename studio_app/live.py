"""What one person changes, the open pages of others show: one listening task per web worker."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import Any

import structlog

from services.core import live
from services.core.errors import DomainError
from services.core.live import MISSED, Change

REMEMBERED = 15.0
"""Seconds for which the worker remembers what it heard."""

_DEBOUNCE_SECONDS = 0.25
"""Seconds between two rounds of one page: many changes at once are shown together."""

_AFTER_FAILURE = 1.0

log = structlog.get_logger()

Changes = tuple[Change, ...]
"""What was heard since the last round, each once. MISSED among them: anything may have changed."""


@dataclass(eq=False, slots=True)
class _Subscription:
    topics: frozenset[str]
    of: int | None
    rings: asyncio.Event = field(default_factory=asyncio.Event)
    heard: dict[Change, None] = field(default_factory=dict)

    def hear(self, change: Change) -> None:
        is_its_own = change.topic in self.topics and self.of in (None, change.entity_id)
        if change == MISSED or is_its_own:
            self.heard[change] = None
            self.rings.set()

    def empty(self) -> Changes:
        self.rings.clear()
        heard, self.heard = tuple(self.heard), {}
        return heard


class Hub:
    """Passes what the worker hears on to its open pages."""

    def __init__(self) -> None:
        self._subscriptions: dict[_Subscription, None] = {}
        self._recent: deque[tuple[float, Change]] = deque()

    async def run(self) -> None:
        """Never ends; the worker's lifespan holds it. A failure is logged, and everybody looks again."""
        while True:
            self._pass_on(MISSED)
            try:
                async with aclosing(live.listen()) as changes:
                    async for change in changes:
                        self._pass_on(change)
            except Exception:
                log.exception("hub_failed")
                await asyncio.sleep(_AFTER_FAILURE)

    def _pass_on(self, change: Change) -> None:
        self._remember(change)
        for ear in tuple(self._subscriptions):
            ear.hear(change)

    async def rounds(
        self, topics: Iterable[str], every: float | None = None, *, since: float | None = None, of: int | None = None
    ) -> AsyncIterator[Changes]:
        """Once for each change of these topics, and at the latest after `every` seconds; with `of`, only of that one.

        With `since`, the first round is at once, with what was heard in so many seconds before.
        """
        ear = _Subscription(frozenset(topics), of)
        self._subscriptions[ear] = None
        if since is not None:
            self._recall(ear, since)
        try:
            while True:
                with suppress(TimeoutError):
                    await asyncio.wait_for(ear.rings.wait(), every)
                yield ear.empty()
                await asyncio.sleep(_DEBOUNCE_SECONDS)
        finally:
            del self._subscriptions[ear]

    def _recall(self, ear: _Subscription, since: float) -> None:
        for at, change in self._recent:
            if at >= time.monotonic() - since:
                ear.hear(change)
        ear.rings.set()

    def _remember(self, change: Change) -> None:
        now = time.monotonic()
        self._recent.append((now, change))
        while self._recent[0][0] < now - REMEMBERED:
            self._recent.popleft()


live_hub = Hub()
"""This worker's."""


async def follow(
    state: Any,
    topics: Iterable[str],
    show: Callable[[Any], Awaitable[None]],
    every: float | None = None,
    *,
    since: float | None = None,
    of: int | None = None,
) -> None:
    """For a background event on load, which ends with the page: shows again what others change.

    A refusal ends it, because the person may no longer look; anything else is tried again the next time.
    """

    async def again(state: Any, changes: Changes) -> None:
        if changes or every is not None:
            async with state:
                await show(state)

    await _each(state, live_hub.rounds(topics, every, since=since, of=of), again)


async def follow_changes(
    state: Any,
    topics: Iterable[str],
    hear: Callable[[Any, Changes], Awaitable[None]],
    every: float | None = None,
    *,
    since: float,
    of: int | None = None,
) -> None:
    """As `follow`, for a page that shows only what changed: `hear` is told what, and reads it without the state's lock.

    It is told at once of what was heard in the last `since` seconds, while the page was on its way.
    """
    await _each(state, live_hub.rounds(topics, every, since=since, of=of), hear)


async def _each(state: Any, rounds: Any, hear: Callable[[Any, Changes], Awaitable[None]]) -> None:
    async with aclosing(rounds):
        async for changes in rounds:
            try:
                await hear(state, changes)
            except DomainError:
                raise
            except Exception:
                log.exception("round_failed", state=type(state).__name__)
