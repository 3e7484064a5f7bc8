"""Users, as administrators change them and as they change themselves."""

from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.identity import User
from services.core import audit, clock
from services.core.access import Actor, Permission, Role, require
from services.core.checking import all_at_once, noted
from services.core.errors import Invalid
from services.core.fields import (
    LINE_LIMIT,
    TEXT_LIMIT,
    parse_email,
    parse_json,
    parse_name,
    parse_optional_phone,
    parse_text,
)
from services.identity import rules
from services.identity.errors import EmailTaken, LastAdmin
from services.identity.passwords import hash_password, is_password
from services.identity.queries import load_user, phone_region, view_of
from services.identity.sign_in import end_all_sessions, set_password, void_resets
from services.identity.types import NewUser, ProfileChange, Theme, UserChange, UserView


def create_user(session: Session, actor: Actor, new: NewUser) -> UserView:
    require(actor, Permission.MANAGE_USERS)
    fields = _checked_new(session, new)
    user = User(password_hash=hash_password(new.password), **fields)
    _set(session, user, {})
    audit.record(session, actor, "user_created", "user", user.id, after=fields)
    return view_of(session, user)


def create_admin(session: Session, actor: Actor, email: str, name: str, password: str) -> UserView:
    """The first administrator, from the command line."""
    require(actor, Permission.MANAGE_USERS)
    return create_user(
        session, actor, NewUser(name=name, email=email, password=password, roles=frozenset({Role.ADMIN}))
    )


def update_user(session: Session, actor: Actor, user_id: int, change: UserChange) -> UserView:
    require(actor, Permission.MANAGE_USERS)
    user = load_user(session, user_id)
    fields = _checked(session, change)
    if Role.ADMIN not in fields["roles"]:
        _keep_an_admin(session, user)
    if fields["email"] != user.email.lower():  # links went to an address that is not theirs any more
        void_resets(session, user_id, clock.now())
    return _store(session, actor, "user_updated", user, fields)


def set_user_active(session: Session, actor: Actor, user_id: int, active: bool) -> UserView:
    """Deactivating signs the user out everywhere, at once."""
    require(actor, Permission.MANAGE_USERS)
    user = load_user(session, user_id)
    if not active:
        _keep_an_admin(session, user)
        end_all_sessions(session, user_id)
    return _store(session, actor, "user_activated" if active else "user_deactivated", user, {"is_active": active})


def set_user_password(session: Session, actor: Actor, user_id: int, password: str) -> None:
    """Signs the user out everywhere and unlocks the account."""
    require(actor, Permission.MANAGE_USERS)
    user = load_user(session, user_id)
    rules.check_password(password, user.email)
    set_password(session, user, password)
    audit.record(session, actor, "user_password_set", "user", user.id)


def unlock_user(session: Session, actor: Actor, user_id: int) -> UserView:
    require(actor, Permission.MANAGE_USERS)
    user = load_user(session, user_id)
    return _store(session, actor, "user_unlocked", user, {"failed_logins": 0, "locked_until": None})


def update_my_profile(session: Session, actor: Actor, change: ProfileChange) -> UserView:
    require(actor, Permission.VIEW_PROFILE)
    user = load_user(session, actor.user_id or 0)
    return _store(session, actor, "profile_updated", user, _checked_profile(session, change))


def choose_theme(session: Session, actor: Actor, theme: Theme) -> UserView:
    """Kept with the person, to be found at every device."""
    require(actor, Permission.VIEW_PROFILE)
    user = load_user(session, actor.user_id or 0)
    return _store(session, actor, "profile_updated", user, {"preferences": {**user.preferences, "theme": theme.value}})


def change_my_password(session: Session, actor: Actor, current: str, new: str) -> None:
    """Signs the user out everywhere else."""
    require(actor, Permission.VIEW_PROFILE)
    user = load_user(session, actor.user_id or 0)
    _check_new_password(user, current, new)
    set_password(session, user, new, keep_session=actor.session_id)
    audit.record(session, actor, "password_changed", "user", user.id)


@all_at_once
def _checked(session: Session, form: NewUser | UserChange) -> dict[str, Any]:
    return {
        "name": parse_name(form.name),
        "email": parse_email(form.email),
        "phone": parse_optional_phone(form.phone, phone_region(session)),
        "roles": sorted(rules.check_roles(form.roles)),
        "discount_limit_pct": rules.check_discount_limit(form.discount_limit_pct),
        "bio": parse_text(form.bio, "bio", "The bio", limit=TEXT_LIMIT),
    }


@all_at_once
def _checked_new(session: Session, new: NewUser) -> dict[str, Any]:
    rules.check_password(new.password, new.email.strip())
    return _checked(session, new)


@all_at_once
def _checked_profile(session: Session, change: ProfileChange) -> dict[str, Any]:
    return {
        "name": parse_name(change.name),
        "phone": parse_optional_phone(change.phone, phone_region(session)),
        "bio": parse_text(change.bio, "bio", "The bio", limit=TEXT_LIMIT),
        "avatar": parse_text(change.avatar, "avatar", "The picture's address", limit=LINE_LIMIT),
        "preferences": parse_json(change.preferences, "preferences", "Preferences"),
    }


@all_at_once
def _check_new_password(user: User, current: str, new: str) -> None:
    _check_current(user, current)
    rules.check_password(new, user.email, field="new")


@noted
def _check_current(user: User, current: str) -> None:
    if not is_password(user.password_hash, current):
        raise Invalid("This is not your current password.", field="current")


def _store(session: Session, actor: Actor, action: str, user: User, fields: dict[str, Any]) -> UserView:
    """Sets and audits what differs; nothing when nothing does."""
    changed = {name: value for name, value in fields.items() if getattr(user, name) != value}
    if changed:
        before = {name: getattr(user, name) for name in changed}
        _set(session, user, changed)
        audit.record(session, actor, action, "user", user.id, before=_plain(before), after=_plain(changed))
    return view_of(session, user)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def _set(session: Session, user: User, values: dict[str, Any]) -> None:
    """The unique index has the last word on an e-mail, also against someone else's transaction."""
    email = values.get("email", user.email)
    try:
        with session.begin_nested():
            for name, value in values.items():
                setattr(user, name, value)
            session.add(user)
    except IntegrityError as error:
        raise EmailTaken(email) from error


def _keep_an_admin(session: Session, user: User) -> None:
    """Locks the active administrators, so that two cannot demote each other at the same moment."""
    admins = session.exec(
        select(User.id)
        .where(col(User.is_active), col(User.roles).contains([Role.ADMIN]))
        .order_by(col(User.id))
        .with_for_update()
    ).all()
    if set(admins) == {user.id}:
        raise LastAdmin
