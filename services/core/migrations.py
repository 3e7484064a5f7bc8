"""The schema's version: where the database is, and how it gets to where the code is."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import Session

from services.core.embedded import database_url

_ROOT = Path(__file__).resolve().parents[2]


def _config(url: str) -> Config:
    config = Config(_ROOT / "alembic.ini")
    config.attributes["url"] = url
    return config


def upgrade(url: str = "", revision: str = "head") -> None:
    command.upgrade(_config(url or database_url()), revision)


def downgrade(url: str = "", revision: str = "base") -> None:
    command.downgrade(_config(url or database_url()), revision)


@cache
def head() -> str | None:
    """The newest revision the code brings along."""
    return ScriptDirectory.from_config(_config("")).get_current_head()


def is_current(session: Session) -> bool:
    return MigrationContext.configure(session.connection()).get_current_revision() == head()
