"""Who signs in as which engineer or performer."""

from sqlalchemy import select
from sqlmodel import Session, col

from models.catalog import Engineer, Performer, Resource, ResourceKind
from models.identity import User
from services.core.access import Actor, Permission, Role, require
from services.core.errors import Conflict, Invalid, NotFound
from services.core.rows import load, save

_MODELS: dict[ResourceKind, type[Engineer] | type[Performer]] = {
    ResourceKind.ENGINEER: Engineer,
    ResourceKind.PERFORMER: Performer,
}


def link_user(session: Session, actor: Actor, resource_id: int, user_id: int | None) -> None:
    """Who signs in as this engineer or performer; None: nobody."""
    require(actor, Permission.MANAGE_CATALOG)
    kind = load(session, Resource, resource_id, "person").kind
    if kind not in _MODELS:
        raise NotFound("There is no such person.")
    person, noun = load(session, _MODELS[kind], resource_id, "person"), kind.value.lower()
    if user_id is not None:
        user = load(session, User, user_id, "user")
        if Role(kind.value) not in user.roles:
            raise Invalid(f"{user.name} is no {noun}. Give them the role first.", field="user_id")
    taken = Conflict(f"This user is linked to another {noun} already.", code="user_taken", field="user_id")
    save(session, actor, f"{noun}_user_linked", person, {"user_id": user_id}, taken)


def linkable_users(session: Session, actor: Actor, kind: ResourceKind) -> tuple[tuple[int, str], ...]:
    """Id and name of the active users who have the role and are not linked yet."""
    require(actor, Permission.MANAGE_CATALOG)
    holder = col(_MODELS[kind].user_id)
    query = (
        select(col(User.id), col(User.name))
        .where(col(User.is_active), col(User.roles).contains([Role(kind.value)]))
        .where(col(User.id).not_in(select(holder).where(holder.is_not(None))))
        .order_by(col(User.name_folded), col(User.id))
    )
    return tuple((user_id, name) for user_id, name in session.execute(query))
