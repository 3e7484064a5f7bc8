"""Pure rules of people: passwords, the lock, what a form may hold."""

from collections.abc import Iterable
from datetime import timedelta

from services.core.access import Role
from services.core.checking import noted
from services.core.errors import Invalid

MAX_TRIES = 5
LOCK_TIME = timedelta(minutes=15)
SESSION_TIME = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=5)
"""How exactly a session's last use is known; every request would be a write."""
RESET_TIME = timedelta(hours=1)


@noted
def check_password(password: str, email: str, *, field: str = "password") -> None:
    if len(password) < 10:
        raise Invalid("Use at least 10 characters.", field=field)
    if len(password) > 200:
        raise Invalid("Use at most 200 characters.", field=field)
    if password.strip().lower() == email.lower():
        raise Invalid("The password must not be the e-mail address.", field=field)


@noted
def check_roles(roles: Iterable[Role]) -> frozenset[Role]:
    """Roles may come as plain words from outside."""
    try:
        known = frozenset(Role(role) for role in roles)
    except ValueError as error:
        raise Invalid("There is no such role.", field="roles") from error
    if not known:
        raise Invalid("Choose at least one role.", field="roles")
    return known


@noted
def check_discount_limit(percent: int | None) -> int | None:
    if percent is not None and not 0 <= percent <= 100:
        raise Invalid("The discount limit is a percentage from 0 to 100.", field="discount_limit_pct")
    return percent
