"""What is written to whom when a booking changes: rows of the outbox, in the same transaction."""

from sqlmodel import Session

from models.bookings import Booking
from models.clients import Client
from models.outbox import DeliveryType
from services import catalog, identity, outbox
from services.access import Role
from services.bookings.types import BookingView
from services.catalog import Studio
from services.config import settings
from services.money import as_text
from services.outbox import Mail
from services.when import session_text


def created(session: Session, booking: BookingView, studio: Studio) -> None:
    """To the client and to admins and managers, who learn of a signature given at once, too."""
    staff = identity.recipients(session, Role.ADMIN, Role.MANAGER)
    signed = booking.authorization
    told = [_signed(booking.number, signed.terms_version, signed.name, to) for to in staff] if signed else []
    body = f"{booking.client.name}\n{_what(booking, studio)}\n\n{_staff_link(booking.number)}"
    subject = f"New booking: {booking.number}"
    told += [Mail(DeliveryType.BOOKING_CREATED, to, subject, body) for to in staff]
    next_step = _next_step(booking, studio)
    told += _for_client(booking, studio, DeliveryType.BOOKING_CREATED, "We have your booking", next_step)
    outbox.queue_all(session, told, booking.id)


def confirmed(session: Session, booking: BookingView) -> None:
    studio = catalog.studio(session)
    told = _for_client(booking, studio, DeliveryType.BOOKING_CONFIRMED, "Your session is confirmed", "See you then.")
    outbox.queue_all(session, told, booking.id)


def cancelled(session: Session, booking: BookingView) -> None:
    studio = catalog.studio(session)
    owed = as_text(booking.balance_cents or 0, booking.currency, studio.locale)
    told = _for_client(booking, studio, DeliveryType.BOOKING_CHANGED, "Your session is cancelled", f"Balance: {owed}.")
    outbox.queue_all(session, told, booking.id)


def expired(session: Session, booking: BookingView) -> None:
    """The deposit did not come: staff learn that the time is free again, the client what to do."""
    studio = catalog.studio(session)
    text = "The deposit did not reach us in time, so the time is no longer kept for you. You are welcome to book again."
    told = _for_client(booking, studio, DeliveryType.BOOKING_CHANGED, "Your booking has been released", text)
    body = f"{booking.client.name}\n{_what(booking, studio)}\n\n{_staff_link(booking.number)}"
    staff = identity.recipients(session, Role.ADMIN, Role.MANAGER)
    subject = f"Released, no deposit: {booking.number}"
    told += [Mail(DeliveryType.BOOKING_CHANGED, to, subject, body) for to in staff]
    outbox.queue_all(session, told, booking.id)


def authorized(session: Session, booking: Booking, name: str) -> None:
    """Admins and managers learn of every signature (domain 5, step 9)."""
    staff = identity.recipients(session, Role.ADMIN, Role.MANAGER)
    outbox.queue_all(session, [_signed(booking.number, booking.terms_version, name, to) for to in staff], booking.id)


def paid(session: Session, booking: Booking, amount_cents: int, studio: Studio) -> None:
    client = session.get(Client, booking.client_id)
    if client is None or not client.email:
        return
    amount = as_text(amount_cents, booking.currency, studio.locale)
    what = "We received" if amount_cents > 0 else "We refunded"
    body = f"{what} {amount} for {booking.number}.\n{_client_link(booking.public_token)}\n\n{studio.name}"
    subject = f"{'Payment' if amount_cents > 0 else 'Refund'} of {amount}"
    outbox.queue(session, DeliveryType.PAYMENT_RECEIVED, client.email, subject, body, booking.id)


def change_requested(session: Session, booking: BookingView, wish: str, message: str) -> None:
    """A client asks from their page; staff decide."""
    body = f"{booking.client.name} asks to {wish} {booking.number}.\n\n{message}\n\n{_staff_link(booking.number)}"
    staff = identity.recipients(session, Role.ADMIN, Role.MANAGER, Role.BOOKING_AGENT)
    subject = f"{booking.number}: the client asks to {wish}"
    outbox.queue_all(session, [Mail(DeliveryType.BOOKING_CHANGED, to, subject, body) for to in staff], booking.id)


def _for_client(booking: BookingView, studio: Studio, type_: DeliveryType, subject: str, text: str) -> list[Mail]:
    """None where the client has no e-mail."""
    if not booking.client.email:
        return []
    link = _client_link(booking.public_token)
    body = f"{_what(booking, studio)}\n\n{text}\n\nEverything about it: {link}\n\n{studio.name}\n{studio.phone}"
    return [Mail(type_, booking.client.email, f"{subject}: {booking.number}", body)]


def _signed(number: str, terms_version: int, name: str, to: str) -> Mail:
    body = f"{name} has signed the terms (version {terms_version}) of {number}.\n{_staff_link(number)}"
    return Mail(DeliveryType.BOOKING_AUTHORIZATION, to, f"{number} is signed", body)


def _what(booking: BookingView, studio: Studio) -> str:
    when = session_text(booking.start, booking.end, studio.zone)
    rooms = ", ".join(room.name for room in booking.rooms) or booking.period or ""
    total = as_text(booking.total_cents or 0, booking.currency, studio.locale)
    return f"{booking.service_name}, {when}\n{rooms}\nTotal {total}"


def _next_step(booking: BookingView, studio: Studio) -> str:
    if booking.authorization is None:
        return "Please sign the terms on your booking page; nothing is charged before you do."
    if booking.deposit_cents and booking.deposit_due_at:
        deposit = as_text(booking.deposit_cents, booking.currency, studio.locale)
        due = booking.deposit_due_at.astimezone(studio.zone)
        return (
            f"The deposit of {deposit} is due by {due:%B} {due.day}, {due:%H:%M}. {studio.payment_instructions}".strip()
        )
    return "Nothing more is needed from you now."


def _client_link(token: str) -> str:
    return f"{settings().public_url}/booking/{token}"


def _staff_link(number: str) -> str:
    return f"{settings().public_url}/bookings/{number}"
