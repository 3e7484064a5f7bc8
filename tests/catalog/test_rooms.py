from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from models.bookings import BookingStatus
from models.catalog import Resource, RoomStatus
from services import catalog
from services.core.access import Actor
from services.core.errors import Conflict, Invalid, NotAllowed, NotFound
from tests import cast
from tests.catalog.details import NOW, book, last_audit, room_details


def test_a_room_is_created_with_its_resource(session: Session, admin: Actor) -> None:
    room = catalog.create_room(
        session, admin, room_details("  Studio   B ", amenities=("Piano", " "), images=("/rooms/b.jpg",), capacity=12)
    )

    assert (room.name, room.amenities, room.capacity, room.is_active) == ("Studio B", ("Piano",), 12, True)
    assert session.get_one(Resource, room.id).name == "Studio B"
    assert (last_audit(session).action, last_audit(session).entity_id) == ("room_created", room.id)


def test_a_change_is_audited_with_what_was_and_what_is(session: Session, admin: Actor, room: catalog.RoomView) -> None:
    changed = catalog.update_room(session, admin, room.id, replace(room, name="Studio One", base_rate_cents=16000))

    assert (changed.name, changed.base_rate_cents) == ("Studio One", 16000)
    assert session.get_one(Resource, room.id).name == "Studio One"
    assert last_audit(session).changes == {
        "before": {"name": "Studio A", "base_rate_cents": 15000},
        "after": {"name": "Studio One", "base_rate_cents": 16000},
    }


def test_two_rooms_never_share_a_name_in_any_case(session: Session, admin: Actor, room: catalog.RoomView) -> None:
    other = catalog.create_room(session, admin, room_details("Studio B"))

    with pytest.raises(Conflict) as taken:
        catalog.update_room(session, admin, other.id, replace(other, name="studio a"))

    assert (taken.value.code, taken.value.field) == ("name_taken", "name")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("name", "x" * 121),
        ("base_rate_cents", -1),
        ("base_rate_cents", 1_000_000_001),
        ("base_rate_cents", "100"),
        ("rate_with_engineer_cents", -5),
        ("capacity", 0),
        ("status", "ON_FIRE"),
        ("images", ("javascript:alert(1)",)),
        ("amenities", ("x" * 81,)),
        ("description", "x" * 10_001),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(
    session: Session, admin: Actor, field: str, value: object
) -> None:
    with pytest.raises(Invalid) as refused:
        catalog.create_room(session, admin, room_details(**{"name": "Studio X", field: value}))  # type: ignore[arg-type]

    assert refused.value.field == field


def test_a_room_with_sessions_to_come_is_not_retired(session: Session, admin: Actor, room: catalog.RoomView) -> None:
    coming = book(session, rooms=(room.id,))
    held = book(session, rooms=(room.id,), start=NOW + timedelta(days=2), status=BookingStatus.HOLD)
    book(session, rooms=(room.id,), start=NOW - timedelta(days=2))
    book(session, rooms=(room.id,), start=NOW + timedelta(days=3), status=BookingStatus.CANCELLED)

    with pytest.raises(Conflict) as refused:
        catalog.retire_room(session, admin, room.id, NOW)

    assert refused.value.details == {"bookings": [coming.number, held.number]}
    assert coming.number in refused.value.message


def test_a_retired_room_is_kept_and_comes_back(session: Session, admin: Actor, room: catalog.RoomView) -> None:
    retired = catalog.retire_room(session, admin, room.id, NOW)

    assert (retired.is_active, retired.deleted_at) == (False, NOW)
    assert catalog.list_rooms(session, admin) == ()
    assert catalog.public_rooms(session, admin) == ()
    assert [each.id for each in catalog.list_rooms(session, admin, include_retired=True)] == [room.id]

    assert catalog.restore_room(session, admin, room.id).is_active
    assert [each.id for each in catalog.public_rooms(session, admin)] == [room.id]


def test_a_room_under_repair_is_not_on_the_public_page(session: Session, admin: Actor, room: catalog.RoomView) -> None:
    catalog.update_room(session, admin, room.id, replace(room, status=RoomStatus.MAINTENANCE))

    assert catalog.public_rooms(session, admin) == ()


def test_rooms_are_listed_in_the_order_people_gave_them(session: Session, admin: Actor) -> None:
    ids = [catalog.create_room(session, admin, room_details(f"Room {n}")).id for n in range(3)]

    catalog.move_room(session, admin, ids[2], 0)

    assert [room.id for room in catalog.list_rooms(session, admin)] == [ids[2], ids[0], ids[1]]


def test_only_the_engineers_set_may_work_in_a_room(
    session: Session, admin: Actor, room: catalog.RoomView, engineer: catalog.EngineerView
) -> None:
    assert catalog.set_room_engineers(session, admin, room.id, [engineer.id]).engineer_ids == (engineer.id,)
    assert catalog.set_primary_room(session, admin, engineer.id, room.id).primary_room_id == room.id

    assert catalog.set_room_engineers(session, admin, room.id, []).engineer_ids == ()
    assert last_audit(session).changes == {"before": {"engineer_ids": [engineer.id]}, "after": {"engineer_ids": []}}
    with pytest.raises(Invalid):
        catalog.set_room_engineers(session, admin, room.id, [engineer.id, room.id])


def test_an_engineer_has_one_primary_room_at_most(
    session: Session, admin: Actor, room: catalog.RoomView, engineer: catalog.EngineerView
) -> None:
    other = catalog.create_room(session, admin, room_details("Studio B"))
    for each in (room, other):
        catalog.set_room_engineers(session, admin, each.id, [engineer.id])

    catalog.set_primary_room(session, admin, engineer.id, other.id)
    assert catalog.set_primary_room(session, admin, engineer.id, room.id).primary_room_id == room.id
    assert catalog.set_primary_room(session, admin, engineer.id, None).primary_room_id is None
    third = catalog.create_room(session, admin, room_details("Studio C"))
    with pytest.raises(Conflict):
        catalog.set_primary_room(session, admin, engineer.id, third.id)


def test_rooms_are_the_administrators_to_change(session: Session, room: catalog.RoomView) -> None:
    manager = cast.dana(session)

    assert catalog.list_rooms(session, manager)
    with pytest.raises(NotAllowed):
        catalog.update_room(session, manager, room.id, room)


@pytest.mark.parametrize("room_id", [0, -1, 999_999, 2**40])
def test_a_room_that_is_not_there_is_not_found(session: Session, admin: Actor, room_id: int) -> None:
    with pytest.raises(NotFound):
        catalog.retire_room(session, admin, room_id)
    with pytest.raises(NotFound):
        catalog.get_room(session, admin, room_id)
