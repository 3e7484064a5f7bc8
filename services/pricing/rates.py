"""Bounds of what rooms cost, and what engineers cost. Nothing is overwritten: all is history."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range
from sqlmodel import Session, col

from models.pricing import EngineerRate, RoomPriceLimit
from services import catalog
from services.core import checks
from services.core.access import Actor, Permission, require
from services.core.checking import all_at_once
from services.core.errors import Conflict, Invalid
from services.core.rows import add, day_span, days, load, remove, save
from services.pricing.queries import limits, rates
from services.pricing.types import NewRate, RateView, RoomLimitView


def set_room_limit(
    session: Session,
    actor: Actor,
    room_id: int,
    min_price_cents: int,
    max_price_cents: int,
    from_day: date,
    to_day: date | None = None,
) -> RoomLimitView:
    """Closes the limit before it the day before. One that begins on the same day is replaced."""
    require(actor, Permission.SET_ROOM_LIMITS)
    _check_limit(min_price_cents, max_price_cents, from_day, to_day)
    room = catalog.lock_room(session, room_id)
    _close_before(session, actor, room_id, from_day)
    limit = RoomPriceLimit(
        room_id=room_id,
        min_price_cents=min_price_cents,
        max_price_cents=max_price_cents,
        effective=days(from_day, to_day),
        created_by=actor.user_id,
    )
    message = f"{room.name} has limits from a later day on. End these ones before that day."
    add(session, actor, "room_limit_set", limit, Conflict(message, code="limits_overlap", field="to_day"))
    return limits(session, col(RoomPriceLimit.id) == limit.id)[0]


def _close_before(session: Session, actor: Actor, room_id: int, from_day: date) -> None:
    """The room's row is locked, so only one limit is set at a time."""
    standing = select(RoomPriceLimit).where(
        col(RoomPriceLimit.room_id) == room_id, col(RoomPriceLimit.effective).contains(from_day)
    )
    for limit in session.scalars(standing).all():
        if limit.effective.lower == from_day:
            remove(session, actor, "room_limit_replaced", limit)
        else:
            save(session, actor, "room_limit_closed", limit, {"effective": Range(limit.effective.lower, from_day)})


def set_engineer_rate(session: Session, actor: Actor, new: NewRate) -> RateView:
    """Counts from its first day on, beside what was set before (rules.best_rates)."""
    require(actor, Permission.SET_ENGINEER_RATES)
    values = _checked(new)
    catalog.lock_engineer(session, new.engineer_id)
    if new.room_id is not None:
        catalog.lock_room(session, new.room_id)
    rate = EngineerRate(
        engineer_id=new.engineer_id,
        room_id=new.room_id,
        is_override=new.is_override,
        overridden_by=actor.user_id if new.is_override else None,
        effective=days(new.from_day, new.to_day),
        **values,
    )
    add(session, actor, "engineer_rate_set", rate)
    return rates(session, col(EngineerRate.id) == rate.id)[0]


def end_engineer_rate(session: Session, actor: Actor, rate_id: int, to_day: date) -> RateView:
    """The last day it counts; what it stood above counts again after that."""
    require(actor, Permission.SET_ENGINEER_RATES)
    rate = load(session, EngineerRate, rate_id, "rate")
    first, _ = checks.day_range(day_span(rate.effective)[0], to_day, "from_day", "to_day")
    save(session, actor, "engineer_rate_ended", rate, {"effective": days(first, to_day)})
    return rates(session, col(EngineerRate.id) == rate.id)[0]


@all_at_once
def _checked(new: NewRate) -> dict[str, Any]:
    checks.day_range(new.from_day, new.to_day, "from_day", "to_day")
    hourly = checks.cents(new.hourly_rate_cents, "hourly_rate_cents", "The hourly rate")
    lowest = checks.optional_cents(new.min_rate_cents, "min_rate_cents", "The lowest rate")
    highest = checks.optional_cents(new.max_rate_cents, "max_rate_cents", "The highest rate")
    if lowest is not None and highest is not None and highest < lowest:
        raise Invalid("The highest rate is below the lowest.", field="max_rate_cents")
    if (lowest is not None and hourly < lowest) or (highest is not None and hourly > highest):
        raise Invalid("The hourly rate is outside its own bounds.", field="hourly_rate_cents")
    return {"hourly_rate_cents": hourly, "min_rate_cents": lowest, "max_rate_cents": highest}


@all_at_once
def _check_limit(min_price_cents: int, max_price_cents: int, from_day: date, to_day: date | None) -> None:
    checks.bounds(min_price_cents, max_price_cents, "min_price_cents", "max_price_cents", "rate")
    checks.day_range(from_day, to_day, "from_day", "to_day")
