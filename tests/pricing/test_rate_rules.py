from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
from sqlmodel import Session

from models.pricing import RateAdjustment, RateRuleKind
from services import catalog, pricing
from services.core.access import Actor
from services.core.errors import Invalid, NotAllowed, NotFound
from tests import cast
from tests.catalog.details import last_audit

EVENING = pricing.RateRuleDetails(
    name="Evening",
    kind=RateRuleKind.EVENING,
    start=time(20),
    end=time(2),
    adjustment=RateAdjustment.PERCENT,
    percent=Decimal("12.5"),
)


def test_a_rule_is_saved_changed_and_switched_off(session: Session, admin: Actor, room: catalog.RoomView) -> None:
    rule = pricing.save_rate_rule(session, admin, EVENING)
    assert (rule.percent, rule.start, rule.end) == (Decimal("12.5"), time(20), time(2))

    changed = pricing.save_rate_rule(
        session,
        admin,
        replace(rule, adjustment=RateAdjustment.FIXED_RATE, percent=None, rate_cents=20000, room_id=room.id),
        rule.id,
    )

    assert (changed.percent, changed.rate_cents, changed.room_id) == (None, 20000, room.id)
    assert last_audit(session).changes["before"]["percent"] == "12.500"
    assert not pricing.deactivate_rate_rule(session, admin, rule.id).is_active
    assert pricing.list_rate_rules(session, admin) == ()
    assert pricing.list_rate_rules(session, admin, include_inactive=True)[0].id == rule.id
    assert pricing.activate_rate_rule(session, admin, rule.id).is_active


def test_a_holiday_counts_on_its_days_both_included(session: Session, admin: Actor) -> None:
    eve, day = date(2026, 12, 24), date(2026, 12, 25)

    rule = pricing.save_rate_rule(
        session, admin, replace(EVENING, name="Christmas", kind=RateRuleKind.HOLIDAY, from_day=eve, to_day=day)
    )

    assert (rule.from_day, rule.to_day) == (eve, day)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"end": None}, "end"),
        ({"start": None, "end": None}, "start"),
        ({"kind": RateRuleKind.WEEKEND}, "weekdays"),
        ({"kind": RateRuleKind.HOLIDAY}, "from_day"),
        ({"from_day": date(2026, 1, 1)}, "to_day"),
        ({"weekdays": (7,)}, "weekdays"),
        ({"percent": None}, "percent"),
        ({"percent": Decimal(-100)}, "percent"),
        ({"percent": Decimal("NaN")}, "percent"),
        ({"percent": Decimal("1.2345")}, "percent"),
        ({"adjustment": RateAdjustment.FIXED_RATE}, "rate_cents"),
        ({"adjustment": RateAdjustment.FIXED_RATE, "rate_cents": -1}, "rate_cents"),
        ({"priority": 10_000}, "priority"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_at_its_field(
    session: Session, admin: Actor, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        pricing.save_rate_rule(session, admin, replace(EVENING, **change))  # type: ignore[arg-type]

    assert refused.value.field == field


def test_rules_are_the_administrators_to_change(session: Session, admin: Actor) -> None:
    with pytest.raises(NotAllowed):
        pricing.save_rate_rule(session, cast.dana(session), EVENING)
    with pytest.raises(NotFound):
        pricing.save_rate_rule(session, admin, replace(EVENING, room_id=999_999))
