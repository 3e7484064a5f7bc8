from dataclasses import replace

import pytest
from sqlmodel import Session

from services import catalog
from services.core.access import Actor
from services.core.errors import Conflict, Invalid, NotAllowed
from tests import cast
from tests.catalog.details import NOW, book, last_audit


def test_an_engineers_contact_is_kept_as_it_can_be_compared(session: Session, engineer: catalog.EngineerView) -> None:
    assert (engineer.phone, engineer.room_ids, engineer.primary_room_id) == ("+12125550140", (), None)


def test_a_wrong_email_is_refused_at_its_field(session: Session, admin: Actor, engineer: catalog.EngineerView) -> None:
    with pytest.raises(Invalid) as refused:
        catalog.update_engineer(session, admin, engineer.id, replace(engineer, email="maya at home"))

    assert refused.value.field == "email"


def test_an_engineer_with_sessions_to_come_is_not_retired(
    session: Session, admin: Actor, engineer: catalog.EngineerView
) -> None:
    coming = book(session, engineer_id=engineer.id)

    with pytest.raises(Conflict) as refused:
        catalog.retire_engineer(session, admin, engineer.id, NOW)

    assert refused.value.details == {"bookings": [coming.number]}
    assert catalog.get_engineer(session, admin, engineer.id).is_active


def test_a_retired_engineer_leaves_the_rooms_and_comes_back_to_them(
    session: Session, admin: Actor, room: catalog.RoomView, engineer: catalog.EngineerView
) -> None:
    catalog.set_room_engineers(session, admin, room.id, [engineer.id])

    assert not catalog.retire_engineer(session, admin, engineer.id, NOW).is_active
    assert catalog.get_room(session, admin, room.id).engineer_ids == ()
    assert catalog.public_engineers(session, admin) == ()

    catalog.restore_engineer(session, admin, engineer.id)
    assert catalog.get_room(session, admin, room.id).engineer_ids == (engineer.id,)


def test_a_user_signs_in_as_one_engineer_only(session: Session, admin: Actor, engineer: catalog.EngineerView) -> None:
    maya = cast.maya(session).user_id
    assert maya is not None
    assert catalog.linkable_users(session, admin, catalog.ResourceKind.ENGINEER) == ((maya, "Maya Lind"),)

    catalog.link_user(session, admin, engineer.id, maya)
    assert catalog.get_engineer(session, admin, engineer.id).user_id == maya

    assert catalog.linkable_users(session, admin, catalog.ResourceKind.ENGINEER) == ()
    other = catalog.create_engineer(session, admin, catalog.EngineerDetails(name="Jon"))
    with pytest.raises(Conflict) as taken:
        catalog.link_user(session, admin, other.id, maya)
    assert taken.value.field == "user_id"
    with pytest.raises(Invalid):
        catalog.link_user(session, admin, other.id, admin.user_id)
    catalog.link_user(session, admin, engineer.id, None)
    assert catalog.get_engineer(session, admin, engineer.id).user_id is None
    assert last_audit(session).changes == {"before": {"user_id": maya}, "after": {"user_id": None}}


def test_the_public_page_learns_no_contact_of_an_engineer(
    session: Session, admin: Actor, engineer: catalog.EngineerView
) -> None:
    public = catalog.public_engineers(session, admin)[0]

    assert not hasattr(public, "phone")
    assert (public.id, public.name) == (engineer.id, "Maya")


def test_managers_do_not_change_engineers(session: Session, engineer: catalog.EngineerView) -> None:
    with pytest.raises(NotAllowed):
        catalog.retire_engineer(session, cast.dana(session), engineer.id)
