from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.base import created_at_field, id_field, json_field


class AuditLog(SQLModel, table=True):
    """Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE."""

    __tablename__ = "audit_log"
    __table_args__ = (Index("ix_audit_log_entity_entity_id", "entity", "entity_id"),)

    id: int | None = id_field()
    at: datetime = created_at_field(index=True)
    actor_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    action: str = Field(index=True)
    entity: str
    entity_id: int | None = None
    changes: dict[str, Any] = json_field()
    description: str = ""
    ip: str = ""
    user_agent: str = ""
