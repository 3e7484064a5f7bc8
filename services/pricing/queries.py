"""SELECT → frozen views of limits, rates and rules. Functions without an actor are for other areas."""

from typing import Any

from sqlalchemy import ColumnExpressionArgument, Row, func, select
from sqlmodel import Session, col

from models.pricing import EngineerRate, RateRule, RoomPriceLimit
from services.core.access import STAFF, Actor, Permission, require
from services.core.db import table
from services.core.fields import MAX_ID
from services.core.rows import day_span, in_effect, values, view
from services.pricing.types import RateRuleView, RateView, RoomLimitView


def rate_rules(session: Session, *where: ColumnExpressionArgument[bool]) -> tuple[RateRuleView, ...]:
    """The highest priority first."""
    query = select(table(RateRule)).where(*where).order_by(col(RateRule.priority).desc(), col(RateRule.id))
    return tuple(_rate_rule(row) for row in session.execute(query))


def _rate_rule(row: Row[Any]) -> RateRuleView:
    mapping = values(row)
    from_day, to_day = day_span(mapping["days"]) if mapping["days"] else (None, None)
    mapping |= {"from_day": from_day, "to_day": to_day, "weekdays": tuple(mapping["weekdays"])}
    return view(RateRuleView, mapping)


def active_rate_rules(session: Session) -> tuple[RateRuleView, ...]:
    return rate_rules(session, col(RateRule.is_active))


def limits(session: Session, *where: ColumnExpressionArgument[bool]) -> tuple[RoomLimitView, ...]:
    """The latest first."""
    query = select(table(RoomPriceLimit)).where(*where).order_by(func.lower(col(RoomPriceLimit.effective)).desc())
    return tuple(in_effect(RoomLimitView, row) for row in session.execute(query))


def rates(session: Session, *where: ColumnExpressionArgument[bool]) -> tuple[RateView, ...]:
    """The latest first."""
    latest_first = func.lower(col(EngineerRate.effective)).desc(), col(EngineerRate.id).desc()
    query = select(table(EngineerRate)).where(*where).order_by(*latest_first)
    return tuple(in_effect(RateView, row) for row in session.execute(query))


def list_rate_rules(session: Session, actor: Actor, include_inactive: bool = False) -> tuple[RateRuleView, ...]:
    """The highest priority first."""
    require(actor, *STAFF)
    return rate_rules(session, *(() if include_inactive else (col(RateRule.is_active),)))


def room_limit_history(session: Session, actor: Actor, room_id: int) -> tuple[RoomLimitView, ...]:
    """The latest first."""
    require(actor, Permission.SET_ROOM_LIMITS, Permission.OVERRIDE_PRICING)
    return limits(session, col(RoomPriceLimit.room_id) == min(room_id, MAX_ID))


def engineer_rate_history(session: Session, actor: Actor, engineer_id: int) -> tuple[RateView, ...]:
    """The latest first."""
    _require_rates(actor, engineer_id)
    return rates(session, col(EngineerRate.engineer_id) == min(engineer_id, MAX_ID))


def _require_rates(actor: Actor, engineer_id: int) -> None:
    """Engineers see their own."""
    if actor.engineer_id != engineer_id:
        require(actor, Permission.SET_ENGINEER_RATES, Permission.OVERRIDE_PRICING)
