from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base import at_field, created_at_field, id_field, maybe_at_field


class ClientLink(SQLModel, table=True):
    """A single-use link, mailed to a client's address on file. It counts while that address is on file."""

    __tablename__ = "client_link"

    id: int | None = id_field()
    client_id: int = Field(foreign_key="client.id", index=True)
    email: str
    token_hash: bytes = Field(unique=True)
    created_at: datetime = created_at_field()
    expires_at: datetime = at_field()
    used_at: datetime | None = maybe_at_field()


class ClientSession(SQLModel, table=True):
    """A browser that such a link was opened in. It counts while the address is on file."""

    __tablename__ = "client_session"

    id: int | None = id_field()
    client_id: int = Field(foreign_key="client.id", index=True)
    email: str
    token_hash: bytes = Field(unique=True)
    created_at: datetime = created_at_field()
    expires_at: datetime = at_field()
    ip: str = ""
    user_agent: str = ""
