"""What is written to whom when a booking changes: rows of the outbox, in the same transaction."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from models.bookings import Booking, BookingStatus
from models.clients import Client
from models.outbox import DeliveryType
from services import holds
from services.bookings.letters import LetterPart, letters, reached
from services.bookings.types import BookingView
from services.core import outbox
from services.core.access import Role
from services.core.config import settings
from services.core.dates import moment_text, session_text
from services.core.money import as_text
from services.core.outbox import Mail
from services.core.studio import Studio, studio_info

_OFFICE = (Role.ADMIN, Role.MANAGER)


def created(session: Session, made: Sequence[BookingView], studio: Studio) -> None:
    """To the client and to admins and managers, who learn of a signature given at once, too. Several: as one."""
    ranks = holds.ranks(session, [one.id for one in made if one.status is BookingStatus.HOLD])
    signed = [(one.number, one.authorization) for one in made if one.authorization]
    told = [_signed(number, given.terms_version, given.name) for number, given in signed]
    subject, greeting = ("New hold", "Pencilled in for you") if ranks else ("New booking", "We have your booking")
    told += _for_staff(made, studio, DeliveryType.BOOKING_CREATED, subject, holds.standing(ranks))
    steps = {one.id: _next_step(one, studio) for one in made}
    if ranks:
        steps = holds.next_steps(session, ranks, studio)
    told += _for_client(made, studio, DeliveryType.BOOKING_CREATED, greeting, steps)
    outbox.queue_all(session, told, made[0].id)


def confirmed(session: Session, booking: BookingView) -> None:
    studio = studio_info(session)
    step = {booking.id: "See you then."}
    told = _for_client([booking], studio, DeliveryType.BOOKING_CONFIRMED, "Your session is confirmed", step)
    outbox.queue_all(session, told, booking.id)


def cancelled(session: Session, gone: Sequence[BookingView]) -> None:
    """To the client, the engineers, admins and managers. Several: as one."""
    studio, type_ = studio_info(session), DeliveryType.BOOKING_CHANGED
    steps = {one.id: "\n".join(filter(None, (one.cancel_reason, _balance(one, studio)))) for one in gone}
    told = _for_client(gone, studio, type_, "Your session is cancelled", steps)
    told += _for_engineers(session, gone, studio, "Cancelled")
    told += _for_staff(gone, studio, type_, "Cancelled", {one.id: one.cancel_reason for one in gone})
    outbox.queue_all(session, told, gone[0].id)


def expired(session: Session, booking: BookingView) -> None:
    """The deposit did not come: staff and the engineer learn that the time is free again, the client what to do."""
    studio, type_ = studio_info(session), DeliveryType.BOOKING_CHANGED
    text = "The deposit did not reach us in time, so the time is no longer kept for you. You are welcome to book again."
    told = _for_client([booking], studio, type_, "Your booking has been released", {booking.id: text})
    told += _for_engineers(session, [booking], studio, "Released, no deposit")
    told += _for_staff([booking], studio, type_, "Released, no deposit", {})
    outbox.queue_all(session, told, booking.id)


def authorized(session: Session, booking: Booking, name: str) -> None:
    """Admins and managers learn of every signature (domain 5, step 9)."""
    outbox.queue_all(session, [_signed(booking.number, booking.terms_version, name)], booking.id)


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
    subject = f"{booking.number}: the client asks to {wish}"
    outbox.queue(session, DeliveryType.BOOKING_CHANGED, (*_OFFICE, Role.BOOKING_AGENT), subject, body, booking.id)


def change_request_withdrawn(session: Session, booking: BookingView, wish: str) -> None:
    body = f"{booking.client.name} does not ask to {wish} {booking.number} any more.\n\n{_staff_link(booking.number)}"
    subject = f"{booking.number}: the client no longer asks to {wish}"
    outbox.queue(session, DeliveryType.BOOKING_CHANGED, (*_OFFICE, Role.BOOKING_AGENT), subject, body, booking.id)


def change_request_answered(session: Session, booking: BookingView, wish: str, how: str, answer: str) -> None:
    """`how`: accepted or declined; empty while it stays open."""
    studio = studio_info(session)
    said = {"accepted": "Your wish is met", "declined": "Your wish cannot be met", "": "About your wish"}[how]
    subject = f"{said} to {wish} your session" if not how else said
    step = {booking.id: answer}
    outbox.queue_all(session, _for_client([booking], studio, DeliveryType.BOOKING_CHANGED, subject, step), booking.id)


def _for_client(
    told_of: Sequence[BookingView], studio: Studio, type_: DeliveryType, subject: str, then: Mapping[int, str]
) -> list[Mail]:
    """All of one client. None where they have no e-mail."""
    parts = [
        LetterPart(one.number, one.client.email, _what(one, studio), then[one.id], _client_link(one.public_token))
        for one in told_of
        if one.client.email
    ]
    return letters(type_, subject, parts, f"{studio.name}\n{studio.phone}")


def _for_staff(
    told_of: Sequence[BookingView], studio: Studio, type_: DeliveryType, subject: str, then: Mapping[int, str]
) -> list[Mail]:
    what = {one.id: f"{one.client.name}\n{_what(one, studio)}" for one in told_of}
    parts = [
        LetterPart(one.number, _OFFICE, what[one.id], then.get(one.id, ""), _staff_link(one.number)) for one in told_of
    ]
    return letters(type_, subject, parts)


def _for_engineers(session: Session, told_of: Sequence[BookingView], studio: Studio, subject: str) -> list[Mail]:
    """They read of no money."""
    parts = [
        LetterPart(one.number, address, f"{one.client.name}\n{_session(one, studio)}", "", _staff_link(one.number))
        for one in told_of
        if one.engineer
        for _, address in reached(session, [one.engineer.id])
    ]
    return letters(DeliveryType.BOOKING_CHANGED, subject, parts)


def _signed(number: str, terms_version: int, name: str) -> Mail:
    body = f"{name} has signed the terms (version {terms_version}) of {number}.\n{_staff_link(number)}"
    return Mail(DeliveryType.BOOKING_AUTHORIZATION, _OFFICE, f"{number} is signed", body)


def _what(booking: BookingView, studio: Studio) -> str:
    total = as_text(booking.total_cents or 0, booking.currency, studio.locale)
    return f"{_session(booking, studio)}\nTotal {total}"


def _session(booking: BookingView, studio: Studio) -> str:
    when = session_text(booking.start, booking.end, studio)
    rooms = ", ".join(room.name for room in booking.rooms) or booking.period or ""
    return f"{booking.service_name}, {when}\n{rooms}"


def _balance(booking: BookingView, studio: Studio) -> str:
    return f"Balance: {as_text(booking.balance_cents or 0, booking.currency, studio.locale)}."


def _next_step(booking: BookingView, studio: Studio) -> str:
    if booking.authorization is None:
        return "Please sign the terms on your booking page; nothing is charged before you do."
    missing = min(booking.deposit_cents or 0, booking.total_cents or 0) - (booking.paid_cents or 0)
    if missing > 0 and booking.deposit_due_at:
        deposit = as_text(missing, booking.currency, studio.locale)
        due = moment_text(booking.deposit_due_at, studio)
        then = "It confirms your session." if studio.confirms_when_paid else "We then confirm your session."
        return f"The deposit of {deposit} is due by {due}. {then} {studio.payment_instructions}".strip()
    return "Nothing more is needed from you now."


def _client_link(token: str) -> str:
    return f"{settings().public_url}/booking/{token}"


def _staff_link(number: str) -> str:
    return f"{settings().public_url}/bookings/{number}"
