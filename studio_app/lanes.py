"""Who waits for whom: visitors, staff and long work each have threads of their own (docs/adr/0008).

Nobody waits in a thread: a call takes one when its turn has come, and whoever waits too long is told so.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from enum import StrEnum
from functools import cache, partial
from typing import TypeVar

import anyio
from anyio.lowlevel import RunVar

from services.core.config import settings
from services.core.errors import TookTooLong
from studio_app.caller import Caller
from studio_app.recognised import recognised

T = TypeVar("T")


class Lane(StrEnum):
    VISITORS = "visitors"
    """Whoever is not signed in, or not recognised yet: the public pages, and signing in."""
    STAFF = "staff"
    LONG = "long"
    """Exports, series: what a person knows to be much."""

    @property
    def threads(self) -> int:
        chosen = settings()
        return {
            Lane.VISITORS: chosen.public_threads,
            Lane.STAFF: chosen.service_threads,
            Lane.LONG: chosen.long_threads,
        }[self]


async def lane_of(caller: Caller) -> Lane:
    """Who shows a cookie is recognised in the visitors' lane first, once: with one that is nobody's they stay there."""
    if caller.token and caller.token not in recognised:
        await _in(Lane.VISITORS, caller.recognise)
    if not caller.token or caller.token not in recognised:
        return Lane.VISITORS
    return Lane.LONG if caller.is_long else Lane.STAFF


@asynccontextmanager
async def turn(caller: Caller) -> AsyncIterator[None]:
    """Around a call: waits for its turn without a thread, TookTooLong where it does not come in time."""
    limiter, me = _limiter(await lane_of(caller)), object()
    await _wait(limiter, me)
    try:
        yield
    finally:
        limiter.release_on_behalf_of(me)


async def in_turn(caller: Caller, work: Callable[..., T], *args: object, **kwargs: object) -> T:
    """`work` in a thread of the caller's lane, whose place is free when it ends: also where nobody waits any more."""
    return await _in(await lane_of(caller), work, *args, **kwargs)


async def _in(lane: Lane, work: Callable[..., T], *args: object, **kwargs: object) -> T:
    limiter, me = _limiter(lane), object()
    await _wait(limiter, me)
    doing = asyncio.get_running_loop().run_in_executor(_pool(), partial(work, *args, **kwargs))
    doing.add_done_callback(lambda done: _over(done, limiter, me))
    return await asyncio.shield(doing)


async def _wait(limiter: anyio.CapacityLimiter, me: object) -> None:
    with anyio.move_on_after(settings().call_seconds) as waited:
        await limiter.acquire_on_behalf_of(me)
    if waited.cancelled_caught:
        raise TookTooLong("Too many people ask at the same moment. Nothing was changed; please try again.")


def _over(done: asyncio.Future[T], limiter: anyio.CapacityLimiter, me: object) -> None:
    limiter.release_on_behalf_of(me)
    if not done.cancelled():
        done.exception()  # looked at, so that nobody who left is said to have missed it


@cache
def _pool() -> ThreadPoolExecutor:
    """Made on first use: after the fork of the web workers. As many as all lanes let through."""
    return ThreadPoolExecutor(sum(lane.threads for lane in Lane), thread_name_prefix="service")


_limiters: RunVar[dict[Lane, anyio.CapacityLimiter]] = RunVar("studio_lanes")


def _limiter(lane: Lane) -> anyio.CapacityLimiter:
    """This event loop's."""
    try:
        return _limiters.get()[lane]
    except LookupError:
        _limiters.set({one: anyio.CapacityLimiter(one.threads) for one in Lane})
        return _limiters.get()[lane]
