"""What the changes tests sell and look at: two hours of Studio A at $90.00 on Friday at noon, flat $100.00."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import Session

from models.catalog import Room
from models.pricing import EngineerRate, RateAdjustment, RateRule, RateRuleKind
from services import bookings, changes
from services.bookings import BookingStatus, BookingView
from services.changes import Change, Preview
from services.core.access import Actor
from tests.bookings.orders import book
from tests.scheduling.studio import NOW

CONFIRMED = BookingStatus.CONFIRMED


def priced(session: Session, room_rates: dict[int, int], engineer_rates: dict[int, int] | None = None) -> None:
    """Rates in cents an hour."""
    for room_id, cents in room_rates.items():
        room = session.get_one(Room, room_id)
        room.base_rate_cents = cents
    for engineer_id, cents in (engineer_rates or {}).items():
        always = Range(date(2020, 1, 1), None)
        session.add(EngineerRate(engineer_id=engineer_id, hourly_rate_cents=cents, effective=always))
    session.flush()


def sell(session: Session, actor: Actor, **order: Any) -> BookingView:
    return book(session, actor, **({"status": CONFIRMED} | order))


def change(session: Session, actor: Actor, booking: BookingView, now: datetime = NOW, **wanted: Any) -> BookingView:
    return changes.apply(session, actor, booking.number, Change(**wanted), now=now)


def look(session: Session, actor: Actor, booking: BookingView, now: datetime = NOW, **wanted: Any) -> Preview:
    return changes.preview(session, actor, booking.number, Change(**wanted), now=now)


def prices(lines: Any) -> list[tuple[str, int]]:
    return [(line.description, line.amount_cents) for line in lines]


def ledger(session: Session, booking: BookingView) -> list[tuple[int, str, str]]:
    """(resource, from, to) in New York time."""
    session.execute(text("set local time zone 'America/New_York'"))
    found = session.execute(
        text(
            "select resource_id, to_char(lower(during), 'HH24:MI'), to_char(upper(during), 'HH24:MI')"
            " from allocation where booking_id = :id order by resource_id, lower(during)"
        ),
        {"id": booking.id},
    )
    return [(resource, start, end) for resource, start, end in found]


def rows(session: Session, booking: BookingView) -> dict[str, list[dict[str, Any]]]:
    """Everything stored of a booking that a change may touch, column by column, without the version."""
    of_booking = "where booking_id = :id order by 1, 2"
    tables = {
        "booking": "select * from booking where id = :id",
        "rooms": f"select * from booking_room {of_booking}",
        "mics": f"select * from booking_mic {of_booking}",
        "lines": f"select * from booking_line {of_booking}",
        "allocations": f"select * from allocation {of_booking}",
        "hold": "select * from hold where id = :id",
        "capacity": "select * from capacity_day where used_minutes > 0 and :id > 0 order by 1, 2",
    }
    found = {name: session.execute(text(table), {"id": booking.id}).mappings() for name, table in tables.items()}
    return {
        name: [{column: value for column, value in row.items() if column != "version"} for row in table]
        for name, table in found.items()
    }


def evening(session: Session, percent: int, *, start: str = "18:00", end: str = "02:00") -> None:
    """A surcharge on all rooms."""
    session.add(
        RateRule(
            name="Evening",
            kind=RateRuleKind.EVENING,
            start=time.fromisoformat(start),
            end=time.fromisoformat(end),
            adjustment=RateAdjustment.PERCENT,
            percent=Decimal(percent),
        )
    )
    session.flush()


def check_in(session: Session, actor: Actor, booking: BookingView) -> None:
    bookings.check_in(session, actor, booking.number, now=booking.start)


def total_is_the_sum_of_the_lines(booking: BookingView) -> bool:
    return booking.total_cents == sum(line.amount_cents for line in booking.lines)
