"""What the environment may say."""

import pytest
from pydantic import ValidationError

from services.core.config import Settings


def of(connections: int) -> Settings:
    return Settings(db_pool_size=connections, service_threads=3, public_threads=2, long_threads=1)


def test_a_call_that_counts_apart_finds_a_connection() -> None:
    """Six threads, each in its transaction: without a seventh they wait for each other until the pool gives up."""
    assert of(7).db_pool_size == 7
    with pytest.raises(ValidationError, match="less than DB_POOL_SIZE"):
        of(6)
