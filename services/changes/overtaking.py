"""The holds that a session meets only where it goes to: named before it goes, told once it has."""

from datetime import datetime

from sqlmodel import Session

from models.bookings import Booking
from services import holds
from services.changes import claims
from services.changes.snapshot import SessionSnapshot
from services.holds import MetHold


def overtaken(session: Session, booking: Booking, before: SessionSnapshot, after: SessionSnapshot) -> list[MetHold]:
    """Nobody's, where it takes no time itself, or only a part of the day."""
    if not booking.status.holds_time or booking.period_id is not None:
        return []
    met_before = {one.id for one in holds.holds_met_by(session, claims.wish_of(booking, before, before.start))}
    met = holds.holds_met_by(session, claims.wish_of(booking, after, after.start))
    return [one for one in met if one.id not in met_before]


def tell(session: Session, booking: Booking, before: SessionSnapshot, after: SessionSnapshot, now: datetime) -> None:
    holds.tell_overtaken(session, overtaken(session, booking, before, after), now)
