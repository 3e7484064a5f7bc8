"""What the public may hold without having paid: so much a client, and so much of a week of anyone and anything."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, text
from sqlmodel import Session, col, select

from models.bookings import Booking, BookingRoom, BookingSource, BookingStatus
from models.clients import Client
from models.scheduling import Allocation
from services import online, scheduling
from services.bookings import queries
from services.bookings.sale import Sale
from services.core.clock import day_bounds
from services.core.dates import day_text, hours_text
from services.core.errors import Conflict
from services.scheduling import Span

_CODE = "too_many_unpaid"
_WEEK = 7
_LOCK = text("select pg_advisory_xact_lock(hashtextextended(:week, 0))")


def check_client(session: Session, client_id: int, sale: Sale, now: datetime) -> None:
    """Call it before anything is claimed: it holds the client, so that two bookings at once are counted."""
    rules = online.online_booking(session)
    session.exec(select(Client.id).where(Client.id == client_id).with_for_update(key_share=True)).one()
    rooms = select(func.count()).where(col(BookingRoom.booking_id) == col(Booking.id)).correlate(Booking)
    minutes = col(Booking.minutes) * func.greatest(rooms.scalar_subquery(), 1)
    held = select(func.count(), func.coalesce(func.sum(minutes), 0)).select_from(Booking)
    count, held_minutes = session.exec(held.where(col(Booking.client_id) == client_id, is_unpaid(now))).one()
    if count >= rules.unpaid_bookings:
        raise Conflict(
            f"{count} bookings with your e-mail or phone wait for their deposit. Pay or cancel one of them first, "
            "or call us.",
            code=_CODE,
        )
    if held_minutes + sale.minutes * max(len(sale.rooms), 1) > rules.unpaid_hours * 60:
        left = hours_text(max(0, rules.unpaid_hours * 60 - int(held_minutes)))
        raise Conflict(
            f"Before a deposit is here we hold at most {rules.unpaid_hours} hours of rooms for one client; "
            f"{left} are left. Choose a shorter session or fewer rooms, or call us.",
            code=_CODE,
        )


def check_share(session: Session, sale: Sale, now: datetime) -> None:
    """Call it behind the claim, which holds the rooms and the engineer: who else books them waits.

    The first unpaid booking of a week is always taken, however few hours somebody works.
    """
    if sale.period_id is not None:
        _check_online(session, sale, now)
        return
    share = online.online_booking(session).unpaid_room_pct
    engineer = (sale.engineer.id,) if sale.engineer else ()
    ids = (*sale.rooms, *engineer)
    open_minutes = scheduling.open_minutes(session, tuple(sale.rooms), engineer, _monday(sale), _WEEK)
    held = _held_minutes(session, ids, _week_of(sale), now)
    occupied = sale.minutes + sale.service.buffer_minutes
    for id_ in ids:
        if held.get(id_, 0) and (held[id_] + occupied) * 100 > open_minutes[id_] * share:
            name = sale.rooms[id_].name if id_ in sale.rooms else (sale.engineer.name if sale.engineer else "")
            raise _full(name, sale, "rooms" if id_ in sale.rooms else "engineer_id")


def is_unpaid(now: datetime) -> ColumnElement[bool]:
    """Made by a stranger, holding time, and nothing came for it; past its deadline it is as good as released."""
    return and_(
        col(Booking.status) == BookingStatus.PENDING,
        col(Booking.source).in_((BookingSource.PUBLIC_PAGE, BookingSource.WAITLIST)),
        or_(col(Booking.deposit_due_at).is_(None), col(Booking.deposit_due_at) > now),
        queries.paid_cents <= 0,
    )


def _week_of(sale: Sale) -> Span:
    """From Monday to Sunday, the one the session starts in."""
    return Span(*day_bounds(_monday(sale), _WEEK, sale.studio.zone))


def _monday(sale: Sale) -> date:
    return sale.day - timedelta(days=sale.day.weekday())


def _held_minutes(session: Session, ids: Sequence[int], week: Span, now: datetime) -> dict[int, int]:
    during = col(Allocation.during)
    length = func.extract("epoch", func.upper(during) - func.lower(during))
    held = (
        select(Allocation.resource_id, func.sum(length))
        .join(Booking, col(Booking.id) == col(Allocation.booking_id))
        .where(
            col(Allocation.resource_id).in_(ids),
            col(Booking.start) >= week.start,
            col(Booking.start) < week.end,
            is_unpaid(now),
        )
        .group_by(col(Allocation.resource_id))
    )
    return {resource_id: int(seconds) // 60 for resource_id, seconds in session.exec(held)}


def _check_online(session: Session, sale: Sale, now: datetime) -> None:
    """Of all periods of the week together; who else books online work of that week waits."""
    week, share = _week_of(sale), online.online_booking(session).unpaid_room_pct
    session.execute(_LOCK, {"week": f"unpaid online work of {week.start}"})
    minutes = col(Booking.minutes) + col(Booking.buffer_minutes)
    of_week = (col(Booking.period_id).is_not(None), col(Booking.start) >= week.start, col(Booking.start) < week.end)
    held = session.exec(select(func.coalesce(func.sum(minutes), 0)).where(*of_week, is_unpaid(now))).one()
    capacity = scheduling.online_minutes(session, _monday(sale), _WEEK)
    if held and (held + sale.capacity_minutes) * 100 > capacity * share:
        raise _full(sale.service.name, sale, "start")


def _full(name: str, sale: Sale, field: str) -> Conflict:
    monday = day_text(_monday(sale), sale.studio)
    return Conflict(
        f"In the week of {monday} as much of {name} waits for deposits as we hold unpaid. "
        "Choose another week, or call us and we book it for you.",
        code=_CODE,
        field=field,
    )
