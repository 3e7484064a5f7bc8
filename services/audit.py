"""The audit ledger: one row for every command that changes business state, in its transaction."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from services import clock, live
from services.access import Actor

# The row and its announcement go together: one statement for both.
_RECORD = text(
    """
with noted as (
    insert into audit_log (at, actor_id, action, entity, entity_id, changes, description, ip, user_agent)
    values (:at, :actor_id, :action, :entity, :entity_id, cast(:changes as jsonb), :description, :ip, :user_agent)
    returning 1
)
select pg_notify(:channel, :payload) from noted
"""
)


def record(
    session: Session,
    actor: Actor,
    action: str,
    entity: str,
    entity_id: int | None,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    description: str = "",
) -> None:
    """Writes who did what to which row, and announces it. `before` and `after` hold only what changed."""
    row = {
        "at": clock.now(),
        "actor_id": actor.user_id,
        "action": action,
        "entity": entity,
        "entity_id": entity_id,
        "changes": json.dumps({"before": dict(before or {}), "after": dict(after or {})}),
        "description": description or f"{actor.name}: {action.replace('_', ' ')}",
        "ip": actor.ip,
        "user_agent": actor.user_agent[:500],
    }
    # On the connection, because a session would flush what its command has not finished yet.
    session.connection().execute(_RECORD, row | live.notice(entity, entity_id))
