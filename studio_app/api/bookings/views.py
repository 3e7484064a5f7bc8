"""Bookings as the API shows them. Money is null and lines are empty for those who may not see it."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from services.bookings import (
    AuthorizationView,
    BookingRow,
    BookingView,
    ChangeRequestView,
    LineView,
    Named,
    UploadView,
    next_statuses,
)
from services.core import clock
from services.core.paging import Page
from services.payments import PaymentView
from services.pricing import Quote, QuoteLine
from studio_app.api.answers import iso, iso_day, iso_or_none
from studio_app.api.bookings.shapes import (
    AuthorizationJson,
    BookingAnswer,
    BookingJson,
    BookingsAnswer,
    ChangeRequestJson,
    LineJson,
    NamedJson,
    OwnBookingJson,
    PaymentJson,
    QuoteAnswer,
    RowJson,
    UploadJson,
)


def booking_answer(booking: BookingView) -> BookingAnswer:
    return {"booking": booking_json(booking)}


def booking_json(booking: BookingView) -> BookingJson:
    return {**own_booking_json(booking), "next_statuses": list(next_statuses(booking, clock.now()))}


def own_booking_json(booking: BookingView) -> OwnBookingJson:
    client, referral, policy, zone = booking.client, booking.referral, booking.policy, booking.zone
    return {
        "number": booking.number,
        "version": booking.version,
        "status": booking.status,
        "source": booking.source,
        "mode": booking.mode,
        "start": iso(booking.start, zone),
        "end": iso(booking.end, zone),
        "business_date": iso_day(booking.business_date),
        "minutes": booking.minutes,
        "buffer_minutes": booking.buffer_minutes,
        "client": {
            "id": client.id,
            "name": client.name,
            "email": client.email,
            "phone": client.phone,
            "phone_extension": client.phone_extension,
        },
        "artist": _named(booking.artist),
        "service": {"code": booking.service_code, "name": booking.service_name},
        "rooms": [
            {
                "id": room.id,
                "name": room.name,
                "hourly_rate_cents": room.hourly_rate_cents,
                "original_room_id": room.original_room_id,
            }
            for room in booking.rooms
        ],
        "engineer": _named(booking.engineer),
        "period": booking.period,
        "mics": [{"name": mic.name, "unit": mic.unit} for mic in booking.mics],
        "lines": [line_json(line) for line in booking.lines],
        "payments": [_payment(payment, zone) for payment in booking.payments],
        "authorization": booking.authorization and _authorization(booking.authorization, zone),
        "change_request": booking.change_request and _change_request(booking.change_request, zone),
        "total_cents": booking.total_cents,
        "paid_cents": booking.paid_cents,
        "balance_cents": booking.balance_cents,
        "deposit_cents": booking.deposit_cents,
        "deposit_due_at": iso_or_none(booking.deposit_due_at, zone),
        "currency": booking.currency,
        "policy": {
            "free_cancel_hours": policy["free_cancel_hours"],
            "cancel_fee_pct": policy["cancel_fee_pct"],
            "no_show_fee_pct": policy["no_show_fee_pct"],
            "text": policy["text"],
        },
        "terms": booking.terms,
        "notes": booking.notes,
        "referral": {"type": referral.type, "name": referral.name} if referral else None,
        "public_token": booking.public_token or None,
        "created_at": iso(booking.created_at, zone),
        "created_by": booking.created_by,
        "checked_in_at": iso_or_none(booking.checked_in_at, zone),
        "checked_out_at": iso_or_none(booking.checked_out_at, zone),
        "cancelled_at": iso_or_none(booking.cancelled_at, zone),
        "cancel_reason": booking.cancel_reason,
    }


def _change_request(asked: ChangeRequestView, zone: ZoneInfo) -> ChangeRequestJson:
    return {
        "id": asked.id,
        "wish": asked.wish,
        "message": asked.message,
        "status": asked.status,
        "answer": asked.answer,
        "created_at": iso(asked.created_at, zone),
    }


def page_json(page: Page[BookingRow], zone: ZoneInfo) -> BookingsAnswer:
    return {
        "data": [row_json(row, zone) for row in page.data],
        "total": page.total,
        "page": page.page,
        "page_size": page.page_size,
    }


def row_json(row: BookingRow, zone: ZoneInfo) -> RowJson:
    engineer = row.engineer_id
    return {
        "number": row.number,
        "status": row.status,
        "source": row.source,
        "mode": row.mode,
        "start": iso(row.start, zone),
        "end": iso(row.end, zone),
        "buffer_minutes": row.buffer_minutes,
        "business_date": iso_day(row.business_date),
        "client": {"id": row.client_id, "name": row.client_name},
        "artist_name": row.artist_name,
        "service_name": row.service_name,
        "rooms": [{"id": id_, "name": name} for id_, name in zip(row.room_ids, row.room_names, strict=True)],
        "engineer": None if engineer is None else {"id": engineer, "name": row.engineer_name},
        "period": row.period or None,
        "mics": list(row.mic_names),
        "is_signed": row.is_signed,
        "total_cents": row.total_cents,
        "paid_cents": row.paid_cents,
        "balance_cents": row.balance_cents,
        "deposit_cents": row.deposit_cents,
        "deposit_due_at": iso_or_none(row.deposit_due_at, zone),
    }


def quote_json(quote: Quote) -> QuoteAnswer:
    return {
        "lines": [line_json(line) for line in quote.lines],
        "total_cents": quote.total_cents,
        "deposit_cents": quote.deposit_cents,
    }


def upload_json(upload: UploadView, zone: ZoneInfo) -> UploadJson:
    return {
        "id": upload.id,
        "name": upload.name,
        "type": upload.type,
        "size": upload.size,
        "uploaded_at": iso(upload.uploaded_at, zone),
    }


def _named(named: Named | None) -> NamedJson | None:
    return {"id": named.id, "name": named.name} if named else None


def line_json(line: LineView | QuoteLine) -> LineJson:
    return {
        "kind": line.kind,
        "description": line.description,
        "reason": line.reason,
        "quantity": _number(line.quantity),
        "unit_price_cents": line.unit_price_cents,
        "amount_cents": line.amount_cents,
    }


def _number(quantity: Decimal) -> float:
    return int(quantity) if quantity == int(quantity) else float(quantity)


def _payment(payment: PaymentView, zone: ZoneInfo) -> PaymentJson:
    return {
        "id": payment.id,
        "purpose": payment.purpose,
        "method": payment.method,
        "amount_cents": payment.amount_cents,
        "reference": payment.reference,
        "notes": payment.notes,
        "paid_on": iso_day(payment.paid_on),
        "recorded_at": iso(payment.recorded_at, zone),
        "recorded_by": payment.recorded_by,
        "is_reversed": payment.is_reversed,
        "refunds_id": payment.refunds_id,
        "reverses_id": payment.reverses_id,
        "left_cents": payment.left_cents,
    }


def _authorization(authorization: AuthorizationView, zone: ZoneInfo) -> AuthorizationJson:
    return {
        "type": authorization.type,
        "name": authorization.name,
        "signed_at": iso(authorization.signed_at, zone),
        "terms_version": authorization.terms_version,
        "has_image": authorization.has_image,
    }
