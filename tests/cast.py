"""The people of the tests, made through the services. Ask for whom the story needs:

def test_…(session): dana = cast.dana(session)
"""

from sqlmodel import Session

from services import identity
from services.core.access import SYSTEM, Actor, Role
from services.identity import NewUser, SignIn, UserView

PASSWORD = "a quiet room"


def hire(session: Session, name: str, *roles: Role, discount_limit_pct: int | None = None) -> UserView:
    email = f"{name.lower().replace(' ', '.')}@platinum.studio"
    new = NewUser(name, email, PASSWORD, frozenset(roles), discount_limit_pct=discount_limit_pct)
    return identity.create_user(session, SYSTEM, new)


def ivo(session: Session) -> Actor:
    """The administrator."""
    return identity.actor_of(hire(session, "Ivo Brandt", Role.ADMIN))


def dana(session: Session) -> Actor:
    """The manager."""
    return identity.actor_of(hire(session, "Dana Reyes", Role.MANAGER))


def abel(session: Session) -> Actor:
    """The booking agent."""
    return identity.actor_of(hire(session, "Abel Okoro", Role.BOOKING_AGENT))


def maya(session: Session) -> Actor:
    """The engineer, who may discount ten percent."""
    return identity.actor_of(hire(session, "Maya Lind", Role.ENGINEER, discount_limit_pct=10))


def femi(session: Session) -> Actor:
    """The accountant."""
    return identity.actor_of(hire(session, "Femi Cole", Role.FINANCE))


def pia(session: Session) -> Actor:
    """The session singer."""
    return identity.actor_of(hire(session, "Pia Moreau", Role.PERFORMER))


def ines(session: Session) -> Actor:
    """The intern."""
    return identity.actor_of(hire(session, "Ines Duarte", Role.INTERN))


def sign_in(session: Session, actor: Actor, password: str = PASSWORD) -> SignIn:
    return identity.sign_in(session, actor.email, password, "203.0.113.7", "Firefox")


def seated(session: Session, actor: Actor) -> Actor:
    """The same person at a browser: signed in, with a session of their own."""
    return identity.actor_for(session, sign_in(session, actor).token, "203.0.113.7", "Firefox")
