"""What a client is shown of the changes to their session: what and when, not who and why."""

from dataclasses import replace

from sqlmodel import Session, col, select

from models.bookings import Booking
from services.bookings import BookingNotFound
from services.changes import history, queries
from services.changes.types import ChangeView
from services.core.access import Actor, Permission, require


def changes_by_link(session: Session, actor: Actor, token: str) -> tuple[ChangeView, ...]:
    """Newest first, only those that stand. Whoever has the link may see them."""
    require(actor, Permission.BOOK_ONLINE)
    booking = session.exec(select(Booking).where(col(Booking.public_token) == token)).one_or_none()
    if booking is None:
        raise BookingNotFound("like that")
    standing = [row for row in reversed(queries.changes(session, booking)) if row.undone_at is None]
    return tuple(replace(history.view(row, {}, money=True), who="", reason="") for row in standing)
