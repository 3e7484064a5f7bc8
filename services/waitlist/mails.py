"""What the client hears of the waitlist."""

from datetime import datetime

from sqlmodel import Session

from models.clients import Client
from models.outbox import DeliveryType
from models.waitlist import WaitlistWish
from services.bookings import BookingView
from services.core import outbox
from services.core.config import settings
from services.core.dates import day_time_text, session_text
from services.core.money import as_text
from services.core.studio import studio_info


def listed(session: Session, wish: WaitlistWish) -> None:
    text = "You are on our waitlist. We write to you as soon as time that suits you becomes free."
    _tell(session, wish, "You are on the waitlist", f"{text}\n\nChanged your mind? {link(wish)}")


def offered(session: Session, wish: WaitlistWish, booking: BookingView, due_at: datetime) -> None:
    studio = studio_info(session)
    what = f"{booking.service_name}, {session_text(booking.start, booking.end, studio)}"
    rooms = ", ".join(room.name for room in booking.rooms)
    total = as_text(booking.total_cents or 0, booking.currency, studio.locale)
    text = (
        f"Time you wished for is free:\n\n{what}\n{rooms}\nTotal {total}\n\n"
        f"We keep it for you until {day_time_text(due_at, studio)}. Take it or turn it down here: {link(wish)}"
    )
    _tell(session, wish, "Your time is free: take it?", text, booking.id)


def lapsed(session: Session, wish: WaitlistWish, booking_id: int) -> None:
    text = "The time we kept for you was not taken in time, and goes to the next in line. You stay on the waitlist."
    _tell(session, wish, "The offer has run out", f"{text}\n\nChanged your mind? {link(wish)}", booking_id)


def link(wish: WaitlistWish) -> str:
    return f"{settings().public_url}/waitlist/{wish.token}"


def _tell(session: Session, wish: WaitlistWish, subject: str, text: str, booking_id: int | None = None) -> None:
    client = session.get(Client, wish.client_id)
    if client is None or not client.email:
        return
    studio = studio_info(session)
    body = f"{text}\n\n{studio.name}\n{studio.phone}"
    outbox.queue(session, DeliveryType.WAITLIST_OFFER, client.email, subject, body, booking_id)
