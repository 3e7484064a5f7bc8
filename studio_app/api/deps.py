"""What every endpoint takes: who calls."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Request

from services.core.config import settings
from studio_app import lanes
from studio_app.caller import SESSION_COOKIE, Caller


def client_ip(request: Request) -> str:
    """The peer, or as many steps up X-Forwarded-For as there are proxies of ours.

    Some proxies add a header of their own behind the one that came: all of them are one list.
    """
    hops = settings().trusted_proxy_hops
    sent = ",".join(request.headers.getlist("x-forwarded-for"))
    forwarded = [part.strip() for part in sent.split(",") if part.strip()]
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
