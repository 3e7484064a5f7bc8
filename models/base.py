"""What every table shares: constraint names, and columns said once."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Computed, DateTime, Enum, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def id_field() -> Any:
    return Field(default=None, primary_key=True)


def at_field(*, index: bool = False) -> Any:
    """An instant, UTC, that must be given."""
    return Field(sa_type=DateTime(timezone=True), index=index)


def maybe_at_field() -> Any:
    return Field(default=None, sa_type=DateTime(timezone=True), nullable=True)


def created_at_field(*, index: bool = False) -> Any:
    return Field(
        default_factory=lambda: datetime.now(UTC),
        sa_type=DateTime(timezone=True),
        sa_column_kwargs={"server_default": text("now()")},
        nullable=False,
        index=index,
    )


def enum_field(kind: type[StrEnum], *, default: Any = ..., index: bool = False) -> Any:
    """Text held to the words of `kind` by a CHECK; adding a word needs no new database type."""
    column_type = Enum(kind, native_enum=False, create_constraint=True, length=40, name=kind.__name__.lower())
    return Field(default, sa_type=column_type, index=index)


def json_field(empty: str = "{}") -> Any:
    """A jsonb column; `empty` is `{}` or `[]`."""
    return Field(
        default_factory=dict if empty == "{}" else list,
        sa_type=JSONB,
        sa_column_kwargs={"server_default": text(f"'{empty}'::jsonb")},
        nullable=False,
    )


def folded_field(of: str) -> Any:
    """The SQL text `of`, folded for search and order; the database keeps it (services/core/search.py)."""
    return Field(default=None, sa_column=Column(Text, Computed(f"folded({of})", persisted=True), nullable=True))


FINITE_SPAN = (
    "not isempty(during) and lower_inc(during) and not upper_inc(during)"
    " and isfinite(lower(during)) and isfinite(upper(during))"
)
"""Of a column `during`: not empty, from its start up to its end, and neither of them endless."""
