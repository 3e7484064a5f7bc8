"""Wishes and offers as their screens show them: words, times and money as text."""

from dataclasses import dataclass
from datetime import time

from services.core import dates as when
from services.core import money
from services.core.dates import full_day_text, hours_text
from services.core.studio import Studio
from services.waitlist import OfferStatus, OfferView, WishFacts, WishStatus, WishView
from studio_app import routes
from studio_app.state.editor import days_text
from studio_app.state.presenter import soon_text


@dataclass(frozen=True)
class Offer:
    id: int = 0
    when: str = ""
    place: str = ""
    engineer: str = ""
    total: str = ""
    deposit: str = ""
    """Empty where none is asked."""
    due: str = ""
    number: str = ""
    href: str = ""
    """To the booking, for staff."""


@dataclass(frozen=True)
class WishLine:
    id: int
    status: str
    client: str
    client_href: str
    artist: str
    what: str
    place: str
    days: str
    hours: str
    notes: str
    since: str
    by: str
    is_open: bool
    is_offered: bool
    offer: Offer
    """The open or accepted one; empty otherwise."""


def wish_line(wish: WishView, studio: Studio) -> WishLine:
    return WishLine(
        id=wish.id,
        status=wish.status,
        client=wish.client.name,
        client_href=routes.client(wish.client.id),
        artist=wish.artist_name,
        what=what_text(wish),
        place=place_text(wish),
        days=days_text(wish.first_day, wish.last_day, studio),
        hours=hours_of_day(wish.not_before, wish.not_after, studio),
        notes=wish.notes,
        since=full_day_text(wish.created_at.astimezone(studio.zone).date(), studio),
        by=wish.created_by or "the client",
        is_open=wish.status in (WishStatus.WAITING, WishStatus.OFFERED),
        is_offered=wish.status is WishStatus.OFFERED,
        offer=shown_offer(wish.offer, studio),
    )


def what_text(wish: WishFacts) -> str:
    return f"{wish.service_name}, {hours_text(wish.minutes)}"


def place_text(wish: WishFacts) -> str:
    rooms = " and ".join(room.name for room in wish.rooms) or "Any room"
    return f"{rooms} with {wish.engineer.name}" if wish.engineer else rooms


def hours_of_day(not_before: time | None, not_after: time | None, studio: Studio) -> str:
    if not_before is None or not_after is None:
        return "Any time"
    night = ", into the next day" if not_after <= not_before else ""
    return f"{when.hours_of_day_text(not_before, not_after, studio)}{night}"


def shown_offer(offer: OfferView | None, studio: Studio) -> Offer:
    if offer is None or offer.status not in (OfferStatus.OPEN, OfferStatus.ACCEPTED):
        return Offer()
    return Offer(
        id=offer.id,
        when=when.session_text(offer.start, offer.end, studio),
        place=", ".join(offer.room_names),
        engineer=offer.engineer_name,
        total=money.as_text(offer.total_cents, offer.currency, studio.locale),
        deposit=money.as_text(offer.deposit_cents, offer.currency, studio.locale) if offer.deposit_cents else "",
        due=f"until {soon_text(offer.due_at, studio)}" if offer.status is OfferStatus.OPEN else "",
        number=offer.number,
        href=routes.booking(offer.number),
    )
