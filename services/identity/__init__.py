"""People: users, roles, signing in."""

from services.identity.errors import (
    AccountLocked,
    EmailTaken,
    LastAdmin,
    NoSuchUser,
    ResetLinkSpent,
    WrongSignIn,
)
from services.identity.queries import (
    actor_for,
    actor_of,
    get_user,
    list_users,
    my_profile,
    my_sessions,
    recipients,
    users_with_contact,
)
from services.identity.service import (
    change_my_password,
    create_admin,
    create_user,
    set_user_active,
    set_user_password,
    unlock_user,
    update_my_profile,
    update_user,
)
from services.identity.sign_in import end_session, request_reset, reset_password, sign_in, sign_out
from services.identity.types import NewUser, ProfileChange, SessionView, SignIn, UserChange, UserView

__all__ = [
    "AccountLocked",
    "EmailTaken",
    "LastAdmin",
    "NewUser",
    "NoSuchUser",
    "ProfileChange",
    "ResetLinkSpent",
    "SessionView",
    "SignIn",
    "UserChange",
    "UserView",
    "WrongSignIn",
    "actor_for",
    "actor_of",
    "change_my_password",
    "create_admin",
    "create_user",
    "end_session",
    "get_user",
    "list_users",
    "my_profile",
    "my_sessions",
    "recipients",
    "request_reset",
    "reset_password",
    "set_user_active",
    "set_user_password",
    "sign_in",
    "sign_out",
    "unlock_user",
    "update_my_profile",
    "update_user",
    "users_with_contact",
]
