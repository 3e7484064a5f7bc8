"""Settings from the environment (or `.env`). A wrong value stops the start, loudly."""

from functools import cache
from pathlib import Path
from typing import Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    database_url: str = ""
    """Any PostgreSQL from 14 on. Empty: the embedded server under `studio_data`."""

    studio_data: Path = Path(".data")
    """Where the embedded database and uploaded files live."""

    studio_demo: bool = False
    """Demo mode: made-up data at the first start, and the demo sign-ins on the sign-in page.
    On by itself where there is no DATABASE_URL."""

    public_url: str = "http://localhost:3000"
    """The address people see; links in mails and the Origin check use it."""

    redis_url: str = ""
    """Shared page state; needed only with more than one web worker."""

    jobs_in_web: bool = True
    """Whether web workers do the jobs as well. Off where `python -m studio_app.cli worker` does them."""

    db_pool_size: int = Field(default=12, ge=2, le=200)
    """Database connections per process; jobs and streams take some besides the service threads."""

    service_threads: int = Field(default=3, ge=1, le=100)
    """Staff's calls at once per web worker. Python runs one at a time, so that more of them only
    get into each other's way (docs/adr/0007)."""

    public_threads: int = Field(default=2, ge=1, le=100)
    """Visitors' calls at once: theirs alone, whatever staff are doing (docs/adr/0008)."""

    long_threads: int = Field(default=1, ge=1, le=100)
    """Exports and series at once: theirs alone, so that everybody else goes on."""

    call_seconds: int = Field(default=15, ge=1, le=600)
    """What one call may take, its turn aside; then it is broken off and nothing is changed."""

    long_call_seconds: int = Field(default=120, ge=1, le=3600)
    """The same of an export, a series or a job."""

    trusted_proxy_hops: int = Field(default=0, ge=0, le=5)
    """How many reverse proxies stand in front and may be believed about the client's IP."""

    upload_limit_mb: int = Field(default=25, ge=1, le=500)

    @field_validator("database_url")
    @classmethod
    def _is_postgres(cls, value: str) -> str:
        if value and not value.startswith(("postgresql://", "postgresql+psycopg://")):
            raise ValueError("DATABASE_URL must start with postgresql://")
        return value

    @model_validator(mode="after")
    def _a_connection_each(self) -> Self:
        """And one to spare: a call that counts a try beside its own transaction needs a second (db.apart)."""
        if self.service_threads + self.public_threads + self.long_threads >= self.db_pool_size:
            raise ValueError(
                "SERVICE_THREADS, PUBLIC_THREADS and LONG_THREADS together must be less than DB_POOL_SIZE:"
                " each needs a connection, and one is for all of them"
            )
        return self

    @model_validator(mode="after")
    def _demo_without_a_database(self) -> Self:
        if "studio_demo" not in self.model_fields_set:
            self.studio_demo = not self.database_url
        return self

    @property
    def origins(self) -> list[str]:
        """Where our own pages may come from; on one's own machine localhost has two names."""
        own = self.public_url.rstrip("/")
        return [own, own.replace("//localhost", "//127.0.0.1")] if "//localhost" in own else [own]

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")


@cache
def settings() -> Settings:
    return Settings()
