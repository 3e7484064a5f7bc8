"""What a repeated booking copies, and who belongs to a series."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.bookings import Booking, BookingLine, BookingMic, LineKind
from models.series import BookingSeries
from services.bookings import BookingStatus, BookingView, MicChoice, NewBooking
from services.pricing import Discount
from services.repeats.types import Member, Series


def order_of(session: Session, booking: BookingView) -> NewBooking:
    """The same again, at the rates of its day; a percentage off stays."""
    return NewBooking(
        mode=booking.mode,
        service=booking.service_code,
        start=booking.start,
        client_id=booking.client.id,
        artist=booking.artist.name if booking.artist else "",
        minutes=booking.minutes,
        room_ids=tuple(room.id for room in booking.rooms),
        engineer_id=booking.engineer.id if booking.engineer else None,
        period=booking.period or "",
        mics=_mics(session, booking.id),
        referral=booking.referral,
        notes=booking.notes,
        discount=_discount(session, booking.id),
        status=booking.status if booking.status in _REPEATED_AS else BookingStatus.CONFIRMED,
    )


_REPEATED_AS = (BookingStatus.HOLD, BookingStatus.PENDING)


def series(session: Session, series_id: int) -> Series:
    rule = session.exec(select(BookingSeries.rule).where(BookingSeries.id == series_id)).one()
    rows = session.exec(
        select(Booking).where(Booking.series_id == series_id).order_by(col(Booking.start), col(Booking.id))
    )
    return Series(series_id, rule, tuple(Member(row.number, row.start, row.end, row.status) for row in rows))


def series_id_of(session: Session, booking_id: int) -> int | None:
    return session.get_one(Booking, booking_id).series_id


def _mics(session: Session, booking_id: int) -> tuple[MicChoice, ...]:
    rows = session.exec(
        select(BookingMic.mic_option_id, func.count())
        .where(BookingMic.booking_id == booking_id)
        .group_by(col(BookingMic.mic_option_id))
        .order_by(func.min(BookingMic.id))
    )
    return tuple(MicChoice(mic_id, quantity) for mic_id, quantity in rows)


def _discount(session: Session, booking_id: int) -> Discount | None:
    percent = session.get_one(Booking, booking_id).discount_pct
    if percent is None:
        return None
    line = select(BookingLine.reason).where(
        BookingLine.booking_id == booking_id,
        BookingLine.kind == LineKind.DISCOUNT,
        col(BookingLine.change_id).is_(None),
    )
    return Discount(reason=session.exec(line).first() or "as before", percent=percent)
