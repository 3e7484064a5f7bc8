from dataclasses import replace

import pytest
from sqlmodel import Session

from models.catalog import ServiceMode, ServicePricing
from services import catalog
from services.core.access import Actor, anonymous
from services.core.errors import Conflict, Invalid, NotSignedIn
from tests.catalog.details import NOW, last_audit, service_details


def test_a_new_service_is_on_sale_at_once_and_last_in_the_list(session: Session, admin: Actor) -> None:
    catalog.create_service(session, admin, service_details())

    assert catalog.service_by_code(session, "TAPE_TRANSFER").price_cents == 4000
    assert catalog.public_services(session, anonymous())[-1].code == "TAPE_TRANSFER"


def test_a_price_change_is_remembered_with_who_made_it(session: Session, admin: Actor) -> None:
    service = catalog.create_service(session, admin, service_details())

    catalog.update_service(session, admin, service.id, replace(service, price_cents=5000))
    catalog.update_service(session, admin, service.id, replace(service, price_cents=5000, name="Tape"))
    catalog.update_service(session, admin, service.id, replace(service, price_cents=5000, pricing=ServicePricing.FLAT))

    history = catalog.price_history(session, admin, service.id)
    assert [(each.pricing, each.price_cents) for each in history] == [
        (ServicePricing.FLAT, 5000),
        (ServicePricing.HOURLY, 5000),
        (ServicePricing.HOURLY, 4000),
    ]
    assert {each.set_by_name for each in history} == {"Ivo Brandt"}


def test_a_code_is_taken_even_by_a_retired_service(session: Session, admin: Actor) -> None:
    catalog.retire_service(session, admin, catalog.service_by_code(session, "PODCAST").id, NOW)

    with pytest.raises(Conflict) as taken:
        catalog.create_service(session, admin, service_details("PODCAST"))

    assert taken.value.field == "code"


def test_a_retired_service_is_kept_and_comes_back(session: Session, admin: Actor) -> None:
    podcast = catalog.service_by_code(session, "PODCAST")

    assert catalog.retire_service(session, admin, podcast.id, NOW).deleted_at == NOW
    assert last_audit(session).action == "service_retired"
    with pytest.raises(Invalid):
        catalog.service_by_code(session, "PODCAST")

    catalog.restore_service(session, admin, podcast.id)
    assert catalog.service_by_code(session, "PODCAST") == podcast


def test_a_hidden_service_is_for_staff_only(session: Session, admin: Actor) -> None:
    podcast = catalog.service_by_code(session, "PODCAST")
    catalog.update_service(session, admin, podcast.id, replace(podcast, is_visible=False))

    assert "PODCAST" not in {each.code for each in catalog.public_services(session, anonymous())}
    assert "PODCAST" in {each.code for each in catalog.list_services(session, admin)}


def test_services_are_reordered(session: Session, admin: Actor) -> None:
    podcast = catalog.service_by_code(session, "PODCAST")

    catalog.move_service(session, admin, podcast.id, 0)

    assert catalog.list_services(session, admin)[0].code == "PODCAST"
    assert [each.position for each in catalog.list_services(session, admin)] == list(range(7))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "tape transfer"),
        ("code", ""),
        ("name", ""),
        ("mode", "BY_POST"),
        ("pricing", "FREE"),
        ("price_cents", -1),
        ("duration_minutes", 0),
        ("duration_minutes", 10_081),
        ("buffer_minutes", -15),
        ("attributes", {"rate": float("nan")}),
        ("attributes", {"text": "\x00"}),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(
    session: Session, admin: Actor, field: str, value: object
) -> None:
    with pytest.raises(Invalid) as refused:
        catalog.create_service(session, admin, service_details(**{field: value}))  # type: ignore[arg-type]

    assert refused.value.field == field


def test_visitors_read_only_what_is_public(session: Session, admin: Actor) -> None:
    online = catalog.public_services(session, anonymous(), ServiceMode.ONLINE)

    assert {each.mode for each in online} == {ServiceMode.ONLINE}
    with pytest.raises(NotSignedIn):
        catalog.list_services(session, anonymous())
    with pytest.raises(NotSignedIn):
        catalog.price_history(session, anonymous(), online[0].id)
