from dataclasses import replace

import pytest
from sqlmodel import Session

from models.bookings import BookingMic
from models.catalog import Resource
from services import catalog
from services.core.access import Actor, anonymous
from services.core.errors import Conflict, Invalid
from tests.catalog.details import NOW, book, last_audit

U87 = catalog.MicDetails(name="Neumann U87", is_premium=True, upcharge_cents=4000)


def test_a_mic_is_on_the_public_page_once_it_has_a_unit(session: Session, admin: Actor) -> None:
    mic = catalog.create_mic(session, admin, U87)
    assert catalog.public_mics(session, anonymous()) == ()

    unit = catalog.add_unit(session, admin, mic.id, "SN-1")

    assert (unit.name, unit.serial_number) == ("Neumann U87 #1", "SN-1")
    assert [(each.name, each.units) for each in catalog.public_mics(session, anonymous())] == [("Neumann U87", 1)]


def test_a_standard_mic_has_no_upcharge(session: Session, admin: Actor) -> None:
    with pytest.raises(Invalid) as refused:
        catalog.create_mic(session, admin, replace(U87, is_premium=False))

    assert refused.value.field == "upcharge_cents"
    assert catalog.create_mic(session, admin, catalog.MicDetails(name="SM57")).upcharge_cents == 0


def test_two_mics_never_share_a_name(session: Session, admin: Actor) -> None:
    catalog.create_mic(session, admin, U87)

    with pytest.raises(Conflict) as taken:
        catalog.create_mic(session, admin, replace(U87, name="neumann u87"))

    assert taken.value.field == "name"


def test_a_unit_that_a_session_needs_is_not_retired(session: Session, admin: Actor, room: catalog.RoomView) -> None:
    mic = catalog.create_mic(session, admin, U87)
    needed, spare = (catalog.add_unit(session, admin, mic.id) for _ in range(2))
    booking = book(session, rooms=(room.id,))
    session.add(BookingMic(booking_id=booking.id or 0, mic_option_id=mic.id, gear_unit_id=needed.id, name=mic.name))
    session.flush()

    with pytest.raises(Conflict) as refused:
        catalog.retire_unit(session, admin, needed.id, NOW)

    assert refused.value.details == {"bookings": [booking.number]}
    assert not catalog.retire_unit(session, admin, spare.id, NOW).is_active
    assert not session.get_one(Resource, spare.id).is_active
    assert catalog.mics_by_id(session, [mic.id])[mic.id].units == 1
    assert catalog.restore_unit(session, admin, spare.id).is_active
    assert [each.is_active for each in catalog.list_units(session, admin, mic.id)] == [True, True]


def test_a_retired_mic_is_kept_and_comes_back(session: Session, admin: Actor) -> None:
    mic = catalog.create_mic(session, admin, U87)

    assert not catalog.retire_mic(session, admin, mic.id).is_active
    assert last_audit(session).action == "mic_retired"
    assert catalog.list_mics(session, admin) == ()
    assert catalog.restore_mic(session, admin, mic.id).is_active


def test_mics_are_reordered(session: Session, admin: Actor) -> None:
    first, second = (catalog.create_mic(session, admin, catalog.MicDetails(name=name)) for name in ("SM57", "SM58"))

    catalog.move_mic(session, admin, second.id, 0)

    assert [mic.id for mic in catalog.list_mics(session, admin)] == [second.id, first.id]
