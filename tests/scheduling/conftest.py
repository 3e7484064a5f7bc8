import pytest
from sqlmodel import Session

from tests.scheduling import house


@pytest.fixture
def studio(session: Session) -> Session:
    """A session of a furnished studio."""
    house.furnish(session)
    return session
