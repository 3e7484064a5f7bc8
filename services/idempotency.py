"""A request that is sent twice with one key is done once, and answered the same."""

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from services import clock
from services.access import Actor

Answer = dict[str, Any]

_KEPT = timedelta(days=1)
_FORGET = text("delete from answered_request where created_at < :before")
_CLAIM = text(
    """
insert into answered_request (fingerprint, created_at) values (:fingerprint, :now)
    on conflict do nothing returning true
"""
)
_READ = text("select answer from answered_request where fingerprint = :fingerprint")
_KEEP = text("update answered_request set answer = cast(:answer as jsonb) where fingerprint = :fingerprint")


def once(
    session: Session, actor: Actor, key: str | None, request: str, make: Callable[[Session, Actor], Answer]
) -> Answer:
    """What `make` answers; for the same key and request of the same person again, what was answered then.

    A key counts for a day or two. Of two at the same moment the second waits; a refusal frees the key.
    """
    if key is None:
        return make(session, actor)
    this = {"fingerprint": sha256(json.dumps([actor.user_id, request, key]).encode()).digest()}
    if session.execute(_CLAIM, this | {"now": clock.now()}).first() is None:
        return dict(session.execute(_READ, this).scalar_one())
    answer = make(session, actor)
    session.execute(_KEEP, this | {"answer": json.dumps(answer)})
    return answer


def forget(session: Session) -> None:
    """What was answered more than a day ago: it may name people."""
    session.execute(_FORGET, {"before": clock.now() - _KEPT})
