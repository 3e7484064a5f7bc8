"""What the areas above read: one statement each, retired things included where bookings need them."""

import pytest
from sqlmodel import Session

from models.catalog import ServiceMode
from models.studio import StudioInfo
from services import catalog
from services.core.errors import Invalid, NotFound
from services.core.studio import studio_info
from tests.catalog.details import service_row

pytestmark = pytest.mark.usefixtures("two_rooms")


def test_rooms_engineers_and_mics_come_by_id_and_know_each_other(session: Session) -> None:
    rooms = catalog.rooms_by_id(session, [101, 102, 999])
    engineer = catalog.engineers_by_id(session, [201])[201]

    assert {room.id: room.engineer_ids for room in rooms.values()} == {101: (201,), 102: ()}
    assert rooms[101].amenities == ("Piano",)
    assert (engineer.room_ids, engineer.primary_room_id) == ((101,), 101)
    assert catalog.mics_by_id(session, [31])[31].units == 1


def test_a_service_is_found_by_its_code_unless_it_is_retired(session: Session) -> None:
    session.add_all([service_row("RECORDING"), service_row("TAPE", is_active=False)])

    assert catalog.service_by_code(session, "RECORDING").mode is ServiceMode.IN_PERSON
    with pytest.raises(Invalid) as retired:
        catalog.service_by_code(session, "TAPE")
    with pytest.raises(NotFound):
        catalog.service_by_code(session, "NOPE")
    assert retired.value.field == "service"
    assert [service.code for service in catalog.services_on_sale(session)] == ["RECORDING"]


def test_the_studio_knows_its_zone(session: Session) -> None:
    session.add(StudioInfo(name="Platinum Sound", time_zone="Europe/Berlin"))

    assert str(studio_info(session).zone) == "Europe/Berlin"
