"""One booking whole, as its page and the API show it, read in one statement."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, String, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col

from models.bookings import (
    AuthorizationType,
    Booking,
    BookingAuthorization,
    BookingLine,
    BookingMic,
    BookingRoom,
    LineKind,
    Payment,
    PaymentMethod,
    PaymentPurpose,
)
from models.catalog import Engineer, Period, Resource, Room
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

Part = TypeVar("Part")


def view(
    session: Session, actor: Actor, found: ColumnElement[bool], *, wanted: str, public: bool = False
) -> BookingView:
    """One booking, as much of it as the actor may see. `public`: whoever has its token."""
    seen = full_view(session, found if public else found & queries.visible_to(actor), wanted=wanted)
    return seen_by_link(seen) if public else seen_by(actor, seen)


def full_view(session: Session, found: ColumnElement[bool], *, wanted: str) -> BookingView:
    """Everything; only for who has checked what may be shown."""
    row = session.execute(_WHOLE.where(found)).one_or_none()
    if row is None:
        raise BookingNotFound(wanted)
    booking: Booking = row.Booking
    lines = _parts(row.lines, _line)
    payments = _parts(row.payments, _payment)
    total, paid = sum(line.amount_cents for line in lines), sum(payment.amount_cents for payment in payments)
    return BookingView(
        id=booking.id or 0,
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
        client=ClientRef(booking.client_id, row.client_name, row.client_email, row.client_phone),
        artist=Named(booking.artist_id, row.artist_name) if booking.artist_id else None,
        service_code=booking.service_code,
        service_name=booking.service_name,
        rooms=_parts(row.rooms, BookedRoom),
        engineer=Named(booking.engineer_id, row.engineer_name) if booking.engineer_id else None,
        period=row.period_name,
        mics=_parts(row.mics, BookedMic),
        lines=lines,
        payments=payments,
        authorization=_authorization(*row.authorization) if row.authorization else None,
        total_cents=total,
        paid_cents=paid,
        balance_cents=total - paid,
        deposit_cents=booking.deposit_cents,
        deposit_due_at=booking.deposit_due_at,
        currency=booking.currency,
        policy=booking.policy,
        terms=booking.terms,
        notes=booking.notes,
        referral=Referral(booking.referral_type, booking.referral_name) if booking.referral_type else None,
        public_token=booking.public_token,
        created_at=booking.created_at,
        created_by=row.creator_name or "",
        checked_in_at=booking.checked_in_at,
        checked_out_at=booking.checked_out_at,
        cancelled_at=booking.cancelled_at,
        cancel_reason=booking.cancel_reason,
    )


def seen_by(actor: Actor, whole: BookingView) -> BookingView:
    """Without the money, or the client's contact and link, for those who may not see them."""
    if not actor.can(Permission.VIEW_CLIENTS):
        whole = replace(whole, client=replace(whole.client, email=None, phone=None), public_token="")
    if actor.can(Permission.VIEW_CLIENT_MONEY):
        return whole
    return replace(
        whole,
        rooms=tuple(replace(room, hourly_rate_cents=None) for room in whole.rooms),
        lines=(),
        payments=(),
        total_cents=None,
        paid_cents=None,
        balance_cents=None,
        deposit_cents=None,
    )


def seen_by_link(whole: BookingView) -> BookingView:
    """Online the client is found by an e-mail or phone that anybody can type.

    So of the person on file nothing is told; the name is the one this booking was signed with.
    """
    signer = whole.authorization.name if whole.authorization else ""
    return replace(whole, client=ClientRef(whole.client.id, signer, None, None), created_by="")


def _rows_of(*columns: Any, order: Any, of: Mapped[int]) -> ScalarSelect[Any]:
    """The rows of a part of the booking as one JSON array of arrays, in order."""
    rows = func.json_agg(aggregate_order_by(func.json_build_array(*columns), order))
    return select(rows).where(of == Booking.id).correlate(Booking).scalar_subquery()


_creator, _recorder, _reversal = aliased(User), aliased(User), aliased(Payment)

_ROOMS = _rows_of(
    col(BookingRoom.room_id),
    select(col(Room.name)).where(col(Room.id) == BookingRoom.room_id).scalar_subquery(),
    col(BookingRoom.hourly_rate_cents),
    col(BookingRoom.original_room_id),
    order=col(BookingRoom.position),
    of=col(BookingRoom.booking_id),
)
_MICS = _rows_of(
    col(BookingMic.name),
    func.coalesce(select(col(Resource.name)).where(col(Resource.id) == BookingMic.gear_unit_id).scalar_subquery(), ""),
    order=col(BookingMic.id),
    of=col(BookingMic.booking_id),
)
_LINES = _rows_of(
    col(BookingLine.kind),
    col(BookingLine.description),
    col(BookingLine.reason),
    cast(col(BookingLine.quantity), String),
    col(BookingLine.unit_price_cents),
    col(BookingLine.amount_cents),
    order=col(BookingLine.id),
    of=col(BookingLine.booking_id),
)
_PAYMENTS = _rows_of(
    col(Payment.id),
    col(Payment.purpose),
    col(Payment.method),
    col(Payment.amount_cents),
    col(Payment.reference),
    col(Payment.notes),
    col(Payment.paid_on),
    col(Payment.recorded_at),
    func.coalesce(select(col(_recorder.name)).where(col(_recorder.id) == Payment.recorded_by).scalar_subquery(), ""),
    select(col(_reversal.id)).where(col(_reversal.reverses_id) == Payment.id).exists(),
    order=col(Payment.id),
    of=col(Payment.booking_id),
)
_AUTHORIZATION = (
    select(
        func.json_build_array(
            col(BookingAuthorization.type),
            col(BookingAuthorization.name),
            col(BookingAuthorization.signed_at),
            col(BookingAuthorization.ip),
            col(BookingAuthorization.terms_version),
            col(BookingAuthorization.image).is_not(None),
        )
    )
    .where(col(BookingAuthorization.booking_id) == Booking.id)
    .correlate(Booking)
    .scalar_subquery()
)
_WHOLE = (
    select(
        Booking,
        col(Client.name).label("client_name"),
        col(Client.email).label("client_email"),
        col(Client.phone).label("client_phone"),
        col(Artist.name).label("artist_name"),
        col(Engineer.name).label("engineer_name"),
        col(Period.name).label("period_name"),
        col(_creator.name).label("creator_name"),
        _ROOMS.label("rooms"),
        _MICS.label("mics"),
        _LINES.label("lines"),
        _PAYMENTS.label("payments"),
        _AUTHORIZATION.label("authorization"),
    )
    .join(Client, col(Client.id) == Booking.client_id)
    .outerjoin(Artist, col(Artist.id) == Booking.artist_id)
    .outerjoin(Engineer, col(Engineer.id) == Booking.engineer_id)
    .outerjoin(Period, col(Period.id) == Booking.period_id)
    .outerjoin(_creator, col(_creator.id) == Booking.created_by)
    .execution_options(populate_existing=True)
)


def _parts(rows: list[list[Any]] | None, make: Callable[..., Part]) -> tuple[Part, ...]:
    return tuple(make(*row) for row in rows or ())


def _line(kind: str, description: str, reason: str, quantity: str, unit_price: int, amount: int) -> LineView:
    return LineView(LineKind(kind), description, reason, Decimal(quantity), unit_price, amount)


def _payment(
    id_: int,
    purpose: str,
    method: str,
    amount_cents: int,
    reference: str,
    notes: str,
    paid_on: str,
    recorded_at: str,
    recorded_by: str,
    is_reversed: bool,
) -> PaymentView:
    return PaymentView(
        id=id_,
        purpose=PaymentPurpose(purpose),
        method=PaymentMethod(method),
        amount_cents=amount_cents,
        reference=reference,
        notes=notes,
        paid_on=date.fromisoformat(paid_on),
        recorded_at=datetime.fromisoformat(recorded_at),
        recorded_by=recorded_by,
        is_reversed=is_reversed,
    )


def _authorization(
    type_: str, name: str, signed_at: str, ip: str, terms_version: int, has_image: bool
) -> AuthorizationView:
    return AuthorizationView(
        AuthorizationType(type_), name, datetime.fromisoformat(signed_at), ip, terms_version, has_image
    )
