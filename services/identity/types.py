from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.core.access import Role


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"
    """As the device has it."""


@dataclass(frozen=True, slots=True)
class UserView:
    id: int
    name: str
    email: str
    phone: str | None
    roles: frozenset[Role]
    is_active: bool
    discount_limit_pct: int | None
    bio: str
    avatar: str
    preferences: dict[str, Any]
    last_login_at: datetime | None
    locked_until: datetime | None
    engineer_id: int | None
    performer_id: int | None

    @property
    def theme(self) -> Theme | None:
        """None until one is chosen."""
        chosen = self.preferences.get("theme")
        return Theme(chosen) if chosen in set(Theme) else None


@dataclass(frozen=True, slots=True)
class SessionView:
    """A sign-in that still counts."""

    id: int
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    ip: str
    user_agent: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class SignIn:
    """The only moment the token is known; afterwards there is only its hash."""

    token: str = field(repr=False)
    user: UserView
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewUser:
    name: str
    email: str
    password: str = field(repr=False)
    roles: frozenset[Role]
    phone: str | None = None
    discount_limit_pct: int | None = None
    bio: str = ""


@dataclass(frozen=True, slots=True)
class UserChange:
    """The whole form: what is not given is emptied."""

    name: str
    email: str
    roles: frozenset[Role]
    phone: str | None = None
    discount_limit_pct: int | None = None
    bio: str = ""


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """The whole form of one's own profile; e-mail and roles are for administrators."""

    name: str
    phone: str | None = None
    bio: str = ""
    avatar: str = ""
    preferences: dict[str, Any] = field(default_factory=dict)
