"""One booking whole, as its page and the API show it, read in one statement."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, bindparam, literal_column, select
from sqlmodel import Session, col

from models.bookings import AuthorizationType, Booking, BookingSource, BookingStatus, LineKind, ReferralType
from models.catalog import Engineer, Period, ServiceMode
from models.changes import ChangeRequestStatus, ChangeWish
from models.clients import Artist, Client
from models.identity import User
from models.payments import PaymentMethod, PaymentPurpose
from models.studio import StudioInfo
from services.bookings import queries
from services.bookings.errors import BookingNotFound
from services.bookings.types import (
    AuthorizationView,
    BookedMic,
    BookedRoom,
    BookingView,
    ChangeRequestView,
    ClientRef,
    LineView,
    Named,
    Referral,
)
from services.core.access import Actor, Permission
from services.core.db import table
from services.payments import PaymentView, left_of

Part = TypeVar("Part")

_AS_STORED = (
    "id",
    "number",
    "version",
    "minutes",
    "buffer_minutes",
    "service_code",
    "service_name",
    "deposit_cents",
    "currency",
    "policy",
    "terms",
    "notes",
    "public_token",
    "cancel_reason",
)


def view(
    session: Session, actor: Actor, found: ColumnElement[bool], *, wanted: str, public: bool = False
) -> BookingView:
    """One booking, as much of it as the actor may see. `public`: whoever has its token."""
    seen = full_view(session, found if public else found & queries.visible_to(actor), wanted=wanted)
    return redacted_for_link(seen) if public else redacted_for(actor, seen)


def full_view(session: Session, found: ColumnElement[bool], *, wanted: str) -> BookingView:
    """Everything; only for who has checked what may be shown."""
    session.flush()
    row: dict[str, Any] | None = session.execute(_WHOLE.where(found)).scalar_one_or_none()
    if row is None:
        raise BookingNotFound(wanted)
    return _view(row)


def full_view_of(session: Session, booking_id: int) -> BookingView:
    """Everything of one that is there. Its statement is made once, which saves half of its cost."""
    session.flush()
    return _view(session.execute(_OF_ID, {"booking_id": booking_id}).scalar_one())


def _view(row: dict[str, Any]) -> BookingView:
    booking = row["booking"]
    status = BookingStatus(booking["status"])
    lines = _parts(row["lines"], _line)
    payments = _with_left(_parts(row["payments"], _payment))
    total, paid = sum(line.amount_cents for line in lines), sum(payment.amount_cents for payment in payments)
    return BookingView(
        **{name: booking[name] for name in _AS_STORED},
        deposit_due_at=_at(booking["deposit_due_at"]),
        check_in_from=datetime.fromisoformat(booking["start"]) - timedelta(minutes=row["check_in_lead"]),
        freed_from=_at(booking["freed_from"]),
        checked_in_at=_at(booking["checked_in_at"]),
        checked_out_at=_at(booking["checked_out_at"]),
        cancelled_at=_at(booking["cancelled_at"]),
        status=status,
        source=BookingSource(booking["source"]),
        mode=ServiceMode(booking["mode"]),
        start=datetime.fromisoformat(booking["start"]),
        end=datetime.fromisoformat(booking["end"]),
        business_date=date.fromisoformat(booking["business_date"]),
        created_at=datetime.fromisoformat(booking["created_at"]),
        client=ClientRef(*row["client"]),
        artist=Named(booking["artist_id"], row["artist"]) if booking["artist_id"] else None,
        rooms=_parts(row["rooms"], BookedRoom),
        engineer=Named(booking["engineer_id"], row["engineer"]) if booking["engineer_id"] else None,
        period=row["period"],
        mics=_parts(row["mics"], BookedMic),
        lines=lines,
        payments=payments,
        authorization=_authorization(*row["authorization"]) if row["authorization"] else None,
        change_request=_request(*row["request"]) if row["request"] else None,
        total_cents=total,
        paid_cents=paid,
        balance_cents=total - paid,
        referral=_referral(booking["referral_type"], booking["referral_name"]),
        created_by=row["creator"] or "",
        zone=ZoneInfo(row["zone"]),
    )


def redacted_for(actor: Actor, whole: BookingView) -> BookingView:
    """Without the money, or the client's contact and link, for those who may not see them."""
    if not actor.can(Permission.VIEW_CLIENTS):
        whole = replace(
            whole, client=replace(whole.client, email=None, phone=None, phone_extension=""), public_token=""
        )
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


def redacted_for_link(whole: BookingView) -> BookingView:
    """Online the client is found by an e-mail or phone that anybody can type.

    So of the person on file nothing is told; the name is the one this booking was signed with.
    """
    signer = whole.authorization.name if whole.authorization else ""
    return replace(whole, client=ClientRef(whole.client.id, signer, None, None, ""), created_by="")


def _rows_of(part: str, *columns: str, order: str = "id") -> str:
    """The rows of a part of the booking as one JSON array of arrays, in order."""
    return (
        f"(select json_agg(json_build_array({', '.join(columns)}) order by {order})"
        f" from {part} where {part}.booking_id = booking.id)"
    )


_ROOMS = _rows_of(
    "booking_room",
    "room_id",
    "(select name from room where id = room_id)",
    "hourly_rate_cents",
    "original_room_id",
    order="position",
)
_MICS = _rows_of("booking_mic", "name", "coalesce((select name from resource where id = gear_unit_id), '')")
_LINES = _rows_of(
    "booking_line",
    "kind",
    "description",
    "reason",
    "cast(quantity as text)",
    "unit_price_cents",
    "amount_cents",
)
_PAYMENTS = _rows_of(
    "payment",
    "id",
    "purpose",
    "method",
    "amount_cents",
    "reference",
    "notes",
    "paid_on",
    "recorded_at",
    """coalesce((select name from "user" where "user".id = recorded_by), '')""",
    "exists (select from payment reversal where reversal.reverses_id = payment.id)",
    "refunds_id",
    "reverses_id",
)
_AUTHORIZATION = """
(select json_build_array(type, name, signed_at, ip, terms_version, image is not null)
   from booking_authorization where booking_id = booking.id)
"""
_REQUEST = """
(select json_build_array(id, wish, message, status, answer, created_at, resolved_at)
   from change_request where booking_id = booking.id order by id desc limit 1)
"""
# One value in plain text: of a statement with as many columns, half the time goes into making it.
_WHOLE: Select[Any] = select(
    literal_column(
        f"""
json_build_object(
    'booking', to_json(booking),
    'client', json_build_array(client.id, client.name, client.email, client.phone, client.phone_extension),
    'artist', artist.name, 'engineer', engineer.name, 'period', period.name, 'creator', "user".name,
    'rooms', {_ROOMS}, 'mics', {_MICS}, 'lines', {_LINES}, 'payments', {_PAYMENTS},
    'authorization', {_AUTHORIZATION}, 'request', {_REQUEST}, 'zone', studio_info.time_zone,
    'check_in_lead', studio_info.check_in_lead_minutes
)
"""
    )
).select_from(
    table(Booking)
    .join(table(StudioInfo), col(StudioInfo.id) == 1)
    .join(table(Client), col(Client.id) == Booking.client_id)
    .outerjoin(table(Artist), col(Artist.id) == Booking.artist_id)
    .outerjoin(table(Engineer), col(Engineer.id) == Booking.engineer_id)
    .outerjoin(table(Period), col(Period.id) == Booking.period_id)
    .outerjoin(table(User), col(User.id) == Booking.created_by)
)
_OF_ID = _WHOLE.where(col(Booking.id) == bindparam("booking_id"))


def _at(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored)


def _referral(type_: str | None, name: str) -> Referral | None:
    return Referral(ReferralType(type_), name) if type_ else None


def _parts(rows: list[list[Any]] | None, make: Callable[..., Part]) -> tuple[Part, ...]:
    return tuple(make(*row) for row in rows or ())


def _line(kind: str, description: str, reason: str, quantity: str, unit_price: int, amount: int) -> LineView:
    return LineView(LineKind(kind), description, reason, Decimal(quantity), unit_price, amount)


def _with_left(payments: tuple[PaymentView, ...]) -> tuple[PaymentView, ...]:
    left = left_of(payments)
    return tuple(replace(one, left_cents=left.get(one.id, 0)) for one in payments)


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
    refunds_id: int | None,
    reverses_id: int | None,
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
        refunds_id=refunds_id,
        reverses_id=reverses_id,
        left_cents=0,
    )


def _authorization(
    type_: str, name: str, signed_at: str, ip: str, terms_version: int, has_image: bool
) -> AuthorizationView:
    return AuthorizationView(
        AuthorizationType(type_), name, datetime.fromisoformat(signed_at), ip, terms_version, has_image
    )


def _request(
    id_: int, wish: str, message: str, status: str, answer: str, created_at: str, resolved_at: str | None
) -> ChangeRequestView:
    return ChangeRequestView(
        id=id_,
        wish=ChangeWish(wish),
        message=message,
        status=ChangeRequestStatus(status),
        answer=answer,
        created_at=datetime.fromisoformat(created_at),
        resolved_at=_at(resolved_at),
    )
