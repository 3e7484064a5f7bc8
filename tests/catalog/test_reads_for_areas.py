"""What the areas above read: one statement each, retired things included where bookings need them."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import Session

from models.catalog import (
    Engineer,
    GearUnit,
    MicOption,
    Resource,
    ResourceKind,
    Room,
    RoomEngineer,
    Service,
    ServiceMode,
    ServicePricing,
)
from models.rates import EngineerRate, RateAdjustment, RateRule, RateRuleKind, RoomPriceLimit
from models.studio import StudioInfo
from services import catalog
from services.catalog import SaleContext
from services.core.errors import Invalid, NotFound
from services.core.studio import studio_info

DAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _rows(session: Session) -> None:
    session.add_all(
        Resource(id=key, kind=kind, name=name)
        for key, kind, name in (
            (101, ResourceKind.ROOM, "Studio A"),
            (102, ResourceKind.ROOM, "Studio B"),
            (201, ResourceKind.ENGINEER, "Maya"),
            (301, ResourceKind.GEAR_UNIT, "U87 #1"),
        )
    )
    session.add(MicOption(id=31, name="U87", upcharge_cents=4000, is_premium=True))
    session.flush()
    session.add_all(
        [
            Room(id=101, name="Studio A", base_rate_cents=15000, amenities=["Piano"]),
            Room(id=102, name="Studio B", base_rate_cents=11000),
            Engineer(id=201, name="Maya"),
            GearUnit(id=301, mic_option_id=31),
        ]
    )
    session.flush()
    session.add(RoomEngineer(room_id=101, engineer_id=201, is_primary=True))


def _service(code: str, *, is_active: bool = True) -> Service:
    return Service(
        code=code,
        name=code.title(),
        mode=ServiceMode.IN_PERSON,
        pricing=ServicePricing.HOURLY,
        price_cents=0,
        duration_minutes=120,
        is_active=is_active,
    )


def _offer(session: Session) -> SaleContext:
    session.merge(StudioInfo(name="Platinum Sound"))
    session.flush()
    return catalog.sale_context(session, "RECORDING", DAY, [101, 102], 201, [31])


def test_an_offer_is_what_the_single_reads_say(session: Session) -> None:
    session.add(_service("RECORDING"))
    session.flush()

    offer = _offer(session)

    assert offer.studio == studio_info(session)
    assert offer.service == catalog.service_by_code(session, "RECORDING")
    assert {room.id: room for room in offer.rooms} == catalog.rooms_by_id(session, [101, 102])
    assert {one.id: one for one in offer.engineers} == catalog.engineers_by_id(session, [201])
    assert {mic.id: mic for mic in offer.mics} == catalog.mics_by_id(session, [31])


def test_rooms_engineers_and_mics_come_by_id_and_know_each_other(session: Session) -> None:
    rooms = catalog.rooms_by_id(session, [101, 102, 999])
    engineer = catalog.engineers_by_id(session, [201])[201]

    assert {room.id: room.engineer_ids for room in rooms.values()} == {101: (201,), 102: ()}
    assert rooms[101].amenities == ("Piano",)
    assert (engineer.room_ids, engineer.primary_room_id) == ((101,), 101)
    assert catalog.mics_by_id(session, [31])[31].units == 1


def test_a_service_is_found_by_its_code_unless_it_is_retired(session: Session) -> None:
    session.add_all([_service("RECORDING"), _service("TAPE", is_active=False)])

    assert catalog.service_by_code(session, "RECORDING").mode is ServiceMode.IN_PERSON
    with pytest.raises(Invalid) as retired:
        catalog.service_by_code(session, "TAPE")
    with pytest.raises(NotFound):
        catalog.service_by_code(session, "NOPE")
    assert retired.value.field == "service"
    assert [service.code for service in catalog.services_on_sale(session)] == ["RECORDING"]


def test_the_limit_of_the_day_counts(session: Session) -> None:
    session.add(
        RoomPriceLimit(room_id=101, min_price_cents=1, max_price_cents=2, effective=Range(date(2026, 1, 1), DAY))
    )
    session.add(RoomPriceLimit(room_id=101, min_price_cents=3, max_price_cents=4, effective=Range(DAY, None)))

    limits = _offer(session).limits_on(DAY)

    assert set(limits) == {101}
    assert (limits[101].min_price_cents, limits[101].from_day, limits[101].to_day) == (3, DAY, None)


def test_the_rate_of_the_day_counts_in_each_room(session: Session) -> None:
    for room_id, cents, effective in (
        (None, 5000, Range(date(2026, 1, 1), None)),
        (101, 6000, Range(date(2026, 1, 1), None)),
        (102, 9000, Range(date(2027, 1, 1), None)),
    ):
        session.add(EngineerRate(engineer_id=201, room_id=room_id, hourly_rate_cents=cents, effective=effective))

    rates = _offer(session).rates_on(DAY, [101, 102])

    assert {room: rate.hourly_rate_cents for room, rate in rates.items()} == {None: 5000, 101: 6000, 102: 5000}


def test_active_rules_come_with_the_highest_priority_first(session: Session) -> None:
    for name, priority, active in (("Evening", 1, True), ("New Year", 9, True), ("Old", 5, False)):
        session.add(
            RateRule(
                name=name,
                kind=RateRuleKind.EVENING,
                adjustment=RateAdjustment.PERCENT,
                percent=Decimal(10),
                days=Range(DAY, date(2026, 11, 30)),
                priority=priority,
                is_active=active,
            )
        )

    rules = _offer(session).rules

    assert [rule.name for rule in rules] == ["New Year", "Evening"]
    assert (rules[0].from_day, rules[0].to_day) == (DAY, date(2026, 11, 29))


def test_the_studio_knows_its_zone(session: Session) -> None:
    session.add(StudioInfo(name="Platinum Sound", time_zone="Europe/Berlin"))

    assert str(studio_info(session).zone) == "Europe/Berlin"
