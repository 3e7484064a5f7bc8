"""One booking whole, as its page and the API show it."""

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.bookings import Booking, BookingAuthorization, BookingLine, BookingMic, BookingRoom, Payment
from models.catalog import Engineer, GearUnit, Period, Resource, Room
from models.clients import Artist, Client
from models.identity import User
from services.access import Actor, Permission
from services.bookings import queries
from services.bookings.errors import BookingNotFound
from services.bookings.rules import MOVES
from services.bookings.types import (
    AuthorizationView,
    BookedMic,
    BookedRoom,
    BookingView,
    ClientRef,
    LineView,
    Named,
    PaymentView,
    Referral,
)


def view(
    session: Session, actor: Actor, found: ColumnElement[bool], *, wanted: str, public: bool = False
) -> BookingView:
    """One booking whole. `public` shows it to its client, who reached it by its token."""
    creator = aliased(User)
    statement = (
        select(Booking, Client, Artist, col(Engineer.name), col(Period.name), col(creator.name))
        .join(Client, col(Client.id) == col(Booking.client_id))
        .outerjoin(Artist, col(Artist.id) == col(Booking.artist_id))
        .outerjoin(Engineer, col(Engineer.id) == col(Booking.engineer_id))
        .outerjoin(Period, col(Period.id) == col(Booking.period_id))
        .outerjoin(creator, col(creator.id) == col(Booking.created_by))
        .where(found, true() if public else queries.visible_to(actor))
        .execution_options(populate_existing=True)
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        raise BookingNotFound(wanted)
    booking, client, artist, engineer_name, period_name, creator_name = row
    booking_id = booking.id or 0
    money = public or actor.can(Permission.VIEW_CLIENT_MONEY)
    lines = _lines(session, booking_id)
    payments = _payments(session, booking_id)
    total, paid = sum(line.amount_cents for line in lines), sum(p.amount_cents for p in payments)
    return BookingView(
        id=booking_id,
        number=booking.number,
        version=booking.version,
        status=booking.status,
        next_statuses=tuple(sorted(MOVES[booking.status])),
        source=booking.source,
        mode=booking.mode,
        start=booking.start,
        end=booking.end,
        business_date=booking.business_date,
        minutes=booking.minutes,
        buffer_minutes=booking.buffer_minutes,
        client=_client(client, public or actor.can(Permission.VIEW_CLIENTS)),
        artist=Named(artist.id, artist.name) if artist else None,
        service_code=booking.service_code,
        service_name=booking.service_name,
        rooms=_rooms(session, booking_id, money),
        engineer=Named(booking.engineer_id, engineer_name) if booking.engineer_id else None,
        period=period_name,
        mics=_mics(session, booking_id),
        lines=lines if money else (),
        payments=payments if money else (),
        authorization=_authorization(session, booking_id),
        total_cents=total if money else None,
        paid_cents=paid if money else None,
        balance_cents=total - paid if money else None,
        deposit_cents=booking.deposit_cents if money else None,
        deposit_due_at=booking.deposit_due_at,
        currency=booking.currency,
        policy=booking.policy,
        terms=booking.terms,
        notes=booking.notes,
        referral=Referral(booking.referral_type, booking.referral_name) if booking.referral_type else None,
        public_token=booking.public_token if public or actor.can(Permission.VIEW_CLIENTS) else "",
        created_at=booking.created_at,
        created_by=creator_name or "",
        checked_in_at=booking.checked_in_at,
        checked_out_at=booking.checked_out_at,
        cancelled_at=booking.cancelled_at,
        cancel_reason=booking.cancel_reason,
    )


def _client(client: Client, in_full: bool) -> ClientRef:
    return ClientRef(
        id=client.id or 0,
        name=client.name,
        email=client.email if in_full else None,
        phone=client.phone if in_full else None,
    )


def _rooms(session: Session, booking_id: int, money: bool) -> tuple[BookedRoom, ...]:
    statement = (
        select(
            col(BookingRoom.room_id),
            col(Room.name),
            col(BookingRoom.hourly_rate_cents),
            col(BookingRoom.original_room_id),
        )
        .join(Room, col(Room.id) == col(BookingRoom.room_id))
        .where(col(BookingRoom.booking_id) == booking_id)
        .order_by(col(BookingRoom.position))
    )
    found = session.execute(statement)
    return tuple(BookedRoom(id_, name, rate if money else None, original) for id_, name, rate, original in found)


def _mics(session: Session, booking_id: int) -> tuple[BookedMic, ...]:
    statement = (
        select(col(BookingMic.name), col(Resource.name))
        .outerjoin(GearUnit, col(GearUnit.id) == col(BookingMic.gear_unit_id))
        .outerjoin(Resource, col(Resource.id) == col(GearUnit.id))
        .where(col(BookingMic.booking_id) == booking_id)
        .order_by(col(BookingMic.id))
    )
    return tuple(BookedMic(name, unit or "") for name, unit in session.execute(statement))


def _lines(session: Session, booking_id: int) -> tuple[LineView, ...]:
    statement = select(
        col(BookingLine.kind),
        col(BookingLine.description),
        col(BookingLine.reason),
        col(BookingLine.quantity),
        col(BookingLine.unit_price_cents),
        col(BookingLine.amount_cents),
    )
    found = session.execute(statement.where(col(BookingLine.booking_id) == booking_id).order_by(col(BookingLine.id)))
    return tuple(LineView(*row) for row in found)


def _payments(session: Session, booking_id: int) -> tuple[PaymentView, ...]:
    reversal = aliased(Payment)
    statement = (
        select(Payment, col(User.name), col(reversal.id))
        .outerjoin(User, col(User.id) == col(Payment.recorded_by))
        .outerjoin(reversal, col(reversal.reverses_id) == col(Payment.id))
        .where(col(Payment.booking_id) == booking_id)
        .order_by(col(Payment.id))
    )
    return tuple(_payment(*row) for row in session.execute(statement))


def _payment(payment: Payment, recorded_by: str | None, reversal_id: int | None) -> PaymentView:
    return PaymentView(
        id=payment.id or 0,
        purpose=payment.purpose,
        method=payment.method,
        amount_cents=payment.amount_cents,
        reference=payment.reference,
        notes=payment.notes,
        paid_on=payment.paid_on,
        recorded_at=payment.recorded_at,
        recorded_by=recorded_by or "",
        is_reversed=reversal_id is not None,
    )


def _authorization(session: Session, booking_id: int) -> AuthorizationView | None:
    found = session.get(BookingAuthorization, booking_id)
    if found is None:
        return None
    return AuthorizationView(
        type=found.type,
        name=found.name,
        signed_at=found.signed_at,
        ip=found.ip,
        terms_version=found.terms_version,
        has_image=found.image is not None,
    )
