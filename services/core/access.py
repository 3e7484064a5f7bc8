"""Who may do what. One table in code; the union of a user's roles counts (domain 2)."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from services.core.errors import NotAllowed, NotSignedIn


class Role(StrEnum):
    ADMIN = "ADMIN"
    MANAGER = "MANAGER"
    BOOKING_AGENT = "BOOKING_AGENT"
    ENGINEER = "ENGINEER"
    FINANCE = "FINANCE"
    PERFORMER = "PERFORMER"
    INTERN = "INTERN"


class Permission(StrEnum):
    """The value is how a refusal names it: "You may not … ."""

    BOOK_ONLINE = "book on the public page"
    VIEW_PROFILE = "view a profile"
    UPDATE_OWN_AVAILABILITY = "change availability"
    BOOK_SESSIONS = "book sessions"
    VIEW_OWN_SESSIONS = "view sessions"
    VIEW_ALL_SESSIONS = "view the master calendar"
    VIEW_CLIENT_MONEY = "view what clients pay"
    APPLY_DISCOUNTS = "apply discounts"
    DISCOUNT_WITHOUT_LIMIT = "give a discount of any size"
    SWAP_RESOURCES = "swap rooms or engineers"
    OVERRIDE_PRICING = "override prices"
    LOCK_ROOMS = "lock rooms"
    SET_ENGINEER_RATES = "set engineer rates"
    SET_ROOM_LIMITS = "set room price limits"
    MANAGE_CATALOG = "manage rooms, services and settings"
    MANAGE_USERS = "manage users"
    MANAGE_CLIENTS = "manage clients"
    VIEW_CLIENTS = "view clients"
    ANONYMISE_CLIENTS = "export or anonymise a client"
    RECORD_PAYMENTS = "record payments"
    REFUND_PAYMENTS = "refund payments"
    VIEW_PAYMENTS = "view payments"
    MANAGE_MONEY = "manage invoices and expenses"
    VIEW_MONEY = "view invoices and expenses"
    VIEW_REPORTS = "view reports"
    VIEW_OWN_HOURS = "view own hours"
    SIGN_OFF_INVENTORY = "sign inventory out and in"
    VIEW_AUDIT = "view the audit"


P = Permission

STAFF = (
    P.BOOK_SESSIONS,
    P.MANAGE_CATALOG,
    P.VIEW_OWN_SESSIONS,
    P.VIEW_MONEY,
    P.VIEW_REPORTS,
)
"""Any of these is enough to read rooms, people, hours and rules."""

_EVERYONE = frozenset({P.BOOK_ONLINE, P.VIEW_PROFILE})
_AGENT = _EVERYONE | {
    P.BOOK_SESSIONS,
    P.VIEW_OWN_SESSIONS,
    P.VIEW_ALL_SESSIONS,
    P.VIEW_CLIENT_MONEY,
    P.APPLY_DISCOUNTS,
    P.DISCOUNT_WITHOUT_LIMIT,
    P.SWAP_RESOURCES,
    P.OVERRIDE_PRICING,
    P.LOCK_ROOMS,
    P.MANAGE_CLIENTS,
    P.VIEW_CLIENTS,
    P.RECORD_PAYMENTS,
    P.VIEW_PAYMENTS,
}
_MANAGER = _AGENT | {P.REFUND_PAYMENTS, P.SET_ROOM_LIMITS, P.VIEW_REPORTS, P.VIEW_MONEY, P.VIEW_AUDIT}
_ADMIN = _MANAGER | {
    P.SET_ENGINEER_RATES,
    P.MANAGE_CATALOG,
    P.MANAGE_USERS,
    P.MANAGE_MONEY,
    P.ANONYMISE_CLIENTS,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: _ADMIN,
    Role.MANAGER: _MANAGER,
    Role.BOOKING_AGENT: _AGENT,
    Role.ENGINEER: _EVERYONE
    | {P.UPDATE_OWN_AVAILABILITY, P.BOOK_SESSIONS, P.VIEW_OWN_SESSIONS, P.APPLY_DISCOUNTS, P.VIEW_OWN_HOURS},
    Role.FINANCE: _EVERYONE
    | {
        P.VIEW_CLIENT_MONEY,
        P.VIEW_PAYMENTS,
        P.RECORD_PAYMENTS,
        P.REFUND_PAYMENTS,
        P.VIEW_MONEY,
        P.MANAGE_MONEY,
        P.VIEW_CLIENTS,
    },
    Role.PERFORMER: _EVERYONE | {P.UPDATE_OWN_AVAILABILITY, P.VIEW_OWN_SESSIONS},
    Role.INTERN: _EVERYONE | {P.SIGN_OFF_INVENTORY},
}


@dataclass(frozen=True)
class Actor:
    """Who asks, and from where. Built from the session cookie, never from what a client says."""

    user_id: int | None = None
    name: str = "Visitor"
    email: str = ""
    roles: frozenset[Role] = frozenset()
    permissions: frozenset[Permission] = frozenset()
    engineer_id: int | None = None
    performer_id: int | None = None
    discount_limit_pct: int | None = None
    """Largest discount in percent; counts only without DISCOUNT_WITHOUT_LIMIT. None: none."""
    session_id: int | None = None
    ip: str = ""
    user_agent: str = ""

    @property
    def resource_ids(self) -> frozenset[int]:
        """The engineer or performer the person is, or both, in the ledger of time."""
        return frozenset(one for one in (self.engineer_id, self.performer_id) if one is not None)

    def can(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None


@cache
def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))


def anonymous(ip: str = "", user_agent: str = "") -> Actor:
    """A visitor of the public pages."""
    return Actor(permissions=frozenset({P.BOOK_ONLINE}), ip=ip, user_agent=user_agent)


SYSTEM = Actor(name="System", permissions=frozenset(Permission))
"""Jobs, the command line and demo data."""


def require(actor: Actor, *any_of: Permission) -> None:
    """Refuses unless the actor holds at least one of the permissions."""
    if any(actor.can(permission) for permission in any_of):
        return
    if not actor.is_signed_in:
        raise NotSignedIn("Please sign in first.")
    raise NotAllowed(f"You may not {any_of[0].value}. Ask an administrator if you need to.")
