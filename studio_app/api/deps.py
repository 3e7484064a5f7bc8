"""What every endpoint takes: who calls, and how often they may."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from functools import cache
from typing import Annotated

from fastapi import Depends, Request
from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from services.config import settings
from services.errors import DomainError
from studio_app import lanes
from studio_app.api.metrics import REFUSED
from studio_app.caller import SESSION_COOKIE, Caller


class TooMany(DomainError):
    code = "too_many_requests"


def client_ip(request: Request) -> str:
    """The peer, or as many steps up X-Forwarded-For as there are proxies of ours."""
    hops = settings().trusted_proxy_hops
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    if hops and forwarded:
        return forwarded[-min(hops, len(forwarded))]
    return request.client.host if request.client else ""


async def caller(request: Request) -> Caller:
    """Async, because it waits for nothing: a plain function would go through a thread."""
    return Caller(
        token=request.cookies.get(SESSION_COOKIE),
        ip=client_ip(request),
        user_agent=request.headers.get("user-agent", ""),
    )


Unhurried = Annotated[Caller, Depends(caller)]
"""For an endpoint that reads its body by itself: who sends slowly keeps nobody waiting."""


async def _in_turn(who: Unhurried) -> AsyncIterator[Caller]:
    async with lanes.turn(who):
        yield who


async def _in_long_turn(who: Unhurried) -> AsyncIterator[Caller]:
    long = replace(who, is_long=True)
    async with lanes.turn(long):
        yield long


Who = Annotated[Caller, Depends(_in_turn, scope="function")]
"""In an endpoint: `def room(who: Who) -> …: return who.run(catalog.room, room_id)`. The body is here by then."""

LongWho = Annotated[Caller, Depends(_in_long_turn, scope="function")]
"""The same for what is known to be much: exports, series."""


@cache
def _limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(storage_from_string(settings().redis_url or "memory://"))


def per_minute(name: str, times: Callable[[], int]) -> Callable[[Request], None]:
    """A dependency that lets an IP through so many times a minute."""

    def check(request: Request) -> None:
        if not _limiter().hit(RateLimitItemPerMinute(times()), name, client_ip(request)):
            REFUSED.labels("too_many").inc()
            raise TooMany("Too many requests from your address. Wait a minute and try again.")

    return check


public_post = Depends(per_minute("public", lambda: settings().public_posts_per_minute))
"""For POSTs of the public pages: `@router.post(…, dependencies=[public_post])`."""

sign_in_try = Depends(per_minute("sign-in", lambda: settings().sign_ins_per_minute))
