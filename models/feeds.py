from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.base import created_at_field, id_field, maybe_at_field


class Feed(SQLModel, table=True):
    """A private calendar address. Only the hash of its token is stored; revoked ones answer no more."""

    __tablename__ = "feed"
    __table_args__ = (CheckConstraint("num_nonnulls(resource_id, client_id) = 1", name="one_subject"),)

    id: int | None = id_field()
    token_hash: bytes = Field(unique=True)
    label: str = ""
    resource_id: int | None = Field(default=None, foreign_key="resource.id", index=True)
    client_id: int | None = Field(default=None, foreign_key="client.id", index=True)
    created_by: int | None = Field(default=None, foreign_key="user.id")
    email: str | None = None
    """The client's who made it for themselves: it answers while it is the one on file."""
    created_at: datetime = created_at_field()
    last_read_at: datetime | None = maybe_at_field()
    revoked_at: datetime | None = maybe_at_field()
