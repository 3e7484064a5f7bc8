"""What the stories of the catalog are about; the people are in tests/cast.py."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from sqlmodel import Session, col, select

from models.audit import AuditLog
from models.bookings import Booking, BookingRoom, BookingSource, BookingStatus
from models.catalog import Service, ServiceMode, ServicePricing
from models.clients import Client, ClientSource
from services import catalog

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TOMORROW = date(2026, 11, 28)


def room_details(name: str = "Studio A", **fields: object) -> catalog.RoomDetails:
    return catalog.RoomDetails(name=name, **{"base_rate_cents": 15000, **fields})  # type: ignore[arg-type]


def service_details(code: str = "TAPE_TRANSFER", **fields: object) -> catalog.ServiceDetails:
    values: dict[str, object] = {
        "name": "Tape transfer",
        "mode": ServiceMode.IN_PERSON,
        "pricing": ServicePricing.HOURLY,
        "price_cents": 4000,
        "duration_minutes": 60,
        **fields,
    }
    return catalog.ServiceDetails(code=code, **values)  # type: ignore[arg-type]


def service_row(code: str, *, is_active: bool = True) -> Service:
    return Service(
        code=code,
        name=code.title(),
        mode=ServiceMode.IN_PERSON,
        pricing=ServicePricing.HOURLY,
        price_cents=0,
        duration_minutes=120,
        is_active=is_active,
    )


def period_details(name: str, start: int, end: int, weekday: int = 5, capacity: int = 240) -> catalog.PeriodDetails:
    """Hours of the day; Saturday unless told otherwise."""
    return catalog.PeriodDetails(
        name=name, weekday=weekday, start=time(start), end=time(end), capacity_minutes=capacity
    )


def book(
    session: Session,
    *,
    rooms: tuple[int, ...] = (),
    engineer_id: int | None = None,
    start: datetime = NOW + timedelta(days=1),
    status: BookingStatus = BookingStatus.CONFIRMED,
) -> Booking:
    """A session of two hours as the bookings area would have stored it."""
    client = Client(name="Ada", source=ClientSource.STAFF)
    session.add(client)
    session.flush()
    service = catalog.service_by_code(session, "RECORDING")
    booking = Booking(
        public_token=uuid4().hex,
        number=f"T-{uuid4().hex[:8]}",
        client_id=client.id or 0,
        status=status,
        source=BookingSource.STAFF,
        mode=ServiceMode.IN_PERSON,
        start=start,
        end=start + timedelta(hours=2),
        business_date=start.date(),
        minutes=120,
        buffer_minutes=0,
        service_id=service.id,
        service_code=service.code,
        service_name=service.name,
        service_pricing=service.pricing,
        service_price_cents=0,
        engineer_id=engineer_id,
        currency="USD",
        tax_rate_pct=0,
        terms_version=1,
    )
    session.add(booking)
    session.flush()
    session.add_all(BookingRoom(booking_id=booking.id or 0, room_id=each, hourly_rate_cents=15000) for each in rooms)
    session.flush()
    return booking


def last_audit(session: Session) -> AuditLog:
    return session.exec(select(AuditLog).order_by(col(AuditLog.id).desc())).first() or AuditLog(action="", entity="")
