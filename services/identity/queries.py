from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, false, func, or_, text
from sqlmodel import Session, col, select

from models.catalog import Engineer, Performer
from models.identity import User, UserSession
from models.studio import StudioInfo
from services.core import clock, phones, search
from services.core.access import Actor, Permission, Role, anonymous, permissions_of, require
from services.core.fields import MAX_ID, clean
from services.core.paging import Page, PageRequest, Sort, Sorts, fetch_page
from services.core.search import Texts
from services.identity.errors import NoSuchUser
from services.identity.passwords import token_hash
from services.identity.rules import SEEN_EVERY
from services.identity.types import SessionView, UserView

_IS_ENGINEER = and_(col(Engineer.user_id) == col(User.id), col(Engineer.deleted_at).is_(None))
_IS_PERFORMER = and_(col(Performer.user_id) == col(User.id), col(Performer.deleted_at).is_(None))
_SORTS: Sorts = {
    "name": Sort(col(User.name_folded), written=col(User.name)),
    "email": Sort(func.lower(User.email)),
    "last_login_at": Sort(col(User.last_login_at)),
    "is_active": Sort(col(User.is_active)),
}
_NAME = Texts(col(User.name_folded), col(User.name))
_VISIT = text(
    """
with seen as (
    update user_session set last_seen_at = :now where id in (
        select id from user_session where token_hash = :hashed and last_seen_at < :stale for update skip locked)
)
select s.id as session_id, u.id as user_id, u.name, u.email, u.roles, u.discount_limit_pct,
       engineer.id as engineer_id, performer.id as performer_id
  from user_session s
  join "user" u on u.id = s.user_id
  left join engineer on engineer.user_id = u.id and engineer.deleted_at is null
  left join performer on performer.user_id = u.id and performer.deleted_at is null
 where s.token_hash = :hashed and s.expires_at > :now and u.is_active
"""
)


def actor_for(session: Session, token: str | None, ip: str, user_agent: str) -> Actor:
    """Who a session cookie stands for; a visitor when it stands for nobody (any more).

    One statement, which notes the visit every few minutes. A row being noted elsewhere is
    skipped, so that two requests of one session never wait for each other.
    """
    ip, user_agent = clean(ip)[:45], clean(user_agent)[:500]
    if not token:
        return anonymous(ip, user_agent)
    now = clock.now()
    visit = {"hashed": token_hash(token), "now": now, "stale": now - SEEN_EVERY}
    found = session.execute(_VISIT, visit).first()
    if found is None:
        return anonymous(ip, user_agent)
    roles = frozenset(Role(role) for role in found.roles)
    return Actor(
        user_id=found.user_id,
        name=found.name,
        email=found.email,
        roles=roles,
        permissions=permissions_of(roles),
        engineer_id=found.engineer_id,
        performer_id=found.performer_id,
        discount_limit_pct=found.discount_limit_pct,
        session_id=found.session_id,
        ip=ip,
        user_agent=user_agent,
    )


def actor_of(user: UserView, *, session_id: int | None = None, ip: str = "", user_agent: str = "") -> Actor:
    return Actor(
        user_id=user.id,
        name=user.name,
        email=user.email,
        roles=user.roles,
        permissions=permissions_of(user.roles),
        engineer_id=user.engineer_id,
        performer_id=user.performer_id,
        discount_limit_pct=user.discount_limit_pct,
        session_id=session_id,
        ip=ip,
        user_agent=user_agent,
    )


def user_view(user: User, engineer_id: int | None, performer_id: int | None) -> UserView:
    assert user.id is not None
    return UserView(
        id=user.id,
        name=user.name,
        email=user.email,
        phone=user.phone,
        roles=frozenset(Role(role) for role in user.roles),
        is_active=user.is_active,
        discount_limit_pct=user.discount_limit_pct,
        bio=user.bio,
        avatar=user.avatar,
        preferences=user.preferences,
        last_login_at=user.last_login_at,
        locked_until=user.locked_until,
        engineer_id=engineer_id,
        performer_id=performer_id,
    )


def view_of(session: Session, user: User) -> UserView:
    return user_view(*session.execute(_with_resources().where(col(User.id) == user.id)).one())


def actor_as_of_now(session: Session, user_id: int) -> Actor | None:
    """With the rights the person has at this moment; None for who works here no more."""
    found = _users(session, col(User.id) == user_id, col(User.is_active))
    return actor_of(found[0]) if found else None


def load_user(session: Session, user_id: int) -> User:
    user = session.get(User, user_id) if 0 < user_id <= MAX_ID else None
    if user is None:
        raise NoSuchUser
    return user


def get_user(session: Session, actor: Actor, user_id: int) -> UserView:
    require(actor, Permission.MANAGE_USERS)
    return view_of(session, load_user(session, user_id))


def list_users(
    session: Session,
    actor: Actor,
    request: PageRequest,
    q: str = "",
    role: Role | None = None,
    active: bool | None = None,
) -> Page[UserView]:
    require(actor, Permission.MANAGE_USERS)
    wanted: list[SQLColumnExpression[bool]] = []
    if q := clean(q)[:100]:
        numbers = phones.sought(q, phone_region(session))
        by_phone = (func.strpos(User.phone, digits) > 0 for digits in numbers)
        wanted.append(or_(search.every(q, _NAME.has, _has_email), *by_phone))
    if role is not None:
        wanted.append(col(User.roles).contains([role]))
    if active is not None:
        wanted.append(col(User.is_active).is_(active))
    return fetch_page(
        session,
        actor,
        _with_resources().where(*wanted),
        request,
        _SORTS,
        tie=col(User.id),
        view=lambda row: user_view(*row),
    )


def _has_email(word: str) -> ColumnElement[bool]:
    return col(User.email).icontains(word, autoescape=True)


def my_profile(session: Session, actor: Actor) -> UserView:
    require(actor, Permission.VIEW_PROFILE)
    return view_of(session, load_user(session, actor.user_id or 0))


def my_sessions(session: Session, actor: Actor) -> tuple[SessionView, ...]:
    require(actor, Permission.VIEW_PROFILE)
    mine = session.exec(
        select(UserSession)
        .where(UserSession.user_id == actor.user_id, UserSession.expires_at > clock.now())
        .order_by(col(UserSession.last_seen_at).desc(), col(UserSession.id).desc())
    )
    return tuple(_session_view(row, actor) for row in mine)


def _session_view(row: UserSession, actor: Actor) -> SessionView:
    assert row.id is not None
    return SessionView(
        id=row.id,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
        ip=row.ip,
        user_agent=row.user_agent,
        is_current=row.id == actor.session_id,
    )


def users_with_contact(session: Session, email: str | None, phone: str | None) -> tuple[UserView, ...]:
    """Users, active or not, reached by the e-mail (lower case) or the phone number (E.164)."""
    same_email = func.lower(User.email) == email if email else false()
    same_phone = col(User.phone) == phone if phone else false()
    return _users(session, or_(same_email, same_phone))


def phone_region(session: Session) -> str | None:
    """The studio's; None before the studio is set up: numbers then need their country code."""
    return session.exec(select(StudioInfo.phone_region)).first()


def _users(session: Session, *wanted: SQLColumnExpression[bool]) -> tuple[UserView, ...]:
    users = _with_resources().where(*wanted).order_by(col(User.id))
    return tuple(user_view(*row) for row in session.execute(users))


def _with_resources() -> Select[*tuple[User, int | None, int | None]]:
    return (
        select(User, col(Engineer.id), col(Performer.id))
        .join(Engineer, _IS_ENGINEER, isouter=True)
        .join(Performer, _IS_PERFORMER, isouter=True)
    )
