"""Signing in and out, and the forgotten password."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, or_
from sqlmodel import Session, col, delete, select, update

from models.identity import PasswordReset, User, UserSession
from models.outbox import DeliveryType
from services import online
from services.core import audit, clock, db, outbox
from services.core.access import Actor, Permission, anonymous, require
from services.core.config import settings
from services.core.errors import NotFound
from services.core.fields import MAX_ID, clean, parse_email
from services.identity import rules
from services.identity.errors import AccountLocked, ResetLinkSpent, WrongSignIn
from services.identity.passwords import (
    hash_password,
    is_password,
    needs_rehash,
    new_token,
    nobodys_password,
    token_hash,
)
from services.identity.queries import actor_of, view_of
from services.identity.types import SignIn
from services.online import Allowance, address_of

_RESET_MAIL = """Someone, hopefully you, asked for a new password for the studio.

Choose one here within the hour: {link}

The link works once. If it was not you, nothing has changed and you need do nothing.
"""


class _Try(NamedTuple):
    user_id: int
    password_hash: str
    locked_until: datetime | None


def sign_in(
    session: Session, email: str, password: str, ip: str, user_agent: str, now: datetime | None = None
) -> SignIn:
    """Refuses with WrongSignIn or AccountLocked. Call it first in its transaction.

    A try is counted and stored before the password is looked at, so that many tries at once
    get no more guesses than five; a right one takes the count back.
    """
    now = now or clock.now()
    visitor = anonymous(clean(ip)[:45], clean(user_agent)[:500])
    online.spend_apart(session, Allowance.SIGN_IN, address_of(visitor.ip), now)
    tried = _count_try(session, clean(email).lower(), now)
    if not is_password(tried.password_hash if tried else nobodys_password(), password) or tried is None:
        _note_failure(session, visitor, tried)
        raise AccountLocked(tried.locked_until, now) if tried and tried.locked_until else WrongSignIn
    return _open_session(session, visitor, tried, password, now)


def _count_try(session: Session, email: str, now: datetime) -> _Try | None:
    """Counts a wrong try beforehand; the fifth locks. None: there is no such user."""
    is_user = (func.lower(User.email) == email, col(User.is_active))
    tries = case((col(User.locked_until).is_not(None), 1), else_=User.failed_logins + 1)
    locked_until = case((tries >= rules.MAX_TRIES, now + rules.LOCK_TIME))
    with db.apart(session) as own:
        # Neither known nor unknown e-mails wait for the disk here: both take the same time.
        own.connection().exec_driver_sql("set local synchronous_commit to off")
        counted = own.exec(
            update(User)
            .where(*is_user, or_(col(User.locked_until).is_(None), col(User.locked_until) <= now))
            .values(failed_logins=tries, locked_until=locked_until)
            .returning(col(User.id), col(User.password_hash), col(User.locked_until))
        ).first()
        locked = own.exec(select(User.locked_until).where(*is_user, col(User.locked_until) > now)).first()
    if counted is None and locked is not None:
        raise AccountLocked(locked, now)
    return _Try(*counted) if counted is not None else None


def _note_failure(session: Session, visitor: Actor, tried: _Try | None) -> None:
    action = "account_locked" if tried and tried.locked_until else "sign_in_failed"
    with db.apart(session) as own:
        audit.record(own, visitor, action, "user", tried.user_id if tried else None)


def _open_session(session: Session, visitor: Actor, tried: _Try, password: str, now: datetime) -> SignIn:
    user = session.get_one(User, tried.user_id, populate_existing=True, with_for_update=True)
    if not user.is_active or user.password_hash != tried.password_hash:  # changed since the try was counted
        raise WrongSignIn
    user.failed_logins, user.locked_until, user.last_login_at = 0, None, now
    if needs_rehash(user.password_hash):
        user.password_hash = hash_password(password)
    session.exec(delete(UserSession).where(col(UserSession.user_id) == user.id, col(UserSession.expires_at) <= now))
    token = new_token()
    opened = UserSession(
        user_id=tried.user_id,
        token_hash=token_hash(token),
        created_at=now,
        last_seen_at=now,
        expires_at=now + rules.SESSION_TIME,
        ip=visitor.ip,
        user_agent=visitor.user_agent,
    )
    session.add(opened)
    session.flush()
    view = view_of(session, user)
    audit.record(session, actor_of(view, ip=visitor.ip, user_agent=visitor.user_agent), "signed_in", "user", view.id)
    return SignIn(token, view, opened.expires_at)


def sign_out(session: Session, actor: Actor) -> None:
    """Signing out twice is no mistake."""
    if actor.session_id is not None:
        session.exec(delete(UserSession).where(col(UserSession.id) == actor.session_id))
        audit.record(session, actor, "signed_out", "user", actor.user_id)


def end_session(session: Session, actor: Actor, session_id: int) -> None:
    """Signs one of the actor's own sessions out, wherever it is."""
    require(actor, Permission.VIEW_PROFILE)
    is_mine = (col(UserSession.id) == session_id, col(UserSession.user_id) == actor.user_id)
    if not 0 < session_id <= MAX_ID or not session.exec(delete(UserSession).where(*is_mine)).rowcount:
        raise NotFound("This session has ended already.")
    audit.record(session, actor, "session_ended", "user", actor.user_id)


def end_all_sessions(session: Session, user_id: int, *, but: int | None = None) -> None:
    """And what was mailed to choose a new password: whoever has such a link would come in again."""
    void_resets(session, user_id, clock.now())
    ended = delete(UserSession).where(col(UserSession.user_id) == user_id)
    session.exec(ended if but is None else ended.where(col(UserSession.id) != but))


def request_reset(session: Session, actor: Actor, email: str) -> None:
    """Mails a link, or does nothing when nobody signs in with the address: the answer is the same.

    Open to everyone, as is `reset_password`: there the token is the right.
    """
    online.request(session, actor)
    address = parse_email(email)
    online.spend_apart(session, Allowance.LINK, address)  # known or not: it tells nothing
    user = session.exec(select(User).where(func.lower(User.email) == address, col(User.is_active))).first()
    audit.record(session, actor, "password_reset_asked", "user", user.id if user else None)
    if user is None or user.id is None:
        return
    now, token = clock.now(), new_token()
    void_resets(session, user.id, now)
    session.add(PasswordReset(user_id=user.id, token_hash=token_hash(token), expires_at=now + rules.RESET_TIME))
    link = f"{settings().public_url}/reset?token={token}"
    outbox.queue(
        session, DeliveryType.PASSWORD_RESET, user.email, "Choose a new password", _RESET_MAIL.format(link=link)
    )


def reset_password(session: Session, actor: Actor, token: str, password: str) -> None:
    """A link works once, for an hour. Unlocks the account and signs it out everywhere."""
    online.request(session, actor)
    now = clock.now()
    user_id = session.exec(
        select(PasswordReset.user_id).where(
            PasswordReset.token_hash == token_hash(token),
            col(PasswordReset.used_at).is_(None),
            col(PasswordReset.expires_at) > now,
        )
    ).first()
    user = session.get(User, user_id, populate_existing=True, with_for_update=True) if user_id else None
    if user is None or user.id is None or not user.is_active:
        raise ResetLinkSpent
    rules.check_password(password, user.email)
    if not void_resets(session, user.id, now):  # someone else used it while this one waited for the user
        raise ResetLinkSpent
    set_password(session, user, password)
    audit.record(session, actor, "password_reset", "user", user.id)


def set_password(session: Session, user: User, password: str, *, keep_session: int | None = None) -> None:
    """A checked password: unlocks the account and ends its sessions."""
    assert user.id is not None
    user.password_hash = hash_password(password)
    user.failed_logins, user.locked_until = 0, None
    end_all_sessions(session, user.id, but=keep_session)


def void_resets(session: Session, user_id: int, now: datetime) -> int:
    open_resets = (col(PasswordReset.user_id) == user_id, col(PasswordReset.used_at).is_(None))
    return session.exec(update(PasswordReset).where(*open_resets).values(used_at=now)).rowcount
