"""A user as the list and its dialogs show them."""

from dataclasses import dataclass, field
from datetime import datetime

from services.core.studio import Studio
from services.identity import UserView
from studio_app.state.editor import day_and_time
from studio_app.state.identity.roles import role_names


@dataclass(frozen=True)
class Person:
    id: int = 0
    name: str = ""
    email: str = ""
    phone: str = ""
    roles: list[str] = field(default_factory=list)
    role_names: str = ""
    discount: str = ""
    bio: str = ""
    status: str = ""
    is_active: bool = True
    is_locked: bool = False
    last_seen: str = ""


def person(user: UserView, studio: Studio, now: datetime) -> Person:
    is_locked = bool(user.locked_until and user.locked_until > now)
    status = "LOCKED" if is_locked else "ACTIVE" if user.is_active else "INACTIVE"
    return Person(
        id=user.id,
        name=user.name,
        email=user.email,
        phone=user.phone or "",
        roles=sorted(user.roles),
        role_names=role_names(user.roles),
        discount="" if user.discount_limit_pct is None else str(user.discount_limit_pct),
        bio=user.bio,
        status=status,
        is_active=user.is_active,
        is_locked=is_locked,
        last_seen=day_and_time(user.last_login_at, studio, "Never"),
    )
