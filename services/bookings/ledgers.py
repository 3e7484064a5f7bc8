"""What a booking takes of the three ledgers, and gives back: time, capacity, lines."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from models.bookings import Booking, BookingMic, BookingRoom, LineStatus
from services import catalog, scheduling
from services.access import Actor, Permission
from services.bookings.sale import Sale
from services.pricing import QuoteLine
from services.scheduling import Claim, MicWish, Wish


def claim_time(session: Session, actor: Actor, sale: Sale, now: datetime) -> Claim | None:
    """Takes the time: rooms, engineer and gear in the ledger, or minutes of the period."""
    if sale.period_id is not None:
        scheduling.claim_capacity(
            session, day=sale.day, period_id=sale.period_id, minutes=sale.capacity_minutes, studio=sale.studio, now=now
        )
        return None
    reveal = actor.can(Permission.VIEW_ALL_SESSIONS)
    return scheduling.claim(session, sale.wish, now=now, studio=sale.studio, rooms=sale.rooms, reveal=reveal)


def take_time_of_hold(session: Session, actor: Actor, booking: Booking, now: datetime) -> None:
    """A hold blocked nobody; what it pencilled is taken now, or SlotTaken is raised."""
    studio = catalog.studio(session)
    if booking.period_id is not None:
        minutes = booking.minutes + booking.buffer_minutes
        scheduling.claim_capacity(
            session, day=booking.business_date, period_id=booking.period_id, minutes=minutes, studio=studio, now=now
        )
        return
    wish = wish_of(session, booking)
    rooms = catalog.rooms_by_id(session, wish.room_ids)
    reveal = actor.can(Permission.VIEW_ALL_SESSIONS)
    claim = scheduling.claim(session, wish, now=now, studio=studio, rooms=rooms, reveal=reveal)
    _set_units(session, booking, claim)
    scheduling.store(session, claim, booking.id or 0)


def give_time_back(session: Session, booking: Booking) -> None:
    if not booking.status.holds_time:
        return
    if booking.period_id is not None:
        minutes = booking.minutes + booking.buffer_minutes
        scheduling.release_capacity(session, day=booking.business_date, period_id=booking.period_id, minutes=minutes)
    else:
        scheduling.release(session, booking.id or 0)


def lines_of(booking_id: str, *relations: str) -> str:
    """SQL that gives a booking, by an id out of `relations`, the lines of `line_columns` in their order."""
    lines = """
    unnest(cast(:kinds as text[]), cast(:descriptions as text[]), cast(:reasons as text[]),
           cast(:quantities as numeric[]), cast(:unit_prices as int[]), cast(:amounts as int[]),
           cast(:resources as int[]), cast(:services as int[])) with ordinality
    as line (kind, description, reason, quantity, unit_price, amount, resource_id, service_id, position)
    """
    return f"""
    insert into booking_line (booking_id, kind, description, reason, quantity, unit_price_cents, amount_cents,
                              resource_id, service_id, change_id, status)
    select {booking_id}, kind, description, reason, quantity, unit_price, amount, resource_id, service_id,
           cast(:change_id as int), '{LineStatus.PENDING.value}'
      from {", ".join([*relations, lines])} order by position
    """


def line_columns(lines: Sequence[QuoteLine], change_id: int | None = None) -> dict[str, Any]:
    return {
        "kinds": [line.kind.value for line in lines],
        "descriptions": [line.description for line in lines],
        "reasons": [line.reason for line in lines],
        "quantities": [line.quantity for line in lines],
        "unit_prices": [line.unit_price_cents for line in lines],
        "amounts": [line.amount_cents for line in lines],
        "resources": [line.resource_id for line in lines],
        "services": [line.service_id for line in lines],
        "change_id": change_id,
    }


_ADD_LINES = text(lines_of("cast(:booking_id as int)"))


def add_lines(session: Session, booking: Booking, lines: Sequence[QuoteLine], *, change_id: int | None = None) -> None:
    """`change_id` is the later change that brings them."""
    if lines:
        session.execute(_ADD_LINES, {"booking_id": booking.id} | line_columns(lines, change_id))


def wish_of(session: Session, booking: Booking) -> Wish:
    rooms = session.exec(
        select(BookingRoom.room_id).where(BookingRoom.booking_id == booking.id).order_by(col(BookingRoom.position))
    )
    mics = session.exec(select(BookingMic.mic_option_id).where(BookingMic.booking_id == booking.id)).all()
    return Wish(
        start=booking.start,
        minutes=booking.minutes,
        room_ids=tuple(rooms),
        buffer_minutes=booking.buffer_minutes,
        engineer_id=booking.engineer_id,
        mics=tuple(MicWish(mic_id, mics.count(mic_id)) for mic_id in dict.fromkeys(mics)),
    )


def _set_units(session: Session, booking: Booking, claim: Claim) -> None:
    """Notes on each microphone which physical unit was set aside for it."""
    units = list(claim.gear)
    for mic in session.exec(select(BookingMic).where(BookingMic.booking_id == booking.id)):
        pair = next(pair for pair in units if pair[0] == mic.mic_option_id)
        units.remove(pair)
        mic.gear_unit_id = pair[1]
        session.add(mic)
