from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from studio_app.api import deps
from studio_app.api.app import make_api
from studio_app.api.watch import Watch

HOME = "http://localhost:3000"


@pytest.fixture
def api(database: Engine) -> Iterator[TestClient]:
    """The whole API on a database of its own, as a browser on our own pages sees it."""
    deps._limiter.cache_clear()
    with TestClient(Watch(make_api()), base_url=HOME, raise_server_exceptions=False) as client:
        client.headers["Origin"] = HOME
        yield client
