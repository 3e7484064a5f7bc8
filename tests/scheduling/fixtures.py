import pytest
from sqlmodel import Session

from services.core.access import Actor
from tests import cast
from tests.scheduling import studio as house


@pytest.fixture
def studio(session: Session) -> Session:
    """A session of a furnished studio."""
    house.furnish(session)
    return session


@pytest.fixture
def dana(studio: Session) -> Actor:
    return cast.dana(studio)
