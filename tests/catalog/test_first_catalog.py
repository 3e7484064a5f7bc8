from sqlmodel import Session

from models.catalog import ServiceMode
from services import catalog
from services.core.access import SYSTEM
from services.core.studio import studio_info


def test_an_empty_studio_gets_seven_services_and_opens_every_day(session: Session) -> None:
    catalog.first_catalog(session)

    by_mode = {
        mode: [service.name for service in catalog.public_services(session, SYSTEM, mode)] for mode in ServiceMode
    }
    assert by_mode == {
        ServiceMode.ONLINE: ["Online Mixing", "Online Mastering"],
        ServiceMode.IN_PERSON: ["Recording", "Mixing", "Mastering", "Podcast", "Voiceover"],
    }
    assert {period.weekday for period in catalog.list_periods(session, SYSTEM)} == set(range(7))
    assert studio_info(session).terms_version == 1


def test_a_second_run_changes_nothing(session: Session) -> None:
    catalog.first_catalog(session)
    service = catalog.service_by_code(session, "PODCAST")
    catalog.retire_service(session, SYSTEM, service.id)

    catalog.first_catalog(session)

    assert len(catalog.list_services(session, SYSTEM, include_retired=True)) == 7
    assert len(catalog.list_services(session, SYSTEM)) == 6
