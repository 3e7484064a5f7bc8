"""Every command of people, clients and the outbox checks the permission itself."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from services import clients, identity
from services.clients import ClientChange, NewAddress, NewArtist, NewClient
from services.core import outbox
from services.core.access import Actor, Permission, Role, anonymous
from services.core.errors import NotAllowed, NotSignedIn
from services.core.paging import PageRequest
from services.identity import NewUser, ProfileChange, Theme, UserChange
from tests import cast

P = Permission
PAGE = PageRequest()
USER = NewUser("X", "x@platinum.studio", cast.PASSWORD, frozenset({Role.ADMIN}))
CHANGE = UserChange("X", "x@platinum.studio", frozenset({Role.ADMIN}))

GUARDED: list[tuple[set[Permission], Callable[..., Any], tuple[Any, ...]]] = [
    ({P.MANAGE_USERS}, identity.list_users, (PAGE,)),
    ({P.MANAGE_USERS}, identity.get_user, (1,)),
    ({P.MANAGE_USERS}, identity.create_user, (USER,)),
    ({P.MANAGE_USERS}, identity.create_admin, ("x@platinum.studio", "X", cast.PASSWORD)),
    ({P.MANAGE_USERS}, identity.update_user, (1, CHANGE)),
    ({P.MANAGE_USERS}, identity.set_user_active, (1, False)),
    ({P.MANAGE_USERS}, identity.set_user_password, (1, cast.PASSWORD)),
    ({P.MANAGE_USERS}, identity.unlock_user, (1,)),
    ({P.MANAGE_USERS}, outbox.list_deliveries, (PAGE,)),
    ({P.VIEW_PROFILE}, identity.my_profile, ()),
    ({P.VIEW_PROFILE}, identity.my_sessions, ()),
    ({P.VIEW_PROFILE}, identity.end_session, (1,)),
    ({P.VIEW_PROFILE}, identity.update_my_profile, (ProfileChange("X"),)),
    ({P.VIEW_PROFILE}, identity.choose_theme, (Theme.DARK,)),
    ({P.VIEW_PROFILE}, identity.change_my_password, (cast.PASSWORD, cast.PASSWORD)),
    ({P.VIEW_CLIENTS}, clients.list_clients, (PAGE,)),
    ({P.VIEW_CLIENTS}, clients.all_clients, ()),
    ({P.VIEW_CLIENTS, P.BOOK_SESSIONS}, clients.search_clients, ("nova",)),
    ({P.VIEW_CLIENTS, P.BOOK_SESSIONS}, clients.get_client, (1,)),
    ({P.VIEW_CLIENTS, P.BOOK_SESSIONS}, clients.list_artists, (1,)),
    ({P.BOOK_ONLINE, P.BOOK_SESSIONS, P.MANAGE_CLIENTS}, clients.check_contact, (NewClient("X"),)),
    ({P.BOOK_ONLINE, P.BOOK_SESSIONS}, clients.ensure_client, (NewClient("X"),)),
    ({P.MANAGE_CLIENTS}, clients.create_client, (NewClient("X"),)),
    ({P.MANAGE_CLIENTS}, clients.update_client, (1, ClientChange("X"))),
    ({P.MANAGE_CLIENTS}, clients.delete_client, (1,)),
    ({P.MANAGE_CLIENTS}, clients.restore_client, (1,)),
    ({P.MANAGE_CLIENTS}, clients.add_artist, (1, NewArtist("X"))),
    ({P.MANAGE_CLIENTS}, clients.update_artist, (1, NewArtist("X"))),
    ({P.MANAGE_CLIENTS}, clients.set_artist_active, (1, False)),
    ({P.MANAGE_CLIENTS}, clients.add_address, (1, NewAddress("X", "Y"))),
    ({P.MANAGE_CLIENTS}, clients.update_address, (1, NewAddress("X", "Y"))),
    ({P.MANAGE_CLIENTS}, clients.remove_address, (1,)),
    ({P.MANAGE_CLIENTS}, clients.set_default, (1,)),
    ({P.ANONYMISE_CLIENTS}, clients.export_client, (1,)),
    ({P.ANONYMISE_CLIENTS}, clients.anonymise_client, (1,)),
]


@pytest.mark.parametrize(("needed", "command", "args"), GUARDED, ids=[command.__name__ for _, command, _ in GUARDED])
def test_without_the_permission_a_command_refuses(
    session: Session, needed: set[Permission], command: Callable[..., Any], args: tuple[Any, ...]
) -> None:
    everything_else = Actor(user_id=1, permissions=frozenset(set(Permission) - needed))
    with pytest.raises(NotAllowed):
        command(session, everything_else, *args)
    if P.BOOK_ONLINE not in needed:
        with pytest.raises(NotSignedIn):
            command(session, anonymous(), *args)


def test_every_public_command_is_in_the_table() -> None:
    open_to_all = {"actor_for", "actor_of", "actor_as_of_now", "sign_in", "sign_out", "request_reset", "reset_password"}
    for_areas = {"phone_region", "users_with_contact", "bookable_client", "booked_for", "check_typed", "ensure_artist"}
    for_areas |= {"client_of_email", "new_token", "token_hash"}
    guarded = {command.__name__ for _, command, _ in GUARDED}
    public = {name for area in (identity, clients) for name in area.__all__ if name[0].islower()}
    assert public - guarded == open_to_all | for_areas
