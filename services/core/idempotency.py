"""A request that is sent twice with one key is done once, and answered the same."""

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from services.core import clock
from services.core.access import Actor
from services.core.errors import Invalid

Answer = dict[str, Any]

_KEPT = timedelta(days=1)
_LONGEST = 200
_FORGET = text("delete from answered_request where created_at <= :over")
_CLAIM = text(
    """
insert into answered_request (fingerprint, request, created_at) values (:fingerprint, :request, :now)
    on conflict (fingerprint) do update
   set request = excluded.request, answer = default, created_at = excluded.created_at
 where answered_request.created_at <= :over returning true
"""
)
_READ = text("select request = :request as is_same, answer from answered_request where fingerprint = :fingerprint")
_KEEP = text("update answered_request set answer = cast(:answer as jsonb) where fingerprint = :fingerprint")


class KeyReused(Invalid):
    """The key belongs to a request that asked for something else."""

    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key came with another request already. Each request needs a key of its own.",
            field="Idempotency-Key",
        )


def once(
    session: Session, actor: Actor, key: str | None, request: str, make: Callable[[Session, Actor], Answer]
) -> Answer:
    """What `make` answers; for the same key and request of the same person again, what was answered then.

    `request` names all that is asked for. A key counts for a day, for one person with the rights they
    had: who has lost one is not answered as before. Visitors are one, so that a retry may come from
    another network. Of two at the same moment the second waits; a refusal frees the key. Raises
    KeyReused where it came with another request.
    """
    if not key:
        return make(session, actor)
    if len(key) > _LONGEST:
        raise Invalid(f"The Idempotency-Key is at most {_LONGEST} characters.", field="Idempotency-Key")
    now = clock.now()
    this = {"fingerprint": _hash([actor.user_id, key]), "request": _hash([request, sorted(actor.permissions)])}
    if session.execute(_CLAIM, this | {"now": now, "over": now - _KEPT}).first() is None:
        known = session.execute(_READ, this).one()
        if not known.is_same:
            raise KeyReused
        return dict(known.answer)
    answer = make(session, actor)
    session.execute(_KEEP, this | {"answer": json.dumps(answer)})
    return answer


def forget(session: Session) -> None:
    """What does not count any more: it may name people."""
    session.execute(_FORGET, {"over": clock.now() - _KEPT})


def _hash(value: Any) -> bytes:
    return sha256(json.dumps(value).encode()).digest()
