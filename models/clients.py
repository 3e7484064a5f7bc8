from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.base import created_at_field, enum_field, folded_field, id_field, json_field, maybe_at_field


class ClientSource(StrEnum):
    STAFF = "STAFF"
    PUBLIC_PAGE = "PUBLIC_PAGE"
    REFERRAL = "REFERRAL"
    INQUIRY = "INQUIRY"
    OTHER = "OTHER"


class ClientStatus(StrEnum):
    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"
    ANONYMISED = "ANONYMISED"


class ArtistKind(StrEnum):
    PERSON = "PERSON"
    BAND = "BAND"
    PROJECT = "PROJECT"


class Client(SQLModel, table=True):
    """Who pays. `phone` is E.164; `phone_extension` the digits dialled after it."""

    __tablename__ = "client"
    __table_args__ = (
        Index("uq_client_email", text("lower(email)"), unique=True, postgresql_where=text("deleted_at is null")),
        Index("uq_client_phone", "phone", "phone_extension", unique=True, postgresql_where=text("deleted_at is null")),
        Index("ix_client_name_folded", "name_folded", "id"),
    )

    id: int | None = id_field()
    name: str
    email: str | None = None
    phone: str | None = None
    phone_extension: str = ""
    label: str = ""
    project: str = ""
    budget_cents: int | None = None
    notes: str = ""
    source: ClientSource = enum_field(ClientSource, default=ClientSource.STAFF)
    status: ClientStatus = enum_field(ClientStatus, default=ClientStatus.ACTIVE)
    created_at: datetime = created_at_field()
    deleted_at: datetime | None = maybe_at_field()
    name_folded: str | None = folded_field("name")
    folded: str | None = folded_field("name || ' ' || label")


class ClientAddress(SQLModel, table=True):
    """Where an on-location session takes place."""

    __tablename__ = "client_address"
    __table_args__ = (
        Index("uq_client_address_default", "client_id", unique=True, postgresql_where=text("is_default")),
    )

    id: int | None = id_field()
    client_id: int = Field(foreign_key="client.id", index=True)
    label: str = ""
    line1: str
    line2: str = ""
    city: str
    postal_code: str = ""
    map_link: str = ""
    is_default: bool = False


class Artist(SQLModel, table=True):
    """Who or what a session is for."""

    __tablename__ = "artist"
    __table_args__ = (Index("uq_artist_client_name", "client_id", text("lower(name)"), unique=True),)

    id: int | None = id_field()
    client_id: int = Field(foreign_key="client.id", index=True)
    name: str
    kind: ArtistKind = enum_field(ArtistKind, default=ArtistKind.PERSON)
    genre: str = ""
    history: str = ""
    attributes: dict[str, Any] = json_field()
    is_active: bool = True
    folded: str | None = folded_field("name")
