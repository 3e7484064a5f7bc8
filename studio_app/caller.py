"""Who calls, as the request shows it; the services make an Actor of it, every time anew."""

from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, TypeVar

from services import identity, jobs
from services.core import clock, db
from services.core.access import Actor
from studio_app.recognised import recognised

SESSION_COOKIE = "studio_session"
CLIENT_COOKIE = "studio_client"
"""Of a client who opened a link mailed to them."""

T = TypeVar("T")


class _Due(Exception):
    """Something has run out and nobody has settled it yet."""


@dataclass(frozen=True)
class Caller:
    token: str | None
    ip: str
    user_agent: str
    is_long: bool = False
    """Whether it asks for much, and so waits in a lane of its own."""

    def run(self, command: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """`command(session, actor, …)` in one transaction. Blocks: call it in a worker thread.

        What has fallen due is settled before, so that nobody sees or counts what a clock has ended.
        """
        now, run = clock.now(), db.run_long if self.is_long else db.run

        def as_actor(session: Any, is_settled: bool = False) -> T:
            if not is_settled and jobs.is_due(session, now):
                raise _Due
            return command(session, self._actor(session), *args, **kwargs)

        try:
            return run(as_actor)
        except _Due:
            jobs.settle_due(now)
            return run(as_actor, is_settled=True)

    def actor(self) -> Actor:
        return self.run(lambda _, actor: actor)

    def recognise(self) -> None:
        """Whether the cookie is somebody's, and nothing else: for the lane in which it then waits."""
        db.run(self._actor)

    def _actor(self, session: Any) -> Actor:
        actor = identity.actor_for(session, self.token, self.ip, self.user_agent)
        if self.token:
            recognised.note(self.token, actor.is_signed_in)
        return actor


def token_in(cookies: str, name: str = SESSION_COOKIE) -> str | None:
    """The session token in a Cookie header."""
    try:
        morsel = SimpleCookie(cookies).get(name)
    except CookieError:
        return None
    return morsel.value if morsel else None
