"""From the wizard's answers to a sale: everything looked up, checked and priced, nothing stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from models.catalog import ServiceMode
from services import pricing, scheduling
from services.bookings.types import NewBooking, Referral
from services.catalog import EngineerView, MicView, RoomView, ServiceView
from services.core.access import Actor, Permission
from services.core.checking import all_at_once, noted
from services.core.clock import business_date, to_instant
from services.core.errors import Invalid
from services.core.fields import parse_text
from services.core.studio import Studio
from services.pricing import Quote, SaleContext
from services.scheduling import MicRequest, SlotRequest

MOST_NOTES = 4_000


@dataclass(frozen=True, slots=True)
class Sale:
    studio: Studio
    service: ServiceView
    start: datetime
    end: datetime
    minutes: int
    rooms: Mapping[int, RoomView]
    """In the order chosen."""
    engineer: EngineerView | None
    mics: tuple[tuple[MicView, int], ...]
    period_id: int | None
    quote: Quote

    @property
    def day(self) -> date:
        return business_date(self.start, self.studio.zone)

    @property
    def occupied_until(self) -> datetime:
        """Buffer included."""
        return self.end + timedelta(minutes=self.service.buffer_minutes)

    @property
    def wish(self) -> SlotRequest:
        """What an in-person sale needs of the ledger of time."""
        return SlotRequest(
            start=self.start,
            minutes=self.minutes,
            room_ids=tuple(self.rooms),
            buffer_minutes=self.service.buffer_minutes,
            engineer_id=self.engineer.id if self.engineer else None,
            mics=tuple(MicRequest(mic.id, quantity) for mic, quantity in self.mics),
        )

    @property
    def capacity_minutes(self) -> int:
        """What online work takes of its period."""
        return self.minutes + self.service.buffer_minutes


@all_at_once
def resolve(session: Session, actor: Actor, new: NewBooking, now: datetime | None = None) -> Sale:
    """Looks everything up again and prices it; ids and prices of the request prove nothing.

    A visitor is sold what the public page offers, and nothing else.
    """
    is_public = not actor.can(Permission.BOOK_SESSIONS)
    noted(check_texts)(new.artist, new.notes, new.referral)
    offer = _offer(session, new)
    studio, service = offer.studio, offer.service
    _check_service(offer, new, is_public)
    start = noted(to_instant)(new.start, studio.zone)
    minutes = noted(scheduling.checked_minutes)(new.minutes or service.duration_minutes)
    rooms: dict[int, RoomView] = {}
    engineer: EngineerView | None = None
    mics: tuple[tuple[MicView, int], ...] = ()
    period_id: int | None = None
    if service.mode is ServiceMode.ONLINE:
        period = _period(session, new, business_date(start, studio.zone))
        start, end, period_id = period.start, period.end, period.period_id
        scheduling.check_offered_online(session, actor, start, minutes, service.duration_minutes, now)
    else:
        rooms = _rooms(offer, new, is_public)
        engineer = _engineer(offer, new)
        mics = _mics(offer, new)
        end = start + timedelta(minutes=minutes)
        scheduling.check_offered(session, actor, start, minutes, service.duration_minutes, now)
    request = pricing.PriceRequest(
        start=start,
        minutes=minutes,
        studio=studio,
        service=service,
        context=offer,
        rooms=tuple(rooms.values()),
        engineer_id=engineer.id if engineer else None,
        engineer_name=engineer.name if engineer else "",
        mics=mics,
        discount=new.discount,
        overrides=new.rate_overrides,
    )
    quote = pricing.price(actor, request)
    return Sale(studio, service, start, end, minutes, rooms, engineer, mics, period_id, quote)


@all_at_once
def check_texts(artist: str, notes: str, referral: Referral | None) -> None:
    parse_text(artist, "artist", "The artist's name")
    parse_text(notes, "notes", "The notes", limit=MOST_NOTES)
    if referral:
        _check_referral(referral)


def _check_referral(referral: Referral) -> None:
    if not referral.name.strip():
        raise Invalid("Say who referred the client.", field="referral.name")
    if len(referral.name) > 200:
        raise Invalid("That name is too long.", field="referral.name")


@noted
def _offer(session: Session, new: NewBooking) -> SaleContext:
    near = (new.start if new.start.tzinfo is None else new.start.astimezone(UTC)).date()
    mic_ids = [choice.id for choice in new.mics]
    return pricing.sale_context(session, new.service, near, new.room_ids, new.engineer_id, mic_ids)


@noted
def _check_service(offer: SaleContext, new: NewBooking, is_public: bool) -> None:
    service = offer.service
    if service.mode is not new.mode:
        where = "online" if service.mode is ServiceMode.ONLINE else "in person"
        raise Invalid(f"{service.name} is done {where}.", field="mode")
    if is_public and not service.is_visible:
        raise Invalid("That service is not offered.", field="service")


@noted
def _rooms(offer: SaleContext, new: NewBooking, is_public: bool) -> dict[int, RoomView]:
    if not new.room_ids:
        raise Invalid("Choose a room.", field="rooms")
    if len(set(new.room_ids)) != len(new.room_ids):
        raise Invalid("A room is chosen twice.", field="rooms")
    found = {room.id: room for room in offer.rooms}
    if len(found) != len(new.room_ids):
        raise Invalid("One of the rooms does not exist.", field="rooms")
    for room in offer.rooms:
        if is_public and not room.is_on_offer:
            raise Invalid(f"{room.name} is not on offer at the moment.", field="rooms")
    return {room_id: found[room_id] for room_id in new.room_ids}


@noted
def _engineer(offer: SaleContext, new: NewBooking) -> EngineerView | None:
    if new.engineer_id is None:
        if offer.service.needs_engineer:
            raise Invalid(f"{offer.service.name} needs an engineer.", field="engineer_id")
        return None
    if not offer.engineers:
        raise Invalid("That engineer does not exist.", field="engineer_id")
    return offer.engineers[0]


@noted
def _mics(offer: SaleContext, new: NewBooking) -> tuple[tuple[MicView, int], ...]:
    if not new.mics:
        return ()
    quantities: dict[int, int] = {}
    for choice in new.mics:
        if not 1 <= choice.quantity <= 20:
            raise Invalid("Choose 1 to 20 of a microphone.", field="mics")
        quantities[choice.id] = quantities.get(choice.id, 0) + choice.quantity
    found = {mic.id: mic for mic in offer.mics}
    if len(found) != len(quantities) or not all(mic.is_active for mic in found.values()):
        raise Invalid("One of the microphones is not on offer.", field="mics")
    return tuple((found[mic_id], quantity) for mic_id, quantity in quantities.items())


@noted
def _period(session: Session, new: NewBooking, day: date) -> scheduling.PeriodCapacity:
    if not new.period.strip():
        raise Invalid("Choose a part of the day.", field="period")
    periods = scheduling.periods_of(session, day)
    for period in periods:
        if period.name.lower() == new.period.strip().lower():
            return period
    names = ", ".join(period.name for period in periods) or "none, the studio is closed"
    raise Invalid(f"There is no {new.period} on that day. There is: {names}.", field="period")
