"""Who is told of a change, and what is written to them: one list for the preview and the outbox."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from models.bookings import Booking, BookingStatus
from models.clients import Client
from models.identity import User
from models.outbox import DeliveryType
from services.bookings import LetterPart, letters, reached
from services.changes.types import Recipient, SessionSummary
from services.core import outbox
from services.core.access import Role
from services.core.config import settings
from services.core.dates import session_text
from services.core.money import as_text
from services.core.studio import Studio


def recipients(session: Session, booking: Booking, *sides: SessionSummary) -> tuple[Recipient, ...]:
    """The client and the engineers of either side, and those who run the studio; of a hold only they."""
    staff = _staff(session)
    if booking.status is BookingStatus.HOLD:
        return staff
    engineers = dict.fromkeys(side.engineer.id for side in sides if side.engineer)
    return (*client_of(session, booking), *_engineers(session, engineers), *staff)


def client_of(session: Session, booking: Booking) -> tuple[Recipient, ...]:
    client = session.get(Client, booking.client_id)
    return (Recipient(client.name, "client", client.email),) if client and client.email else ()


def tell(
    session: Session,
    booking: Booking,
    before: SessionSummary,
    after: SessionSummary,
    difference_cents: int,
    studio: Studio,
    what: str,
) -> None:
    """`what` heads the mail: `The session has changed`."""
    send(session, what, parts(session, booking, before, after, difference_cents, studio), studio, booking.id)


def parts(
    session: Session,
    booking: Booking,
    before: SessionSummary,
    after: SessionSummary,
    difference_cents: int,
    studio: Studio,
) -> list[LetterPart]:
    """What everybody concerned reads of this one. Engineers read of no money."""
    change = f"Before: {_words(before, studio)}\nNow: {_words(after, studio)}"
    price = f"\nPrice difference: {_signed(difference_cents, booking, studio)}"
    heading = f"{booking.service_name}, {booking.number}"
    return [
        LetterPart(
            number=booking.number,
            to=told.address,
            what=f"{heading}\n{change}{'' if told.who == 'engineer' else price}",
            then="",
            link=_link(booking, told),
        )
        for told in recipients(session, booking, before, after)
    ]


def send(session: Session, what: str, parts: list[LetterPart], studio: Studio, booking_id: int | None) -> None:
    outbox.queue_all(session, letters(DeliveryType.BOOKING_CHANGED, what, parts, studio.name), booking_id)


def _staff(session: Session) -> tuple[Recipient, ...]:
    runs_it = col(User.roles).bool_op("&&")([Role.ADMIN, Role.MANAGER])
    found = session.exec(select(User.name, User.email).where(col(User.is_active), runs_it).order_by(col(User.id)))
    return tuple(Recipient(name, "staff", email) for name, email in found)


def _engineers(session: Session, ids: Iterable[int]) -> list[Recipient]:
    return [Recipient(name, "engineer", address) for name, address in reached(session, ids)]


def _words(side: SessionSummary, studio: Studio) -> str:
    parts = [session_text(side.start, side.end, studio), ", ".join(room.name for room in side.rooms)]
    parts.append(f"with {side.engineer.name}" if side.engineer else "")
    return "; ".join(part for part in parts if part)


def _signed(cents: int, booking: Booking, studio: Studio) -> str:
    if cents == 0:
        return "none"
    return f"{'+' if cents > 0 else ''}{as_text(cents, booking.currency, studio.locale)}"


def _link(booking: Booking, told: Recipient) -> str:
    path = f"booking/{booking.public_token}" if told.who == "client" else f"bookings/{booking.number}"
    return f"{settings().public_url}/{path}"
