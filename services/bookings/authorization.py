"""The client's agreement, drawn or ticked. Without one no payment is taken."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col

from models.bookings import Booking, BookingAuthorization
from services.bookings import detail, mails, queries
from services.bookings.errors import AlreadyAuthorized
from services.bookings.lapsing import lapse
from services.bookings.rules import check_authorization, terms_hash
from services.bookings.types import BookingView, NewAuthorization
from services.core import audit, clock
from services.core.access import Actor, Permission, require
from services.core.db import table
from services.core.errors import Conflict


def authorize(
    session: Session, actor: Actor, number: str, authorization: NewAuthorization, now: datetime | None = None
) -> BookingView:
    """The client signs on the studio's screen."""
    require(actor, Permission.BOOK_SESSIONS)
    booking = queries.find_booking(session, actor, number, lock=True)
    sign(session, actor, booking, authorization, now or clock.now())
    mails.authorized(session, booking, authorization.name.strip())
    return detail.view(session, actor, col(Booking.id) == booking.id, wanted=number)


def sign(session: Session, actor: Actor, booking: Booking, authorization: NewAuthorization, now: datetime) -> None:
    """Stores who agreed to which terms, when and from where. Whoever calls tells admins and managers."""
    check_authorization(authorization)
    lapse(session, booking, now)
    if not booking.status.is_signable:
        raise Conflict(f"{booking.number} is over; there is nothing to sign.", code="wrong_status")
    if is_signed(session, booking):
        raise AlreadyAuthorized(booking.number)
    row = {"booking_id": booking.id} | signature(actor, authorization, booking.terms, booking.terms_version, now)
    session.execute(insert(table(BookingAuthorization)), row)
    audit.record_all(session, actor, "booking", booking.id, signed(authorization, booking.terms_version))


def signature(
    actor: Actor, authorization: NewAuthorization, terms: str, terms_version: int, now: datetime
) -> dict[str, Any]:
    """The row of an authorization that is checked already."""
    return {
        "type": authorization.type,
        "image": authorization.signature_png,
        "name": authorization.name.strip(),
        "signed_at": now,
        "ip": actor.ip,
        "user_agent": actor.user_agent[:500],
        "terms_version": terms_version,
        "terms_hash": terms_hash(terms),
    }


def signed(authorization: NewAuthorization, terms_version: int) -> audit.Event:
    after = {"type": authorization.type, "name": authorization.name.strip(), "terms_version": terms_version}
    return audit.Event("booking_authorized", after)


def is_signed(session: Session, booking: Booking) -> bool:
    return session.get(BookingAuthorization, booking.id) is not None


def signature_image(session: Session, actor: Actor, number: str) -> bytes | None:
    """The drawn signature as PNG, for those who may see the booking."""
    require(actor, Permission.VIEW_CLIENTS)
    booking = queries.find_booking(session, actor, number)
    found = session.get(BookingAuthorization, booking.id)
    return found.image if found else None
