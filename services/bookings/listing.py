"""Bookings as the screens and the API read them."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from models.audit import AuditLog
from models.bookings import Booking, BookingStatus
from models.identity import User
from models.payments import Payment
from services.bookings import detail, queries
from services.bookings.types import BookingFilters, BookingRow, BookingView, HistoryEntry, TodayView
from services.core import clock
from services.core.access import SYSTEM, Actor, Permission, require
from services.core.clock import business_date, day_bounds
from services.core.errors import Invalid
from services.core.paging import Page, PageRequest
from services.core.studio import studio_info

_ARRIVING = timedelta(hours=2)
_LONGEST_CALENDAR = timedelta(days=62)
_MOST_CALENDAR_ROWS = 5_000
_MOST_EXPORTED = 100_000
_MOST_OWN = 1_000


def get_booking(session: Session, actor: Actor, number: str) -> BookingView:
    require(actor, Permission.VIEW_OWN_SESSIONS, Permission.VIEW_PAYMENTS)
    return detail.view(session, actor, col(Booking.number) == number, wanted=number)


def list_bookings(session: Session, actor: Actor, page: PageRequest, filters: BookingFilters) -> Page[BookingRow]:
    require(actor, Permission.VIEW_OWN_SESSIONS, Permission.VIEW_PAYMENTS)
    where = queries.conditions(session, actor, filters)
    found = queries.rows(session, actor, *where, sort=page.sort or "-start", limit=page.page_size, offset=page.offset)
    return Page(found, queries.count(session, actor, *where), page.page, page.page_size)


def all_bookings(session: Session, actor: Actor, sort: str, filters: BookingFilters) -> tuple[BookingRow, ...]:
    """The whole list, for an export."""
    require(actor, Permission.VIEW_OWN_SESSIONS, Permission.VIEW_PAYMENTS)
    return queries.rows(
        session, actor, *queries.conditions(session, actor, filters), sort=sort or "-start", limit=_MOST_EXPORTED
    )


def of_client(session: Session, client_id: int) -> tuple[tuple[BookingRow, str], ...]:
    """All of a client's bookings with the token of their pages, by their start. Called within the client's own page."""
    found = queries.rows(session, SYSTEM, col(Booking.client_id) == client_id, sort="start", limit=_MOST_OWN)
    ids = [row.id for row in found]
    links = select(col(Booking.id), col(Booking.public_token)).where(col(Booking.id).in_(ids))
    tokens = {link.id: link.public_token for link in session.execute(links)}
    return tuple((row, tokens[row.id]) for row in found)


def client_balance(session: Session, actor: Actor, client_id: int) -> int:
    """What the client owes for everything sold, in cents; less than nothing is to be paid back."""
    require(actor, Permission.VIEW_CLIENT_MONEY)
    owed = func.coalesce(func.sum(queries.total_cents - queries.paid_cents), 0)
    sold = col(Booking.status) != BookingStatus.HOLD
    statement = select(owed).select_from(Booking).where(col(Booking.client_id) == client_id, sold)
    return int(session.execute(statement).scalar_one())


def calendar(
    session: Session,
    actor: Actor,
    start: datetime,
    end: datetime,
    filters: BookingFilters,
    ids: Collection[int] | None = None,
) -> tuple[BookingRow, ...]:
    """Every session that meets `[start, end)`; engineers get their own. At most two months at once.

    With `ids`, only of those: what an open calendar shows anew.
    """
    require(actor, Permission.VIEW_OWN_SESSIONS)
    if not timedelta(0) < end - start <= _LONGEST_CALENDAR:
        raise Invalid("Show between a moment and two months at once.", field="end")
    where = [queries.overlapping(start, end), *queries.conditions(session, actor, filters)]
    if ids is not None:
        where.append(col(Booking.id).in_(ids))
    if not filters.statuses:
        gone = (BookingStatus.CANCELLED, BookingStatus.EXPIRED)
        where.append(col(Booking.status).not_in(gone))
    return queries.rows(session, actor, *where, limit=_MOST_CALENDAR_ROWS)


def history(session: Session, actor: Actor, number: str) -> tuple[HistoryEntry, ...]:
    """What happened to a booking, latest first."""
    require(actor, Permission.VIEW_ALL_SESSIONS)
    booking = queries.find_booking(session, actor, number)
    statement = (
        select(AuditLog, col(User.name))
        .outerjoin(User, col(User.id) == col(AuditLog.actor_id))
        .where(col(AuditLog.entity) == "booking", col(AuditLog.entity_id) == booking.id)
        .order_by(col(AuditLog.id).desc())
    )
    return tuple(
        HistoryEntry(
            at=row.at,
            actor=name or ("Client" if row.ip else "System"),
            action=row.action,
            description=row.description,
            before=row.changes.get("before", {}),
            after=row.changes.get("after", {}),
        )
        for row, name in session.execute(statement)
    )


def today(session: Session, actor: Actor, now: datetime | None = None) -> TodayView:
    """Today's sessions, who is about to arrive, and what needs a hand. Money only for those who may see it."""
    require(actor, Permission.VIEW_OWN_SESSIONS, Permission.VIEW_PAYMENTS)
    now = now or clock.now()
    zone = studio_info(session).zone
    day = business_date(now, zone)
    start, end = day_bounds(day, 1, zone)
    not_gone = col(Booking.status).not_in((BookingStatus.CANCELLED, BookingStatus.EXPIRED, BookingStatus.HOLD))
    soon = now + _ARRIVING
    near = queries.rows(session, actor, queries.overlapping(start, max(end, soon)), not_gone)
    sessions = tuple(row for row in near if row.start < end)
    confirmed = [row for row in near if row.status is BookingStatus.CONFIRMED]
    ahead = col(Booking.start) >= start
    open_ = col(Booking.status).in_((BookingStatus.PENDING, BookingStatus.CONFIRMED))
    unfinished = col(Booking.status).in_((BookingStatus.CONFIRMED, BookingStatus.CHECKED_IN))
    money = actor.can(Permission.VIEW_CLIENT_MONEY)
    deposit_missing = queries.paid_cents < func.least(col(Booking.deposit_cents), queries.total_cents)
    return TodayView(
        day=day,
        sessions=sessions,
        arriving=tuple(row for row in confirmed if row.start <= soon and now < row.end),
        overdue=queries.rows(session, actor, unfinished, col(Booking.end) <= now, sort="-start", limit=8),
        unsigned=queries.rows(session, actor, ahead, open_, queries.is_unsigned, limit=8),
        unpaid=queries.rows(session, actor, ahead, open_, deposit_missing, limit=8) if money else (),
        booked_cents=sum(row.total_cents or 0 for row in sessions if row.business_date == day) if money else None,
        outstanding_cents=_outstanding(session) if money else None,
        **_collected(session, day, money),
    )


def _collected(session: Session, day: date, money: bool) -> dict[str, int | None]:
    if not money:
        return {"collected_cents": None, "payments_count": None}
    statement = select(func.coalesce(func.sum(Payment.amount_cents), 0), func.count())
    cents, count = session.execute(statement.where(col(Payment.paid_on) == day)).one()
    return {"collected_cents": int(cents), "payments_count": count}


def _outstanding(session: Session) -> int:
    """What is owed for everything sold, holds aside."""
    owed = select((queries.total_cents - queries.paid_cents).label("owed")).where(
        col(Booking.status) != BookingStatus.HOLD
    )
    owing = owed.subquery()
    statement = select(func.coalesce(func.sum(owing.c.owed), 0)).where(owing.c.owed > 0)
    return int(session.execute(statement).scalar_one())
