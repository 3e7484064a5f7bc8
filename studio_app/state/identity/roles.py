"""Roles as people call them, and what each may do."""

from services.core.access import ROLE_PERMISSIONS, Permission, Role

ROLES: dict[Role, str] = {
    Role.ADMIN: "Administrator",
    Role.MANAGER: "Manager",
    Role.BOOKING_AGENT: "Booking agent",
    Role.ENGINEER: "Engineer",
    Role.FINANCE: "Finance",
    Role.PERFORMER: "Performer",
    Role.INTERN: "Intern",
}
ROLE_TABLE: tuple[tuple[str, tuple[bool, ...]], ...] = tuple(
    (permission.value.capitalize(), tuple(permission in ROLE_PERMISSIONS[role] for role in ROLES))
    for permission in Permission
)
"""What may be done, and whether each of ROLES may do it."""


def role_names(roles: frozenset[Role]) -> str:
    return ", ".join(label for role, label in ROLES.items() if role in roles)
