"""Where a hold would stand that has not been placed yet."""

from dataclasses import dataclass

from sqlmodel import Session

from services import bookings
from services.bookings import NewBooking
from services.bookings.sale import resolve
from services.core.access import Actor, Permission, require
from services.holds.types import HoldRef


@dataclass(frozen=True, slots=True)
class Outlook:
    rank: int
    above: tuple[HoldRef, ...]
    overtakes: str
    """What booking it firmly means for them, in words; empty: nothing is held then."""


def outlook(session: Session, actor: Actor, new: NewBooking) -> Outlook:
    """The rank the wizard's answers would get as a hold, and what becomes of those above. Stores nothing."""
    require(actor, Permission.BOOK_SESSIONS)
    sale = resolve(session, actor, new)
    met = bookings.holds_met_by(session, sale.wish) if sale.rooms else []
    reveal = actor.can(Permission.VIEW_ALL_SESSIONS)
    above = tuple(HoldRef(one.id, one.number, one.client_name if reveal else "", one.rank) for one in met)
    return Outlook(len(above) + 1, above, bookings.overtaken_words(actor, met))
