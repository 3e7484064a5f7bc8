"""The table of domain 2, word by word: who may do what."""

import pytest

from services.core.access import ROLE_PERMISSIONS, SYSTEM, Actor, Permission, Role, anonymous, permissions_of, require
from services.core.errors import NotAllowed, NotSignedIn

P, R = Permission, Role
EVERYBODY = set(Role)
OFFICE = {R.ADMIN, R.MANAGER, R.BOOKING_AGENT}

TABLE = [
    (P.VIEW_PROFILE, EVERYBODY),
    (P.BOOK_ONLINE, EVERYBODY),
    (P.UPDATE_OWN_AVAILABILITY, {R.ENGINEER, R.PERFORMER}),
    (P.BOOK_SESSIONS, OFFICE | {R.ENGINEER}),
    (P.APPLY_DISCOUNTS, OFFICE | {R.ENGINEER}),
    (P.DISCOUNT_WITHOUT_LIMIT, OFFICE),
    (P.SWAP_RESOURCES, OFFICE),
    (P.OVERRIDE_PRICING, OFFICE),
    (P.LOCK_ROOMS, OFFICE),
    (P.VIEW_ALL_SESSIONS, OFFICE),
    (P.VIEW_OWN_SESSIONS, OFFICE | {R.ENGINEER, R.PERFORMER}),
    (P.SET_ENGINEER_RATES, {R.ADMIN}),
    (P.SET_ROOM_LIMITS, {R.ADMIN, R.MANAGER}),
    (P.MANAGE_USERS, {R.ADMIN}),
    (P.MANAGE_CATALOG, {R.ADMIN}),
    (P.VIEW_REPORTS, {R.ADMIN, R.MANAGER}),
    (P.VIEW_OWN_HOURS, {R.ENGINEER}),
    (P.RECORD_PAYMENTS, OFFICE | {R.FINANCE}),
    (P.REFUND_PAYMENTS, {R.ADMIN, R.MANAGER, R.FINANCE}),
    (P.VIEW_PAYMENTS, OFFICE | {R.FINANCE}),
    (P.VIEW_MONEY, {R.ADMIN, R.MANAGER, R.FINANCE}),
    (P.MANAGE_MONEY, {R.ADMIN, R.FINANCE}),
    (P.VIEW_CLIENT_MONEY, OFFICE | {R.FINANCE}),
    (P.MANAGE_CLIENTS, OFFICE),
    (P.VIEW_CLIENTS, OFFICE | {R.FINANCE}),
    (P.ANONYMISE_CLIENTS, {R.ADMIN}),
    (P.SIGN_OFF_INVENTORY, {R.INTERN}),
    (P.VIEW_AUDIT, {R.ADMIN, R.MANAGER}),
]


@pytest.mark.parametrize(("permission", "roles"), TABLE, ids=[permission.name for permission, _ in TABLE])
def test_exactly_these_roles_may(permission: Permission, roles: set[Role]) -> None:
    assert {role for role in Role if permission in ROLE_PERMISSIONS[role]} == roles


def test_the_table_says_something_about_every_permission() -> None:
    assert {permission for permission, _ in TABLE} == set(Permission)


def test_the_union_of_the_roles_counts() -> None:
    both = permissions_of(frozenset({R.ENGINEER, R.FINANCE}))
    assert both == ROLE_PERMISSIONS[R.ENGINEER] | ROLE_PERMISSIONS[R.FINANCE]
    assert permissions_of(frozenset()) == frozenset()


def test_a_visitor_may_book_online_and_nothing_else() -> None:
    assert anonymous().permissions == {P.BOOK_ONLINE}
    with pytest.raises(NotSignedIn):
        require(anonymous(), P.BOOK_SESSIONS)


def test_a_refusal_says_what_is_not_allowed() -> None:
    intern = Actor(user_id=1, permissions=ROLE_PERMISSIONS[R.INTERN])
    with pytest.raises(NotAllowed, match="You may not book sessions"):
        require(intern, P.BOOK_SESSIONS)


def test_one_of_several_permissions_is_enough() -> None:
    finance = Actor(user_id=1, permissions=ROLE_PERMISSIONS[R.FINANCE])
    require(finance, P.MANAGE_CLIENTS, P.VIEW_CLIENTS)
    require(SYSTEM, *Permission)
