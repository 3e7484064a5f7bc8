"""The audit ledger: one row for every command that changes business state, in its transaction."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from models.audit import AuditLog
from services import live
from services.access import Actor


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
    session.add(
        AuditLog(
            actor_id=actor.user_id,
            action=action,
            entity=entity,
            entity_id=entity_id,
            changes={"before": dict(before or {}), "after": dict(after or {})},
            description=description or f"{actor.name}: {action.replace('_', ' ')}",
            ip=actor.ip,
            user_agent=actor.user_agent[:500],
        )
    )
    live.announce(session, entity, entity_id)
