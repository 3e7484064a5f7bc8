"""What is written to whom when a hold is challenged or left: rows of the outbox."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col

from models.bookings import Booking
from models.holds import ChallengeOutcome
from models.outbox import DeliveryType
from services import catalog, identity, outbox, scheduling
from services.access import SYSTEM, Role
from services.bookings import detail
from services.bookings.ledgers import wish_of
from services.bookings.ranks import MetHold
from services.bookings.rules import ordinal
from services.bookings.types import BookingView
from services.config import settings
from services.outbox import Mail
from services.when import session_text

_ENDED = {
    ChallengeOutcome.CONFIRMED: "is confirmed",
    ChallengeOutcome.RELEASED: "is released",
    ChallengeOutcome.EXPIRED: "has expired",
}


def left(
    session: Session, booking: BookingView, behind: Collection[MetHold], outcome: ChallengeOutcome, now: datetime
) -> None:
    """To its client (who hears of a confirmation anyway), to the clients behind it, and to the studio."""
    is_gone = outcome is ChallengeOutcome.CONFIRMED
    if not is_gone:
        to_client(session, booking.id, f"Your hold {_ENDED[outcome]}", "The time is not kept for you any more.")
    for one in behind:
        if is_gone:
            to_client(session, one.id, "The time you held is gone", _instead(session, one.id, now))
        else:
            text = f"Somebody above you has let go: yours is now the {ordinal(one.rank)} hold.{_may_confirm(one.rank)}"
            to_client(session, one.id, f"Yours is now the {ordinal(one.rank)} hold", text)
    moved = [f"{one.number} ({one.client_name}) is now the {ordinal(one.rank)} hold." for one in behind]
    to_staff(session, booking, f"Hold {_ENDED[outcome]}", "\n".join(moved))


def to_client(session: Session, booking_id: int, subject: str, text: str) -> None:
    held, studio = whole(session, booking_id), catalog.studio(session)
    if not held.client.email:
        return
    link = f"{settings().public_url}/booking/{held.public_token}"
    what = f"{held.service_name}, {session_text(held.start, held.end, studio.zone)}"
    body = f"{what}\n\n{text}\n\nEverything about it: {link}\n\n{studio.name}\n{studio.phone}"
    outbox.queue(session, DeliveryType.HOLD_CHANGED, held.client.email, f"{subject}: {held.number}", body, held.id)


def to_staff(session: Session, held: BookingView, subject: str, text: str) -> None:
    what = f"{held.client.name}\n{held.service_name}, "
    when = session_text(held.start, held.end, catalog.studio(session).zone)
    body = f"{what}{when}\n\n{text}\n\n{settings().public_url}/bookings/{held.number}"
    staff = identity.recipients(session, Role.ADMIN, Role.MANAGER)
    told = [Mail(DeliveryType.HOLD_CHANGED, to, f"{subject}: {held.number}", body) for to in staff]
    outbox.queue_all(session, told, held.id)


def whole(session: Session, booking_id: int) -> BookingView:
    return detail.full_view(session, col(Booking.id) == booking_id, wanted="")


def _may_confirm(rank: int) -> str:
    return " Tell us if you want it confirmed." if rank == 1 else ""


def _instead(session: Session, booking_id: int, now: datetime) -> str:
    booking = session.get_one(Booking, booking_id)
    offers = scheduling.why(session, SYSTEM, wish_of(session, booking), now=now).alternatives
    text = "Somebody else has confirmed it."
    if offers:
        text += " Free instead: " + "; ".join(one.label for one in offers) + "."
    return text
