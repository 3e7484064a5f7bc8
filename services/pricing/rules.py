"""The quote: a pure function of the request and the rates in force (domain 8)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from models.bookings import LineKind
from models.catalog import ServicePricing
from models.pricing import RateAdjustment
from services.core.checking import all_at_once, noted
from services.core.dates import hours_text
from services.core.errors import Invalid
from services.core.money import as_text, percent_of, prorate
from services.pricing.types import (
    Discount,
    EngineerCharge,
    Quote,
    QuoteInput,
    QuoteLine,
    RateOverride,
    RateRuleView,
    RateView,
    RoomCharge,
    Terms,
)
from services.pricing.windows import minutes_by_rule

_HOUR_STEP = Decimal("0.0001")


def quote(wanted: QuoteInput) -> Quote:
    """Every line with its reason. The total is the sum of the lines, the deposit a share of it."""
    rooms = {room.room_id: _rate(room, wanted.overrides, wanted.terms) for room in wanted.rooms}
    lines = [*_room_lines(wanted, rooms), *_rule_lines(wanted, rooms)]
    engineer_rate = None
    if wanted.engineer:
        engineer_rate, reason = _rate(wanted.engineer, wanted.overrides, wanted.terms)
        lines.append(_engineer_line(wanted, wanted.engineer, engineer_rate, reason))
    lines += [*_service_lines(wanted), *_mic_lines(wanted)]
    if wanted.discount:
        lines.append(discount_line(wanted.discount, sum(line.amount_cents for line in lines)))
    lines += _tax_lines(sum(line.amount_cents for line in lines), wanted.terms)
    return Quote(
        lines=tuple(lines),
        deposit_cents=percent_of(sum(line.amount_cents for line in lines), Decimal(wanted.terms.deposit_pct)),
        room_rates={room_id: rate for room_id, (rate, _) in rooms.items()},
        engineer_rate_cents=engineer_rate,
    )


@all_at_once
def discount_line(discount: Discount, subtotal_cents: int) -> QuoteLine:
    """A negative line; never more than what is there to discount."""
    reason = _discount_reason(discount)
    amount, label = _discount_of(discount, subtotal_cents)
    return _line(LineKind.DISCOUNT, f"{label}: {reason}", -amount, reason=reason)


@noted
def _discount_reason(discount: Discount) -> str:
    if not discount.reason.strip():
        raise Invalid("Say why the discount is given.", field="discount.reason")
    return discount.reason.strip()


@noted
def _discount_of(discount: Discount, subtotal_cents: int) -> tuple[int, str]:
    """In cents, and how it is called."""
    if (discount.percent is None) == (discount.amount_cents is None):
        raise Invalid("A discount is either a percentage or an amount.", field="discount")
    if discount.percent is not None:
        if not 0 < discount.percent <= 100:
            raise Invalid("A discount is more than 0 and at most 100 percent.", field="discount.percent")
        return percent_of(subtotal_cents, discount.percent), f"Discount {_percent(discount.percent)}"
    amount = discount.amount_cents or 0
    if not 0 < amount <= subtotal_cents:
        raise Invalid("A discount is more than nothing and at most the price.", field="discount.amount_cents")
    return amount, "Discount"


def discount_share(discount: Discount, subtotal_cents: int) -> Decimal:
    """What a discount takes off, in percent of the price before it."""
    if discount.percent is not None:
        return discount.percent
    return Decimal(100 * (discount.amount_cents or 0)) / subtotal_cents if subtotal_cents else Decimal(100)


def _rate(rate: RoomCharge | EngineerCharge, overrides: Mapping[int, RateOverride], terms: Terms) -> tuple[int, str]:
    """The hourly rate that counts, and why where it is not the list rate."""
    resource_id = rate.room_id if isinstance(rate, RoomCharge) else rate.engineer_id
    override = overrides.get(resource_id)
    if override:
        if not override.reason.strip():
            raise Invalid(f"Say why the rate of {rate.name} is changed.", field="rate_overrides")
        if override.hourly_cents < 0:
            raise Invalid(f"The rate of {rate.name} cannot be negative.", field="rate_overrides")
        return override.hourly_cents, f"rate changed: {override.reason.strip()}"
    if rate.min_cents is not None and rate.hourly_cents < rate.min_cents:
        return rate.min_cents, f"lowest rate {_money(rate.min_cents, terms)}/h"
    if rate.max_cents is not None and rate.hourly_cents > rate.max_cents:
        return rate.max_cents, f"highest rate {_money(rate.max_cents, terms)}/h"
    return rate.hourly_cents, ""


def _room_lines(wanted: QuoteInput, rooms: Mapping[int, tuple[int, str]]) -> Iterator[QuoteLine]:
    for room in wanted.rooms:
        hourly, reason = rooms[room.room_id]
        yield _hourly_line(LineKind.ROOM, room.name, hourly, wanted, reason=reason, resource_id=room.room_id)


def _engineer_line(wanted: QuoteInput, engineer: EngineerCharge, hourly: int, reason: str) -> QuoteLine:
    name = f"Engineer {engineer.name}"
    return _hourly_line(LineKind.ENGINEER, name, hourly, wanted, reason=reason, resource_id=engineer.engineer_id)


def _rule_lines(wanted: QuoteInput, rooms: Mapping[int, tuple[int, str]]) -> Iterator[QuoteLine]:
    end = wanted.start + timedelta(minutes=wanted.minutes)
    for room in wanted.rooms:
        hourly, _ = rooms[room.room_id]
        found = minutes_by_rule(wanted.rules, room.room_id, wanted.start, end, wanted.terms.zone)
        for rule, minutes in found:
            label = rule.name if len(wanted.rooms) == 1 else f"{rule.name}, {room.name}"
            yield _rule_line(rule, label, minutes, hourly, room.room_id, wanted.terms)


def _rule_line(rule: RateRuleView, label: str, minutes: int, hourly: int, room_id: int, terms: Terms) -> QuoteLine:
    """What the rule adds to (or takes off) the room's own line."""
    if rule.adjustment is RateAdjustment.PERCENT:
        percent = rule.percent or Decimal(0)
        amount, unit = percent_of(prorate(hourly, minutes), percent), percent_of(hourly, percent)
        label = f"{label}, {hours_text(minutes)} × {_percent(percent)}"
    else:
        unit = (rule.rate_cents or 0) - hourly
        amount = prorate(unit, minutes)
        fixed = _money(rule.rate_cents or 0, terms)
        label = f"{label}, {hours_text(minutes)} at {fixed} instead of {_money(hourly, terms)}"
    return QuoteLine(LineKind.RATE_RULE, label, _hours(minutes), unit, amount, rule.kind.value.lower(), room_id)


def _service_lines(wanted: QuoteInput) -> Iterator[QuoteLine]:
    service = wanted.service
    if service.price_cents == 0:
        return
    if service.pricing is ServicePricing.HOURLY:
        yield _hourly_line(LineKind.SERVICE, service.name, service.price_cents, wanted, service_id=service.id)
    else:
        yield _line(LineKind.SERVICE, service.name, service.price_cents, service_id=service.id)


def _mic_lines(wanted: QuoteInput) -> Iterator[QuoteLine]:
    for mic in wanted.mics:
        if mic.upcharge_cents:
            many = f"{mic.name} × {mic.quantity}" if mic.quantity > 1 else mic.name
            amount = mic.upcharge_cents * mic.quantity
            yield QuoteLine(LineKind.MIC, many, Decimal(mic.quantity), mic.upcharge_cents, amount)


def _tax_lines(taxable_cents: int, terms: Terms) -> Iterator[QuoteLine]:
    if terms.tax_rate_pct:
        label = f"Tax {_percent(terms.tax_rate_pct)}"
        yield _line(LineKind.TAX, label, percent_of(taxable_cents, terms.tax_rate_pct))


def _hourly_line(
    kind: LineKind,
    name: str,
    hourly: int,
    wanted: QuoteInput,
    *,
    reason: str = "",
    resource_id: int | None = None,
    service_id: int | None = None,
) -> QuoteLine:
    label = f"{name}, {hours_text(wanted.minutes)} × {_money(hourly, wanted.terms)}"
    if reason:
        label = f"{label} ({reason})"
    amount = prorate(hourly, wanted.minutes)
    return QuoteLine(kind, label, _hours(wanted.minutes), hourly, amount, reason, resource_id, service_id)


def _line(
    kind: LineKind, description: str, amount_cents: int, *, reason: str = "", service_id: int | None = None
) -> QuoteLine:
    return QuoteLine(kind, description, Decimal(1), amount_cents, amount_cents, reason, service_id=service_id)


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(_HOUR_STEP)


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f}%"


def _money(cents: int, terms: Terms) -> str:
    return as_text(cents, terms.currency, terms.locale)


def best_rates(rates: Iterable[RateView], room_ids: Iterable[int]) -> dict[int | None, RateView]:
    """The rate that counts in each room, of those in force on one day (domain 4).

    An administrator's override beats the engineer's own rate, then the room's own beats the
    general one, then the latest counts. None stands for work outside any room.
    """
    ranked = sorted(rates, key=_rank)
    best: dict[int | None, RateView] = {}
    for room_id in (None, *room_ids):
        fitting = [rate for rate in ranked if rate.room_id in (None, room_id)]
        if fitting:
            best[room_id] = fitting[-1]
    return best


def _rank(rate: RateView) -> tuple[bool, bool, date, int]:
    return rate.is_override, rate.room_id is not None, rate.from_day, rate.id
