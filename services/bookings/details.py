"""Artist, notes and referral, which may be put right at any time."""

from typing import Any

from sqlmodel import Session, col

from models.bookings import Booking
from models.clients import Artist
from services import clients
from services.bookings import detail, queries
from services.bookings.sale import check_texts
from services.bookings.types import BookingDetails, BookingView, Referral
from services.bookings.versions import check_version
from services.core import audit
from services.core.access import Actor, Permission, require
from services.core.errors import Invalid


def update_details(
    session: Session, actor: Actor, number: str, details: BookingDetails, expected_version: int | None = None
) -> BookingView:
    require(actor, Permission.BOOK_SESSIONS)
    booking = queries.find_booking(session, actor, number, lock=True)
    check_version(session, booking, expected_version)
    check_texts(details.artist or "", details.notes or "", details.referral)
    if details.referral and details.without_referral:
        raise Invalid("Give a referral or none, not both.", field="referral")
    before = _facts(session, booking)
    if details.artist is not None:
        artist = details.artist.strip()
        booking.artist_id = clients.ensure_artist(session, booking.client_id, artist) if artist else None
    if details.notes is not None:
        booking.notes = details.notes.strip()
    if details.referral or details.without_referral:
        booking.referral_type = details.referral.type if details.referral else None
        booking.referral_name = details.referral.name.strip() if details.referral else ""
    _save(session, actor, booking, before)
    return detail.view(session, actor, col(Booking.id) == booking.id, wanted=number)


def _save(session: Session, actor: Actor, booking: Booking, before: dict[str, Any]) -> None:
    """Nothing new is no event."""
    after = _facts(session, booking)
    differing = [name for name in before if before[name] != after[name]]
    if not differing:
        return
    booking.version += 1
    session.add(booking)
    session.flush()
    old, new = ({name: facts[name] for name in differing} for facts in (before, after))
    audit.record(session, actor, "booking_details_changed", "booking", booking.id, before=old, after=new)


def _facts(session: Session, booking: Booking) -> dict[str, Any]:
    artist = session.get(Artist, booking.artist_id) if booking.artist_id else None
    referral = Referral(booking.referral_type, booking.referral_name) if booking.referral_type else None
    return {
        "artist": artist.name if artist else None,
        "notes": booking.notes,
        "referral": f"{referral.type}: {referral.name}" if referral else None,
    }
