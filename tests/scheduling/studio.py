"""A small studio in New York, and sessions put straight into its ledger.

Open from 10:00 to 23:00; Friday and Saturday until 2:00 at night; closed on Sunday and at Christmas.
"""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, col, delete

from models.bookings import Booking, BookingSource, BookingStatus
from models.catalog import (
    Closure,
    Engineer,
    GearUnit,
    MicOption,
    Period,
    Resource,
    ResourceKind,
    Room,
    RoomEngineer,
    Service,
    ServiceMode,
    ServicePricing,
    WorkingHours,
)
from models.clients import Client, ClientSource, ClientStatus
from models.studio import StudioInfo
from services import catalog, scheduling
from services.core.clock import to_instant
from services.core.studio import studio_info
from services.scheduling import Claim, ReasonCode, SlotRequest, SlotTaken

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
MONDAY = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)
CHRISTMAS = date(2026, 12, 25)

A, B, C, GARAGE = 101, 102, 103, 104
MAYA, LEO, NIA = 201, 202, 203
U87, U87_UNITS = 31, (301, 302)
CLIENT, SERVICE = 501, 900

_ROOMS = {A: "Studio A", B: "Studio B", C: "Studio C", GARAGE: "Garage"}
_ENGINEERS = {MAYA: ("Maya", (A, B)), LEO: ("Leo", (A,)), NIA: ("Nia", (A, B, C))}
_PERIODS = (("Morning", time(10), time(14)), ("Afternoon", time(14), time(18)))


def furnish(session: Session) -> None:
    """Garage has no engineer. Nia works on Fridays from noon to eight only, the others always."""
    session.exec(delete(Period).where(col(Period.id) > 0))
    session.exec(delete(Service).where(col(Service.id) > 0))
    session.merge(StudioInfo(id=1, name="Platinum Sound", time_zone="America/New_York"))
    names = {**_ROOMS, **{key: name for key, (name, _) in _ENGINEERS.items()}, **dict.fromkeys(U87_UNITS, "U87")}
    kinds = {1: ResourceKind.ROOM, 2: ResourceKind.ENGINEER, 3: ResourceKind.GEAR_UNIT}
    session.add_all(Resource(id=key, kind=kinds[key // 100], name=name) for key, name in names.items())
    session.add(MicOption(id=U87, name="U87", is_premium=True))
    session.add(Client(id=CLIENT, name="Nova Records", source=ClientSource.STAFF, status=ClientStatus.ACTIVE))
    session.flush()
    session.add_all(Room(id=key, name=name, base_rate_cents=9000, position=key) for key, name in _ROOMS.items())
    session.add_all(Engineer(id=key, name=name) for key, (name, _) in _ENGINEERS.items())
    session.add_all(GearUnit(id=unit, mic_option_id=U87) for unit in U87_UNITS)
    session.add_all(_services())
    session.flush()
    for key, (_, rooms) in _ENGINEERS.items():
        session.add_all(
            RoomEngineer(room_id=room, engineer_id=key, is_primary=room == A and key == MAYA) for room in rooms
        )
    for key in (MAYA, LEO):
        session.add_all(WorkingHours(resource_id=key, weekday=n, start=time(0), end=time(0)) for n in range(7))
    session.add(WorkingHours(resource_id=NIA, weekday=4, start=time(12), end=time(20)))
    session.add_all(_periods())
    session.add(Closure(first_day=CHRISTMAS, last_day=CHRISTMAS, reason="Christmas"))
    session.flush()


def _periods() -> list[Period]:
    """Ids are 1 to 18: three a day from Monday's morning on."""
    stretches = [(n, *one) for n in range(6) for one in (*_PERIODS, ("Evening", time(18), time(23 if n < 4 else 2)))]
    return [
        Period(id=key, weekday=weekday, name=name, start=start, end=end, capacity_minutes=240)
        for key, (weekday, name, start, end) in enumerate(stretches, 1)
    ]


def _services() -> list[Service]:
    """Recording needs 15 minutes to reset; a mix takes 90 minutes, a master 240."""
    base = {"pricing": ServicePricing.FLAT, "price_cents": 10_000}
    online = {"mode": ServiceMode.ONLINE, **base}
    return [
        Service(
            id=SERVICE, code="RECORDING", name="Recording", mode=ServiceMode.IN_PERSON, duration_minutes=120,
            buffer_minutes=15, **base,
        ),
        Service(id=901, code="MIX", name="Online Mixing", duration_minutes=80, buffer_minutes=10, position=1, **online),
        Service(id=902, code="MASTER", name="Online Mastering", duration_minutes=240, position=2, **online),
    ]  # fmt: skip


def at(day: date, clock: str, *, second: bool = False) -> datetime:
    """`at(FRIDAY, "23:30")`: the instant of a New York wall-clock time."""
    return to_instant(datetime.combine(day, time.fromisoformat(clock)), ZONE, second=second)


NOON = at(FRIDAY, "12:00")


def claim(
    session: Session, wish: SlotRequest, *, now: datetime = NOW, reveal: bool = False, moving: int | None = None
) -> Claim:
    rooms = catalog.rooms_by_id(session, wish.room_ids)
    studio = studio_info(session)
    return scheduling.claim(session, wish, now=now, studio=studio, rooms=rooms, reveal=reveal, except_booking_id=moving)


def close(session: Session, day: date, reason: str) -> None:
    session.add(Closure(first_day=day, last_day=day, reason=reason))
    session.flush()


def book(session: Session, wish: SlotRequest, *, now: datetime = NOW) -> int:
    """Claims and stores, under a booking row with nothing but what the table asks for."""
    claimed = claim(session, wish, now=now)
    booking = booking_row(wish)
    session.add(booking)
    session.flush()
    assert booking.id is not None
    scheduling.store(session, claimed, booking.id)
    return booking.id


def booking_row(wish: SlotRequest) -> Booking:
    return Booking(
        public_token=uuid4().hex,
        client_id=CLIENT,
        status=BookingStatus.CONFIRMED,
        source=BookingSource.STAFF,
        mode=ServiceMode.IN_PERSON,
        start=wish.start,
        end=wish.start + timedelta(minutes=wish.minutes),
        business_date=wish.start.astimezone(ZONE).date(),
        minutes=wish.minutes,
        buffer_minutes=wish.buffer_minutes,
        service_id=SERVICE,
        service_code="RECORDING",
        service_name="Recording",
        service_pricing=ServicePricing.FLAT,
        service_price_cents=0,
        currency="USD",
        tax_rate_pct=0,
        terms_version=1,
    )


OVERLAPS = text(
    "select count(*) from allocation a join allocation b"
    " on a.id < b.id and a.resource_id = b.resource_id and a.during && b.during"
)


def furnish_database(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        furnish(session)


def codes(session: Session, wish: SlotRequest) -> list[ReasonCode]:
    try:
        claim(session, wish)
    except SlotTaken as refused:
        return [reason.code for reason in refused.answer.reasons]
    return []


def sentence(session: Session, wish: SlotRequest, *, reveal: bool = False) -> str:
    with pytest.raises(SlotTaken) as refused:
        claim(session, wish, reveal=reveal)
    return refused.value.message
