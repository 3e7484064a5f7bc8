"""The quote is a pure function: every price as a line with its reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.bookings import LineKind
from models.catalog import ServiceMode, ServicePricing
from models.pricing import RateAdjustment, RateRuleKind
from services.catalog import ServiceView
from services.core.errors import Invalid
from services.pricing import (
    Discount,
    EngineerCharge,
    MicCharge,
    QuoteInput,
    RateOverride,
    RateRuleView,
    RoomCharge,
    Terms,
    quote,
)

NEW_YORK = ZoneInfo("America/New_York")
TERMS = Terms(NEW_YORK, "USD", "en_US", tax_rate_pct=Decimal(0), deposit_pct=50)
RECORDING = ServiceView(
    id=1,
    code="RECORDING",
    name="Recording",
    mode=ServiceMode.IN_PERSON,
    pricing=ServicePricing.HOURLY,
    price_cents=0,
    duration_minutes=240,
    is_active=True,
    position=0,
    deleted_at=None,
)
EVENING = RateRuleView(
    id=1,
    name="Evening rate",
    kind=RateRuleKind.EVENING,
    start=time(18),
    end=time(2),
    adjustment=RateAdjustment.PERCENT,
    percent=Decimal(10),
    priority=1,
    is_active=True,
)
WEEKEND = RateRuleView(
    id=2,
    name="Weekend rate",
    kind=RateRuleKind.WEEKEND,
    weekdays=(5, 6),
    adjustment=RateAdjustment.FIXED_RATE,
    rate_cents=200_00,
    priority=2,
    is_active=True,
)
THANKSGIVING = replace(
    EVENING,
    id=3,
    name="Holiday rate",
    kind=RateRuleKind.HOLIDAY,
    start=None,
    end=None,
    from_day=date(2026, 11, 26),
    to_day=date(2026, 11, 26),
    percent=Decimal(50),
    priority=3,
)
STUDIO_A = RoomCharge(1, "Studio A", 150_00)
MAYA = EngineerCharge(9, "Maya", 60_00)


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=NEW_YORK).astimezone(UTC)  # type: ignore[misc]


WEDNESDAY_NOON = local(2026, 11, 18, 12)


def session_of(minutes: int = 240, **changes: object) -> QuoteInput:
    base = QuoteInput(WEDNESDAY_NOON, minutes, TERMS, RECORDING, rooms=(STUDIO_A,))
    return replace(base, **changes)  # type: ignore[arg-type]


def amounts(wanted: QuoteInput) -> list[tuple[str, int]]:
    return [(line.description, line.amount_cents) for line in quote(wanted).lines]


@pytest.mark.parametrize(
    ("case", "wanted", "expected"),
    [
        ("a room by the hour", session_of(), [("Studio A, 4 h × $150.00", 600_00)]),
        ("half hours", session_of(150), [("Studio A, 2.5 h × $150.00", 375_00)]),
        ("to the minute", session_of(80), [("Studio A, 1 h 20 min × $150.00", 200_00)]),
        (
            "half a cent goes to the even one",
            session_of(1, rooms=(RoomCharge(1, "Vox", 30),)),
            [("Vox, 1 min × $0.30", 0)],
        ),
        (
            "an engineer",
            session_of(engineer=MAYA),
            [("Studio A, 4 h × $150.00", 600_00), ("Engineer Maya, 4 h × $60.00", 240_00)],
        ),
        (
            "several rooms",
            session_of(60, rooms=(STUDIO_A, RoomCharge(2, "Vox", 60_00))),
            [("Studio A, 1 h × $150.00", 150_00), ("Vox, 1 h × $60.00", 60_00)],
        ),
        (
            "only premium mics cost",
            session_of(60, mics=(MicCharge("SM57", 2, 0), MicCharge("Neumann U87", 2, 40_00))),
            [("Studio A, 1 h × $150.00", 150_00), ("Neumann U87 × 2", 80_00)],
        ),
        (
            "a flat service",
            session_of(60, service=replace(RECORDING, name="Mixing", pricing=ServicePricing.FLAT, price_cents=99_00)),
            [("Studio A, 1 h × $150.00", 150_00), ("Mixing", 99_00)],
        ),
        (
            "below the lowest rate",
            session_of(60, rooms=(replace(STUDIO_A, min_cents=180_00),)),
            [("Studio A, 1 h × $180.00 (lowest rate $180.00/h)", 180_00)],
        ),
        (
            "above the highest rate",
            session_of(60, rooms=(replace(STUDIO_A, max_cents=120_00),)),
            [("Studio A, 1 h × $120.00 (highest rate $120.00/h)", 120_00)],
        ),
        (
            "a rate by hand may pass the limits and says why",
            session_of(
                60,
                rooms=(replace(STUDIO_A, min_cents=180_00),),
                overrides={1: RateOverride(1, 100_00, "old friend")},
            ),
            [("Studio A, 1 h × $100.00 (rate changed: old friend)", 100_00)],
        ),
        (
            "percent off",
            session_of(60, discount=Discount("first visit", percent=Decimal(10))),
            [("Studio A, 1 h × $150.00", 150_00), ("Discount 10%: first visit", -15_00)],
        ),
        (
            "an amount off",
            session_of(60, discount=Discount("late start", amount_cents=20_00)),
            [("Studio A, 1 h × $150.00", 150_00), ("Discount: late start", -20_00)],
        ),
        (
            "tax comes last, on what is left",
            session_of(
                60,
                terms=replace(TERMS, tax_rate_pct=Decimal("8.875")),
                discount=Discount("first visit", percent=Decimal(10)),
            ),
            [("Studio A, 1 h × $150.00", 150_00), ("Discount 10%: first visit", -15_00), ("Tax 8.875%", 11_98)],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_lines(case: str, wanted: QuoteInput, expected: list[tuple[str, int]]) -> None:
    assert amounts(wanted) == expected


@pytest.mark.parametrize(
    ("case", "start", "minutes", "rules", "extra"),
    [
        ("before the evening", local(2026, 11, 18, 14), 240, (EVENING,), []),
        ("into the evening", local(2026, 11, 18, 17), 120, (EVENING,), [("Evening rate, 1 h × 10%", 15_00)]),
        ("past midnight", local(2026, 11, 18, 23), 240, (EVENING,), [("Evening rate, 3 h × 10%", 45_00)]),
        ("begun after midnight", local(2026, 11, 19, 1), 120, (EVENING,), [("Evening rate, 1 h × 10%", 15_00)]),
        (
            "the weekend beats the evening",
            local(2026, 11, 21, 19),
            120,
            (EVENING, WEEKEND),
            [("Weekend rate, 2 h at $200.00 instead of $150.00", 100_00)],
        ),
        (
            "Friday night turns into the weekend",
            local(2026, 11, 20, 23),
            120,
            (EVENING, WEEKEND),
            [("Evening rate, 1 h × 10%", 15_00), ("Weekend rate, 1 h at $200.00 instead of $150.00", 50_00)],
        ),
        (
            "a holiday beats all",
            local(2026, 11, 26, 20),
            60,
            (EVENING, WEEKEND, THANKSGIVING),
            [("Holiday rate, 1 h × 50%", 75_00)],
        ),
        ("a rule of another room", local(2026, 11, 18, 20), 60, (replace(EVENING, room_id=2),), []),
        (
            "the hour that comes twice in autumn is two real hours",
            local(2026, 11, 1, 0),
            180,
            (EVENING,),
            [("Evening rate, 3 h × 10%", 45_00)],
        ),
        (
            "the hour that is skipped in spring is none",
            local(2027, 3, 14, 1),
            60,
            (replace(EVENING, end=time(4)),),
            [("Evening rate, 1 h × 10%", 15_00)],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_rate_rules_are_lines_of_their_own(
    case: str, start: datetime, minutes: int, rules: tuple[RateRuleView, ...], extra: list[tuple[str, int]]
) -> None:
    wanted = session_of(minutes, start=start, rules=rules)
    assert amounts(wanted)[1:] == extra


@pytest.mark.parametrize(
    ("discount", "field"),
    [
        (Discount("", percent=Decimal(10)), "discount.reason"),
        (Discount("x", percent=Decimal(0)), "discount.percent"),
        (Discount("x", percent=Decimal(101)), "discount.percent"),
        (Discount("x", amount_cents=0), "discount.amount_cents"),
        (Discount("x", amount_cents=-5), "discount.amount_cents"),
        (Discount("x", amount_cents=150_01), "discount.amount_cents"),
        (Discount("x"), "discount"),
        (Discount("x", percent=Decimal(1), amount_cents=1), "discount"),
    ],
)
def test_a_wrong_discount_is_refused_by_its_field(discount: Discount, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        quote(session_of(60, discount=discount))
    assert refused.value.field == field


def test_a_rate_by_hand_needs_a_reason() -> None:
    with pytest.raises(Invalid) as refused:
        quote(session_of(60, overrides={1: RateOverride(1, 100_00, " ")}))
    assert refused.value.field == "rate_overrides"


def test_the_deposit_is_a_share_of_the_total_with_tax() -> None:
    quoted = quote(session_of(60, terms=replace(TERMS, tax_rate_pct=Decimal(10), deposit_pct=50)))
    assert (quoted.total_cents, quoted.deposit_cents) == (165_00, 82_50)


@given(
    minutes=st.integers(1, 24 * 60),
    hourly=st.integers(0, 100_000),
    percent=st.none() | st.decimals(1, 100, places=2),
    tax=st.decimals(0, 30, places=3),
)
def test_the_total_is_the_sum_of_its_lines_and_never_negative(
    minutes: int, hourly: int, percent: Decimal | None, tax: Decimal
) -> None:
    quoted = quote(
        session_of(
            minutes,
            rooms=(RoomCharge(1, "Studio A", hourly),),
            rules=(EVENING, WEEKEND),
            discount=Discount("x", percent=percent) if percent else None,
            terms=replace(TERMS, tax_rate_pct=tax),
        )
    )
    assert quoted.total_cents == sum(line.amount_cents for line in quoted.lines) >= 0
    assert quoted.subtotal_cents == sum(
        line.amount_cents for line in quoted.lines if line.kind not in (LineKind.DISCOUNT, LineKind.TAX)
    )
