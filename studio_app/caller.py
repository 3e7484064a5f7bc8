"""Who calls, as the request shows it; the services make an Actor of it, every time anew."""

from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, TypeVar

from services import db, identity
from services.access import Actor

SESSION_COOKIE = "studio_session"

T = TypeVar("T")


@dataclass(frozen=True)
class Caller:
    token: str | None
    ip: str
    user_agent: str
    is_long: bool = False
    """Whether it asks for much, and so waits in a lane of its own."""

    def run(self, command: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """`command(session, actor, …)` in one transaction. Blocks: call it in a worker thread."""

        def as_actor(session: Any) -> T:
            actor = identity.actor_for(session, self.token, self.ip, self.user_agent)
            return command(session, actor, *args, **kwargs)

        return (db.run_long if self.is_long else db.run)(as_actor)

    def actor(self) -> Actor:
        return self.run(lambda _, actor: actor)


def token_in(cookies: str) -> str | None:
    """The session token in a Cookie header."""
    try:
        morsel = SimpleCookie(cookies).get(SESSION_COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel else None
