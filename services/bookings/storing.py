"""A sale as it is stored: the booking with its rooms, microphones, lines, time and signature, in one statement."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from models.bookings import (
    Booking,
    BookingAuthorization,
    BookingLine,
    BookingMic,
    BookingRoom,
    BookingSource,
    BookingStatus,
)
from models.scheduling import Allocation
from services import scheduling
from services.bookings.authorization import signature
from services.bookings.ledgers import line_rows, rows_into
from services.bookings.rules import policy_of
from services.bookings.sale import Sale
from services.bookings.types import NewBooking
from services.core.access import Actor
from services.core.db import table
from services.scheduling import Claim


@dataclass(frozen=True, slots=True)
class BookingInsert:
    """A sale, and what it becomes a booking with. Without a `claim` nothing is taken of the ledger of time."""

    new: NewBooking
    sale: Sale
    source: BookingSource
    client_id: int
    artist_id: int | None
    claim: Claim | None


_COLUMNS = ", ".join(f'"{column.name}"' for column in table(Booking).columns if column.name not in ("id", "number"))


def _part(part: type[Any], rows: str) -> str:
    return rows_into(part, "booked.id", f"sold.parts -> '{rows}'", "booked", "sold")


# One value for all that is stored: to make so many parameters would take longer than to store them.
_STORE = text(
    f"""
with sold as materialized (
    select cast(:parts as jsonb) as parts
), booked as (
    insert into booking ({_COLUMNS})
    select {_COLUMNS} from sold, jsonb_populate_record(null::booking, sold.parts -> 'booking') returning id, number
), room as ({_part(BookingRoom, "rooms")}
), mic as ({_part(BookingMic, "mics")}
), line as ({_part(BookingLine, "lines")}
), allocated as ({_part(Allocation, "allocations")}
), signed as ({_part(BookingAuthorization, "signatures")}
)
select id, number from booked
"""
)


def store(session: Session, actor: Actor, sold: BookingInsert, now: datetime) -> tuple[int, str]:
    """The id and number of the booking. Raises SlotTaken where somebody took its time without asking for it."""
    parts = {
        "booking": _booking(actor, sold, now),
        "rooms": _rooms(sold.sale),
        "mics": _mics(sold),
        "lines": line_rows(sold.sale.quote.lines),
        "allocations": scheduling.allocations(sold.claim) if sold.claim else [],
        "signatures": _signatures(actor, sold, now),
    }
    with scheduling.taken_if_overlapping():
        id_, number = session.execute(_STORE, {"parts": json.dumps(parts, default=_as_stored)}).one()
    return id_, number


def _as_stored(value: Any) -> str:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)


def _booking(actor: Actor, sold: BookingInsert, now: datetime) -> dict[str, Any]:
    """What was sold, to whom, and under which terms."""
    new, sale = sold.new, sold.sale
    studio, service = sale.studio, sale.service
    due = min(now + timedelta(hours=studio.deposit_deadline_hours), sale.start)
    return {
        "public_token": secrets.token_urlsafe(24),
        "client_id": sold.client_id,
        "artist_id": sold.artist_id,
        "status": new.status,
        "source": sold.source,
        "mode": service.mode,
        "start": sale.start,
        "end": sale.end,
        "business_date": sale.day,
        "minutes": sale.minutes,
        "buffer_minutes": service.buffer_minutes,
        "service_id": service.id,
        "service_code": service.code,
        "service_name": service.name,
        "service_pricing": service.pricing,
        "service_price_cents": service.price_cents,
        "engineer_id": sale.engineer.id if sale.engineer else None,
        "engineer_rate_cents": sale.quote.engineer_rate_cents,
        "period_id": sale.period_id,
        "currency": studio.currency,
        "tax_rate_pct": studio.tax_rate_pct,
        "policy": policy_of(studio),
        "terms": studio.terms,
        "terms_version": studio.terms_version,
        "discount_pct": new.discount.percent if new.discount else None,
        "deposit_cents": sale.quote.deposit_cents,
        "deposit_due_at": due if new.status is BookingStatus.PENDING and sale.quote.deposit_cents else None,
        "notes": new.notes.strip(),
        "referral_type": new.referral.type if new.referral else None,
        "referral_name": new.referral.name.strip() if new.referral else "",
        "created_by": actor.user_id,
        "created_at": now,
        "cancel_reason": "",
        "version": 1,
    }


def _rooms(sale: Sale) -> list[dict[str, Any]]:
    rates = sale.quote.room_rates
    return [
        {"room_id": room_id, "position": position, "hourly_rate_cents": rates[room_id]}
        for position, room_id in enumerate(sale.rooms)
    ]


def _mics(sold: BookingInsert) -> list[dict[str, Any]]:
    """One row a microphone, with the unit set aside for it."""
    units: dict[int, list[int]] = {}
    for mic_id, unit in sold.claim.gear if sold.claim else ():
        units.setdefault(mic_id, []).append(unit)
    return [
        {"mic_option_id": mic.id, "gear_unit_id": unit, "name": mic.name, "upcharge_cents": mic.upcharge_cents}
        for mic, quantity in sold.sale.mics
        for unit in units.get(mic.id, [None] * quantity)
    ]


def _signatures(actor: Actor, sold: BookingInsert, now: datetime) -> list[dict[str, Any]]:
    given, studio = sold.new.authorization, sold.sale.studio
    return [signature(actor, given, studio.terms, studio.terms_version, now)] if given else []
