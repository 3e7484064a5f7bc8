"""A session as it stands in the ledgers, for what clients look like once they have some."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlmodel import Session

from models.bookings import (
    AuthorizationType,
    Booking,
    BookingAuthorization,
    BookingLine,
    BookingSource,
    BookingStatus,
    LineKind,
)
from models.catalog import Service, ServiceMode, ServicePricing
from models.payments import Payment, PaymentMethod, PaymentPurpose

START = datetime(2027, 3, 1, 15, tzinfo=UTC)


def booking(session: Session, client_id: int, status: BookingStatus = BookingStatus.CONFIRMED) -> Booking:
    """Two hours of recording for $200, signed, with $50 paid."""
    service = Service(
        code=f"REC-{uuid4().hex[:6]}",
        name="Recording",
        mode=ServiceMode.IN_PERSON,
        pricing=ServicePricing.HOURLY,
        price_cents=0,
        duration_minutes=120,
    )
    session.add(service)
    session.flush()
    sold = Booking(
        public_token=uuid4().hex,
        client_id=client_id,
        status=status,
        source=BookingSource.STAFF,
        mode=ServiceMode.IN_PERSON,
        start=START,
        end=START + timedelta(hours=2),
        business_date=START.date(),
        minutes=120,
        buffer_minutes=0,
        service_id=service.id or 0,
        service_code=service.code,
        service_name=service.name,
        service_pricing=service.pricing,
        service_price_cents=0,
        currency="USD",
        tax_rate_pct=0,
        terms_version=1,
        notes="Nova likes the lights low",
        referral_name="Nova's brother",
    )
    session.add(sold)
    session.flush()
    session.refresh(sold)
    assert sold.id is not None
    session.add(
        BookingAuthorization(
            booking_id=sold.id,
            type=AuthorizationType.DIGITAL_SIGNATURE,
            image=b"\x89PNG signature",
            name="Nova Reyes",
            ip="198.51.100.4",
            terms_version=1,
            terms_hash="hash",
        )
    )
    session.add(
        BookingLine(
            booking_id=sold.id,
            position=1,
            kind=LineKind.ROOM,
            description="Studio A, 2 h",
            quantity=2,
            unit_price_cents=10_000,
            amount_cents=20_000,
        )
    )
    session.flush()
    session.add(
        Payment(
            booking_id=sold.id,
            purpose=PaymentPurpose.DEPOSIT,
            method=PaymentMethod.CASH,
            amount_cents=5_000,
            paid_on=START.date(),
        )
    )
    session.flush()
    return sold
