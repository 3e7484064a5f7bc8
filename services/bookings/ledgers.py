"""What a booking takes of the three ledgers, and gives back: time, capacity, lines."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, SQLModel, select

from models.bookings import Booking, BookingLine, BookingMic, BookingRoom, LineStatus
from services import catalog, holds, scheduling
from services.bookings.sale import Sale
from services.core.access import Actor, Permission
from services.core.db import table
from services.core.studio import studio_info
from services.pricing import QuoteLine
from services.scheduling import Claim, Span


def claim_time(session: Session, actor: Actor, sale: Sale, now: datetime) -> Claim | None:
    """Takes the time: rooms, engineer and gear in the ledger, or minutes of the period."""
    if sale.period_id is not None:
        scheduling.claim_capacity(
            session, day=sale.day, period_id=sale.period_id, minutes=sale.capacity_minutes, studio=sale.studio, now=now
        )
        return None
    reveal = actor.can(Permission.VIEW_ALL_SESSIONS)
    offered = scheduling.offered_to(session, actor, now)
    return scheduling.claim(
        session, sale.wish, now=now, studio=sale.studio, rooms=sale.rooms, reveal=reveal, offered=offered
    )


def take_time_of_hold(session: Session, actor: Actor, booking: Booking, now: datetime) -> None:
    """A hold blocked nobody; what it pencilled is taken now, or SlotTaken is raised."""
    studio = studio_info(session)
    if booking.period_id is not None:
        minutes = booking.minutes + booking.buffer_minutes
        scheduling.claim_capacity(
            session, day=booking.business_date, period_id=booking.period_id, minutes=minutes, studio=studio, now=now
        )
        return
    wish = holds.slot_request_of(session, booking.id or 0)
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


def give_rest_back(session: Session, booking: Booking, now: datetime, *, buffer_minutes: int) -> None:
    """Rooms, engineer and gear are free for others from now on, after the time to reset. Online work is done or not:
    its minutes stay taken.
    """
    whole = now.replace(second=0, microsecond=0)
    from_when = whole + timedelta(minutes=buffer_minutes + (now > whole))
    if scheduling.free_from(session, booking.id or 0, from_when):
        booking.freed_from = from_when


def take_rest_again(session: Session, actor: Actor, booking: Booking) -> None:
    """All that was given back, or a Conflict that says who has it now."""
    if booking.period_id is not None:
        return
    studio = studio_info(session)
    rooms = session.exec(select(BookingRoom.room_id).where(BookingRoom.booking_id == booking.id))
    units = session.exec(select(BookingMic.gear_unit_id).where(BookingMic.booking_id == booking.id))
    engineer = () if booking.engineer_id is None else (booking.engineer_id,)
    wanted = {*rooms, *engineer, *(unit for unit in units if unit is not None)}
    reveal = actor.can(Permission.VIEW_ALL_SESSIONS)
    freed_from = booking.freed_from or booking.start
    occupied = Span(booking.start, occupied_until(booking))
    scheduling.allocate_again(session, booking.id or 0, wanted, occupied, freed_from, studio, reveal=reveal)
    booking.freed_from = None


def occupied_until(booking: Booking) -> datetime:
    """When its time ends, buffer included."""
    return booking.end + timedelta(minutes=booking.buffer_minutes)


def rows_into(part: type[SQLModel], booking_id: str, rows: str, *relations: str) -> str:
    """SQL that gives a booking, by an id out of `relations`, the rows of a JSON array in their order."""
    name = table(part).name
    columns = [column.name for column in table(part).columns if column.name not in ("id", "booking_id")]
    each = f"jsonb_populate_recordset(null::{name}, {rows}) with ordinality as each"
    return f"""
    insert into {name} (booking_id, {", ".join(columns)})
    select {booking_id}, {", ".join(f"each.{column}" for column in columns)}
      from {", ".join([*relations, each])} order by each.ordinality
    """


def line_rows(lines: Sequence[QuoteLine], change_id: int | None = None) -> list[dict[str, Any]]:
    return [
        {
            "kind": line.kind,
            "description": line.description,
            "reason": line.reason,
            "quantity": str(line.quantity),
            "unit_price_cents": line.unit_price_cents,
            "amount_cents": line.amount_cents,
            "resource_id": line.resource_id,
            "service_id": line.service_id,
            "change_id": change_id,
            "status": LineStatus.PENDING,
        }
        for line in lines
    ]


_ADD_LINES = text(rows_into(BookingLine, "cast(:booking_id as int)", "cast(:rows as jsonb)"))


def add_lines(session: Session, booking: Booking, lines: Sequence[QuoteLine], *, change_id: int | None = None) -> None:
    """`change_id` is the later change that brings them."""
    if lines:
        rows = json.dumps(line_rows(lines, change_id))
        session.execute(_ADD_LINES, {"booking_id": booking.id, "rows": rows})


def _set_units(session: Session, booking: Booking, claim: Claim) -> None:
    """Notes on each microphone which physical unit was set aside for it."""
    units = list(claim.gear)
    for mic in session.exec(select(BookingMic).where(BookingMic.booking_id == booking.id)):
        pair = next(pair for pair in units if pair[0] == mic.mic_option_id)
        units.remove(pair)
        mic.gear_unit_id = pair[1]
        session.add(mic)
