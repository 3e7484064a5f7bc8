import pytest
from sqlmodel import Session

from models.catalog import Engineer, GearUnit, MicOption, Resource, ResourceKind, Room, RoomEngineer
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


@pytest.fixture
def two_rooms(session: Session) -> None:
    """Maya in Studio A, and Studio B; one U87."""
    session.add_all(
        Resource(id=key, kind=kind, name=name)
        for key, kind, name in (
            (101, ResourceKind.ROOM, "Studio A"),
            (102, ResourceKind.ROOM, "Studio B"),
            (201, ResourceKind.ENGINEER, "Maya"),
            (301, ResourceKind.GEAR_UNIT, "U87 #1"),
        )
    )
    session.add(MicOption(id=31, name="U87", upcharge_cents=4000, is_premium=True))
    session.flush()
    session.add_all(
        [
            Room(id=101, name="Studio A", base_rate_cents=15000, amenities=["Piano"]),
            Room(id=102, name="Studio B", base_rate_cents=11000),
            Engineer(id=201, name="Maya"),
            GearUnit(id=301, mic_option_id=31),
        ]
    )
    session.flush()
    session.add(RoomEngineer(room_id=101, engineer_id=201, is_primary=True))
