"""Evenings, weekends and holidays."""

from datetime import date
from typing import Any

from sqlalchemy.dialects.postgresql import Range
from sqlmodel import Session, col

from models.pricing import RateAdjustment, RateRule, RateRuleKind
from services import catalog
from services.core import checks
from services.core.access import Actor, Permission, require
from services.core.checking import all_at_once, noted
from services.core.errors import Invalid
from services.core.fields import parse_name, parse_word
from services.core.rows import add, days, load, save
from services.pricing.queries import rate_rules
from services.pricing.types import RateRuleDetails, RateRuleView


def save_rate_rule(
    session: Session, actor: Actor, details: RateRuleDetails, rule_id: int | None = None
) -> RateRuleView:
    """A new rule, or another shape of one. Bookings already sold keep their price."""
    require(actor, Permission.MANAGE_CATALOG)
    values = _checked(details)
    if details.room_id is not None:
        catalog.lock_room(session, details.room_id)
    if rule_id is None:
        rule = RateRule(**values)
        add(session, actor, "rate_rule_created", rule)
    else:
        rule = load(session, RateRule, rule_id, "rate rule")
        save(session, actor, "rate_rule_updated", rule, values)
    return _view(session, rule)


def deactivate_rate_rule(session: Session, actor: Actor, rule_id: int) -> RateRuleView:
    require(actor, Permission.MANAGE_CATALOG)
    return _set_active(session, actor, rule_id, False)


def activate_rate_rule(session: Session, actor: Actor, rule_id: int) -> RateRuleView:
    require(actor, Permission.MANAGE_CATALOG)
    return _set_active(session, actor, rule_id, True)


def _set_active(session: Session, actor: Actor, rule_id: int, active: bool) -> RateRuleView:
    rule = load(session, RateRule, rule_id, "rate rule")
    save(session, actor, f"rate_rule_{'' if active else 'de'}activated", rule, {"is_active": active})
    return _view(session, rule)


def _view(session: Session, rule: RateRule) -> RateRuleView:
    return rate_rules(session, col(RateRule.id) == rule.id)[0]


@all_at_once
def _checked(details: RateRuleDetails) -> dict[str, Any]:
    return {
        "name": parse_name(details.name, "name", "The rule's name"),
        "kind": parse_word(RateRuleKind, details.kind, "kind"),
        "weekdays": sorted({checks.whole(each, "weekdays", "A weekday", 0, 6) for each in details.weekdays}),
        **(_part_of_day(details) or {}),
        "days": _days(details),
        "room_id": details.room_id,
        **(_adjustment(details) or {}),
        "priority": checks.whole(details.priority, "priority", "The priority", -1_000, 1_000),
    }


@noted
def _part_of_day(details: RateRuleDetails) -> dict[str, Any]:
    if (details.start is None) != (details.end is None):
        raise Invalid("Give both the start and the end, or neither.", field="end" if details.start else "start")
    if details.kind is RateRuleKind.EVENING and details.start is None:
        raise Invalid("Say from when to when the evening lasts.", field="start")
    if details.kind is RateRuleKind.WEEKEND and not details.weekdays:
        raise Invalid("Say which weekdays are the weekend.", field="weekdays")
    return {
        "start": None if details.start is None else checks.local_time(details.start, "start"),
        "end": None if details.end is None else checks.local_time(details.end, "end"),
    }


@noted
def _adjustment(details: RateRuleDetails) -> dict[str, Any]:
    kind = parse_word(RateAdjustment, details.adjustment, "adjustment")
    if kind is RateAdjustment.PERCENT:
        if details.percent is None or details.percent == -100:
            raise Invalid("Say by how many percent the rate changes, above -100.", field="percent")
        percent = checks.decimal(details.percent, -100, 900, 3, "percent", "The percentage")
        return {"adjustment": kind, "percent": percent, "rate_cents": None}
    if details.rate_cents is None:
        raise Invalid("Say what an hour costs.", field="rate_cents")
    return {
        "adjustment": kind,
        "percent": None,
        "rate_cents": checks.cents(details.rate_cents, "rate_cents", "The rate"),
    }


@noted
def _days(details: RateRuleDetails) -> Range[date] | None:
    if details.from_day is None and details.to_day is None:
        if details.kind is RateRuleKind.HOLIDAY:
            raise Invalid("Say on which days the holiday is.", field="from_day")
        return None
    if details.from_day is None or details.to_day is None:
        raise Invalid(
            "Give both the first and the last day, or neither.", field="to_day" if details.from_day else "from_day"
        )
    checks.day_range(details.from_day, details.to_day, "from_day", "to_day")
    return days(details.from_day, details.to_day)
