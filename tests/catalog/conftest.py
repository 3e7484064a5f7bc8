import pytest
from sqlmodel import Session

from services import catalog
from services.core.access import Actor
from services.core.studio import Studio, studio_info
from tests import cast
from tests.catalog.details import room_details


@pytest.fixture
def studio(session: Session) -> Studio:
    """The first data of an empty studio."""
    catalog.first_catalog(session)
    return studio_info(session)


@pytest.fixture
def admin(session: Session, studio: Studio) -> Actor:
    return cast.ivo(session)


@pytest.fixture
def room(session: Session, admin: Actor) -> catalog.RoomView:
    return catalog.create_room(session, admin, room_details("Studio A"))


@pytest.fixture
def engineer(session: Session, admin: Actor) -> catalog.EngineerView:
    return catalog.create_engineer(session, admin, catalog.EngineerDetails(name="Maya", phone="(212) 555-0140"))
