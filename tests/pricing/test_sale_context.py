"""What a price is made of, read at once."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import Session

from models.pricing import EngineerRate, RateAdjustment, RateRule, RateRuleKind, RoomPriceLimit
from models.studio import StudioInfo
from services import catalog, pricing
from services.core.studio import studio_info
from services.pricing import SaleContext
from tests.catalog.details import service_row

pytestmark = pytest.mark.usefixtures("two_rooms")
DAY = date(2026, 11, 28)


def _context(session: Session) -> SaleContext:
    session.merge(StudioInfo(name="Platinum Sound"))
    session.flush()
    return pricing.sale_context(session, "RECORDING", DAY, [101, 102], 201, [31])


def test_the_context_is_what_the_single_reads_say(session: Session) -> None:
    session.add(service_row("RECORDING"))
    session.flush()

    context = _context(session)

    assert context.studio == studio_info(session)
    assert context.service == catalog.service_by_code(session, "RECORDING")
    assert {room.id: room for room in context.rooms} == catalog.rooms_by_id(session, [101, 102])
    assert {one.id: one for one in context.engineers} == catalog.engineers_by_id(session, [201])
    assert {mic.id: mic for mic in context.mics} == catalog.mics_by_id(session, [31])


def test_the_limit_of_the_day_counts(session: Session) -> None:
    session.add(
        RoomPriceLimit(room_id=101, min_price_cents=1, max_price_cents=2, effective=Range(date(2026, 1, 1), DAY))
    )
    session.add(RoomPriceLimit(room_id=101, min_price_cents=3, max_price_cents=4, effective=Range(DAY, None)))

    limits = _context(session).limits_on(DAY)

    assert set(limits) == {101}
    assert (limits[101].min_price_cents, limits[101].from_day, limits[101].to_day) == (3, DAY, None)


def test_the_rate_of_the_day_counts_in_each_room(session: Session) -> None:
    for room_id, cents, effective in (
        (None, 5000, Range(date(2026, 1, 1), None)),
        (101, 6000, Range(date(2026, 1, 1), None)),
        (102, 9000, Range(date(2027, 1, 1), None)),
    ):
        session.add(EngineerRate(engineer_id=201, room_id=room_id, hourly_rate_cents=cents, effective=effective))

    rates = _context(session).rates_on(DAY, [101, 102])

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

    rules = _context(session).rules

    assert [rule.name for rule in rules] == ["New Year", "Evening"]
    assert (rules[0].from_day, rules[0].to_day) == (DAY, date(2026, 11, 29))
