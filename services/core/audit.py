"""The audit ledger: one row for every command that changes business state, in its transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from services.core import clock, freed, live
from services.core.access import Actor

# The rows and their announcement go together: one statement for all.
_RECORD = text(
    """
with noted as (
    insert into audit_log (at, actor_id, action, entity, entity_id, changes, description, ip, user_agent)
    select at, actor_id, action, entity, entity_id, changes, description, ip, user_agent
      from jsonb_populate_recordset(null::audit_log, cast(:rows as jsonb)) with ordinality order by ordinality
)
select pg_notify(:channel, :payload)
"""
)


@dataclass(frozen=True, slots=True)
class Event:
    """What was done. `before` and `after` hold only what changed."""

    action: str
    after: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""


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
    record_all(session, actor, entity, entity_id, Event(action, after or {}, before or {}, description))


def record_all(session: Session, actor: Actor, entity: str, entity_id: int | None, *events: Event) -> None:
    """Several that happened to the same row at once, in that order."""
    now = clock.now()
    freed.note_change(session, entity, now)
    who = {
        "at": now.isoformat(),
        "actor_id": actor.user_id,
        "entity": entity,
        "entity_id": entity_id,
        "ip": actor.ip,
        "user_agent": actor.user_agent[:500],
    }
    rows = [
        who
        | {
            "action": event.action,
            "changes": {"before": dict(event.before), "after": dict(event.after)},
            "description": event.description or f"{actor.name}: {event.action.replace('_', ' ')}",
        }
        for event in events
    ]
    # On the connection, because a session would flush what its command has not finished yet.
    session.connection().execute(_RECORD, {"rows": json.dumps(rows)} | live.notice(entity, entity_id))
