"""A studio of 20 rooms and 30 engineers with two years of bookings, and then many more years behind."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import psycopg
from sqlmodel import Session

from services import catalog, clients, identity, pricing
from services.catalog import EngineerDetails, PeriodDetails, RoomDetails, WeekStretch
from services.clients import NewClient
from services.core import db, migrations
from services.core.access import SYSTEM, Role
from services.identity import NewUser
from services.pricing import NewRate

ROOMS, ENGINEERS, CLIENTS = 20, 30, 200
BOOKINGS, DAYS = 50_000, 730
ALLOCATIONS = 1_000_000
SERVICE = "RECORDING"
_AGENT = NewUser("Agent", "agent@example.com", "a bench of oak", frozenset({Role.BOOKING_AGENT}))
_A_DAY = 4
"""Sessions a room can have on a day: three hours and the reset, from eight in the morning."""


@dataclass(frozen=True, slots=True)
class Place:
    room_ids: tuple[int, ...]
    engineer_ids: tuple[int, ...]
    client_ids: tuple[int, ...]
    cookie: str
    """Of a signed-in booking agent."""


def furnish() -> Place:
    migrations.upgrade()
    rooms, engineers, people = db.run(_furnish)
    token = db.run(identity.sign_in, _AGENT.email, _AGENT.password, "127.0.0.1", "benchmark").token
    return Place(rooms, engineers, people, f"studio_session={token}")


def _furnish(session: Session) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    catalog.first_catalog(session)
    for period in catalog.list_periods(session, SYSTEM):
        catalog.deactivate_period(session, SYSTEM, period.id)
    for weekday in range(7):
        day = PeriodDetails(weekday=weekday, name="Day", start=time(8), end=time(2), capacity_minutes=10_000)
        catalog.save_period(session, SYSTEM, day)
    engineers = tuple(_engineer(session, number) for number in range(ENGINEERS))
    rooms = tuple(
        catalog.create_room(session, SYSTEM, RoomDetails(name=f"Room {number + 1}", base_rate_cents=10_000)).id
        for number in range(ROOMS)
    )
    for room_id in rooms:
        catalog.set_room_engineers(session, SYSTEM, room_id, engineers)
    people = tuple(
        clients.create_client(session, SYSTEM, NewClient(f"Client {number}", f"client{number}@example.com")).id
        for number in range(CLIENTS)
    )
    identity.create_user(session, SYSTEM, _AGENT)
    return rooms, engineers, people


def _engineer(session: Session, number: int) -> int:
    engineer_id = catalog.create_engineer(session, SYSTEM, EngineerDetails(name=f"Engineer {number + 1}")).id
    week = tuple(WeekStretch(weekday=weekday, start=time(8), end=time(2)) for weekday in range(7))
    catalog.set_working_hours(session, SYSTEM, engineer_id, week)
    rate = NewRate(engineer_id=engineer_id, hourly_rate_cents=5_000, from_day=date(2020, 1, 1))
    pricing.set_engineer_rate(session, SYSTEM, rate)
    return engineer_id


def two_years(url: str, place: Place, first_day: date) -> None:
    """50,000 bookings, each with its room, engineer and lines, spread evenly over 730 days."""
    with psycopg.connect(url) as connection:
        cursor = connection.cursor()
        service_id, service_name = connection.execute(
            "select id, name from service where code = %s", [SERVICE]
        ).fetchone() or (0, "")
        with cursor.copy(
            'copy booking (id, number, public_token, client_id, status, source, mode, start, "end", business_date,'
            " minutes, buffer_minutes, service_id, service_code, service_name, service_pricing, service_price_cents,"
            " engineer_id, engineer_rate_cents, currency, tax_rate_pct, policy, terms, terms_version,"
            " deposit_cents, notes, referral_name, cancel_reason, version) from stdin"
        ) as copy:
            for index in range(BOOKINGS):
                start, _, engineer_id = _slot(place, first_day, index)
                client_id = place.client_ids[index % CLIENTS]
                who = (index + 1, f"B-{index}", f"token{index}", client_id, "CONFIRMED", "STAFF", "IN_PERSON")
                when = (start, start + timedelta(hours=3), start.date(), 180, 15)
                what = (service_id, SERVICE, service_name, "HOURLY", 0, engineer_id, 5_000, "USD", 0, "{}", "", 1)
                rest = (0, "", "", "", 1)
                copy.write_row((*who, *when, *what, *rest))
        _copy_parts(cursor, place, first_day)
        connection.execute("select setval('booking_id_seq', %s)", [BOOKINGS + 1])
    _settle(url)


def _copy_parts(cursor: psycopg.Cursor, place: Place, first_day: date) -> None:
    slots = [_slot(place, first_day, index) for index in range(BOOKINGS)]
    with cursor.copy("copy booking_room (booking_id, room_id, hourly_rate_cents, position) from stdin") as copy:
        for index, (_, room_id, _) in enumerate(slots):
            copy.write_row((index + 1, room_id, 10_000, 0))
    lines = (
        "copy booking_line (booking_id, kind, description, reason, quantity, unit_price_cents, amount_cents, status)"
    )
    with cursor.copy(f"{lines} from stdin") as copy:
        for index in range(BOOKINGS):
            copy.write_row((index + 1, "ROOM", "Room, 3 h × $100.00", "", 3, 10_000, 30_000, "PENDING"))
            copy.write_row((index + 1, "ENGINEER", "Engineer, 3 h × $50.00", "", 3, 5_000, 15_000, "PENDING"))
    with cursor.copy("copy allocation (resource_id, during, reason, booking_id) from stdin") as copy:
        for index, (start, room_id, engineer_id) in enumerate(slots):
            for resource_id in (room_id, engineer_id):
                copy.write_row((resource_id, _during(start), "SESSION", index + 1))


def many_years(url: str, place: Place, first_day: date) -> None:
    """Fills the ledger of time up to a million rows, with years before those two.

    They hang on the bookings there are: how free time is found does not depend on that.
    """
    missing = (ALLOCATIONS - 2 * BOOKINGS) // 2
    with psycopg.connect(url) as connection:
        earlier = first_day - timedelta(days=1 + missing // (ROOMS * _A_DAY) + 1)
        copying = connection.cursor().copy("copy allocation (resource_id, during, reason, booking_id) from stdin")
        with copying as copy:
            for index in range(missing):
                day, place_of_day = divmod(index, ROOMS * _A_DAY)
                start, room_id, engineer_id = _at(place, earlier + timedelta(days=day), place_of_day)
                for resource_id in (room_id, engineer_id):
                    copy.write_row((resource_id, _during(start), "SESSION", index % BOOKINGS + 1))
    _settle(url)


def _slot(place: Place, first_day: date, index: int) -> tuple[datetime, int, int]:
    """Start, room and engineer of a booking; a few places of each day stay free."""
    day, place_of_day = divmod(index * DAYS * ROOMS * _A_DAY // BOOKINGS, ROOMS * _A_DAY)
    return _at(place, first_day + timedelta(days=day), place_of_day)


def _at(place: Place, day: date, place_of_day: int) -> tuple[datetime, int, int]:
    hour, room = divmod(place_of_day, ROOMS)
    start = datetime.combine(day, time(13), UTC) + timedelta(hours=hour * 3.5)
    return start, place.room_ids[room], place.engineer_ids[(room + day.toordinal()) % ENGINEERS]


def _during(start: datetime) -> str:
    return f"[{start.isoformat()},{(start + timedelta(minutes=195)).isoformat()})"


def _settle(url: str) -> None:
    """What autovacuum would have done by now on a database that grew slowly."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum analyze")
        connection.execute("checkpoint")
