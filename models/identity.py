from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from models.base import at_field, created_at_field, folded_field, id_field, json_field, maybe_at_field


class User(SQLModel, table=True):
    __tablename__ = "user"
    __table_args__ = (
        Index("uq_user_email", text("lower(email)"), unique=True),
        CheckConstraint("discount_limit_pct between 0 and 100", name="discount_limit_pct"),
    )

    id: int | None = id_field()
    email: str
    name: str
    phone: str | None = None
    password_hash: str
    roles: list[str] = Field(sa_type=ARRAY(String), default_factory=list)
    is_active: bool = True
    discount_limit_pct: int | None = None
    bio: str = ""
    avatar: str = ""
    preferences: dict[str, Any] = json_field()
    last_login_at: datetime | None = maybe_at_field()
    failed_logins: int = 0
    locked_until: datetime | None = maybe_at_field()
    created_at: datetime = created_at_field()
    name_folded: str | None = folded_field("name")


class UserSession(SQLModel, table=True):
    """A sign-in. Only the hash of its token is stored."""

    __tablename__ = "user_session"

    id: int | None = id_field()
    user_id: int = Field(foreign_key="user.id", index=True)
    token_hash: bytes = Field(unique=True)
    created_at: datetime = created_at_field()
    last_seen_at: datetime = created_at_field()
    expires_at: datetime = at_field()
    ip: str = ""
    user_agent: str = ""


class PasswordReset(SQLModel, table=True):
    """A single-use token, hashed, sent by e-mail."""

    __tablename__ = "password_reset"

    id: int | None = id_field()
    user_id: int = Field(foreign_key="user.id", index=True)
    token_hash: bytes = Field(unique=True)
    expires_at: datetime = at_field()
    used_at: datetime | None = maybe_at_field()
