from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.audit import AuditLog
from models.catalog import Engineer, Resource, ResourceKind
from services import identity
from services.core import db
from services.core.access import SYSTEM, Role
from services.core.errors import Invalid
from services.core.paging import PageRequest
from services.identity import EmailTaken, LastAdmin, NewUser, NoSuchUser, ProfileChange, UserChange, UserView
from tests import cast

NEW = NewUser("Sam Ode", "Sam@Platinum.studio", cast.PASSWORD, frozenset({Role.ENGINEER}), "+1 212 555 0199", 15, "Dub")


def _change(user: UserView, **changes: object) -> UserChange:
    same = UserChange(user.name, user.email, user.roles, user.phone, user.discount_limit_pct, user.bio)
    return replace(same, **changes)  # type: ignore[arg-type]


def test_a_user_is_stored_as_given_and_audited(session: Session) -> None:
    ivo = cast.ivo(session)
    sam = identity.create_user(session, ivo, NEW)
    assert identity.get_user(session, ivo, sam.id) == sam
    assert (sam.email, sam.phone, sam.discount_limit_pct) == ("sam@platinum.studio", "+12125550199", 15)
    session.flush()
    row = session.exec(select(AuditLog).where(AuditLog.entity_id == sam.id)).one()
    assert (row.actor_id, row.action, row.changes["after"]["roles"]) == (ivo.user_id, "user_created", ["ENGINEER"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"email": "sam"}, "email"),
        ({"email": "x" * 300 + "@platinum.studio"}, "email"),
        ({"phone": "call me"}, "phone"),
        ({"phone": "212 555 0199"}, "phone"),
        ({"password": "short"}, "password"),
        ({"roles": frozenset()}, "roles"),
        ({"roles": frozenset({"KING"})}, "roles"),
        ({"discount_limit_pct": 101}, "discount_limit_pct"),
        ({"discount_limit_pct": -1}, "discount_limit_pct"),
        ({"bio": "x" * 10_001}, "bio"),
    ],
)
def test_each_wrong_field_is_named(session: Session, change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        identity.create_user(session, SYSTEM, replace(NEW, **change))  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_an_address_signs_one_user_in(session: Session) -> None:
    identity.create_user(session, SYSTEM, NEW)
    kim = identity.create_user(session, SYSTEM, replace(NEW, email="kim@platinum.studio"))
    with pytest.raises(EmailTaken):
        identity.create_user(session, SYSTEM, replace(NEW, email="SAM@platinum.STUDIO"))
    with pytest.raises(EmailTaken) as refusal:
        identity.update_user(session, SYSTEM, kim.id, _change(kim, email="sam@platinum.studio"))
    assert refusal.value.field == "email"
    assert identity.get_user(session, SYSTEM, kim.id) == kim


def test_a_change_audits_only_what_differs(session: Session) -> None:
    sam = identity.create_user(session, SYSTEM, NEW)
    changed = identity.update_user(session, SYSTEM, sam.id, _change(sam, roles=frozenset({Role.MANAGER})))
    identity.update_user(session, SYSTEM, sam.id, _change(changed))
    session.flush()
    row = session.exec(select(AuditLog).where(AuditLog.action == "user_updated")).one()
    assert row.changes == {"before": {"roles": ["ENGINEER"]}, "after": {"roles": ["MANAGER"]}}


def test_an_engineer_user_is_linked_to_the_resource(session: Session) -> None:
    sam = identity.create_user(session, SYSTEM, NEW)
    resource = Resource(kind=ResourceKind.ENGINEER, name="Sam")
    session.add(resource)
    session.flush()
    session.add(Engineer(id=resource.id or 0, name="Sam", user_id=sam.id))
    session.flush()
    assert identity.get_user(session, SYSTEM, sam.id).engineer_id == resource.id
    actor = cast.seated(session, identity.actor_of(sam))
    assert actor.engineer_id == resource.id


@pytest.mark.parametrize("user_id", [0, -1, 999_999, 2**31, 2**70])
def test_an_unknown_user_is_not_found(session: Session, user_id: int) -> None:
    with pytest.raises(NoSuchUser):
        identity.get_user(session, SYSTEM, user_id)


def test_the_last_active_administrator_stays(session: Session) -> None:
    ivo = cast.ivo(session)
    retired = cast.hire(session, "Old Admin", Role.ADMIN)
    identity.set_user_active(session, ivo, retired.id, False)
    me = identity.get_user(session, ivo, ivo.user_id or 0)
    with pytest.raises(LastAdmin):
        identity.set_user_active(session, ivo, me.id, False)
    with pytest.raises(LastAdmin):
        identity.update_user(session, ivo, me.id, _change(me, roles=frozenset({Role.MANAGER})))
    identity.set_user_active(session, ivo, retired.id, True)
    assert not identity.set_user_active(session, ivo, me.id, False).is_active


@pytest.mark.fire
def test_administrators_who_remove_each_other_at_once_leave_one(database: Engine) -> None:
    for _ in range(5):
        with db.transaction() as session:
            pair = [
                identity.create_admin(session, SYSTEM, f"a{n}.{_}@platinum.studio", "A", cast.PASSWORD) for n in (1, 2)
            ]
            admins = identity.list_users(session, SYSTEM, PageRequest(1, 100), role=Role.ADMIN).data
            for user in admins:
                if user in pair:
                    continue
                identity.set_user_active(session, SYSTEM, user.id, False)

        def remove(user: UserView) -> bool:
            try:
                db.run(identity.set_user_active, SYSTEM, user.id, False)
            except LastAdmin:
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(remove, pair)) == [False, True]


def test_a_list_searches_filters_sorts_and_pages(session: Session) -> None:
    cast.ivo(session), cast.dana(session), cast.abel(session)
    maya = cast.maya(session)
    identity.set_user_active(session, SYSTEM, maya.user_id or 0, False)

    def names(request: PageRequest | None = None, **filters: object) -> list[str]:
        page = identity.list_users(session, SYSTEM, request or PageRequest(), **filters)  # type: ignore[arg-type]
        return [user.name.split()[0] for user in page.data]

    assert names() == ["Abel", "Dana", "Ivo", "Maya"]
    assert names(PageRequest(sort="-name")) == ["Maya", "Ivo", "Dana", "Abel"]
    assert names(PageRequest(page=2, page_size=3)) == ["Maya"]
    assert names(q="REYES@") == ["Dana"]
    assert names(q="_") == []
    assert names(role=Role.ADMIN) == ["Ivo"]
    assert names(active=False) == ["Maya"]
    with pytest.raises(Invalid, match="sorts by"):
        names(PageRequest(sort="password_hash"))


def test_people_change_their_own_profile_and_no_more(session: Session) -> None:
    maya = cast.maya(session)
    change = ProfileChange("Maya L.", "+12125550111", "Mixes dub", "maya.png", {"theme": "dark"})
    changed = identity.update_my_profile(session, maya, change)
    assert identity.my_profile(session, maya) == changed
    assert (changed.name, changed.preferences, changed.roles, changed.discount_limit_pct) == (
        "Maya L.",
        {"theme": "dark"},
        {Role.ENGINEER},
        10,
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"avatar": "x" * 201}, "avatar"),
        ({"preferences": {"a": "x" * 4_001}}, "preferences"),
        ({"preferences": {"a": "\x00"}}, "preferences"),
        ({"preferences": {"a": "\ud800"}}, "preferences"),
    ],
)
def test_each_wrong_field_of_a_profile_is_named(session: Session, change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        identity.update_my_profile(session, cast.maya(session), replace(ProfileChange("Maya"), **change))  # type: ignore[arg-type]
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("email", "phone", "found"),
    [
        ("sam@platinum.studio", None, 1),
        (None, "+12125550199", 1),
        ("other@platinum.studio", "+12125550199", 1),
        ("other@platinum.studio", "+12125550100", 0),
        (None, None, 0),
    ],
)
def test_users_are_found_by_contact(session: Session, email: str | None, phone: str | None, found: int) -> None:
    identity.create_user(session, SYSTEM, NEW)
    cast.dana(session)
    assert len(identity.users_with_contact(session, email, phone)) == found
