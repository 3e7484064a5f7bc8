"""What a change costs: difference lines, each with its reason. Only the line is rounded (domain 7, 8)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from models.bookings import LineKind
from models.catalog import ServicePricing
from services.catalog import ServiceView
from services.changes.rules import has_begun, pair_rooms
from services.changes.snapshot import RoomSold, SessionSnapshot
from services.core.dates import hours_text
from services.core.money import as_text, percent_of, prorate
from services.pricing import QuoteInput, QuoteLine, RateRuleView, RoomCharge, Terms, quote

_HOUR_STEP = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Bill:
    """What counts besides the rates: the terms and the service as they were sold, the rules in force."""

    terms: Terms
    service: ServiceView
    discount_pct: Decimal | None
    rules: tuple[RateRuleView, ...]
    reasons: Mapping[int, str]
    """Why a new room's or engineer's rate is not the list rate."""


def difference(before: SessionSnapshot, after: SessionSnapshot, pivot: datetime, bill: Bill) -> tuple[QuoteLine, ...]:
    """First the longer or shorter time at the old rates, then the swap over the time that remains."""
    remaining = _minutes(pivot, after.end)
    lines = [
        *time_lines(before, after.minutes - before.minutes, bill),
        *_room_lines(before, after, remaining, bill),
        *_engineer_lines(before, after, remaining, bill),
        *_rule_lines(before, after, pivot, bill),
    ]
    return with_discount_and_tax([line for line in lines if line.amount_cents], bill)


def with_discount_and_tax(lines: list[QuoteLine], bill: Bill) -> tuple[QuoteLine, ...]:
    """The percentage it was sold with, and the tax, follow what is added."""
    if bill.discount_pct:
        off = -percent_of(_sum(lines), bill.discount_pct)
        lines.append(_line(LineKind.DISCOUNT, f"Discount {_percent(bill.discount_pct)} on the change", off, "as sold"))
    tax = percent_of(_sum(lines), bill.terms.tax_rate_pct)
    lines.append(_line(LineKind.TAX, f"Tax {_percent(bill.terms.tax_rate_pct)} on the change", tax, "as sold"))
    return tuple(line for line in lines if line.amount_cents)


def time_lines(sold: SessionSnapshot, minutes: int, bill: Bill, reason: str = "") -> Iterator[QuoteLine]:
    """More (or fewer) minutes of everything sold by the hour."""
    if not minutes:
        return
    reason = reason or ("longer session" if minutes > 0 else "shorter session")
    how = f"{hours_text(abs(minutes))} {'more' if minutes > 0 else 'less'}"

    def line(kind: LineKind, name: str, rate: int, resource_id: int | None = None) -> QuoteLine:
        service_id = bill.service.id if kind is LineKind.SERVICE else None
        words = f"{name}, {how} × {_money(rate, bill)}"
        return QuoteLine(kind, words, _hours(minutes), rate, prorate(rate, minutes), reason, resource_id, service_id)

    for room in sold.rooms:
        yield line(LineKind.ROOM, room.name, room.rate_cents, room.id)
    if sold.engineer:
        yield line(LineKind.ENGINEER, f"Engineer {sold.engineer.name}", sold.engineer.rate_cents or 0, sold.engineer.id)
    if bill.service.pricing is ServicePricing.HOURLY:
        yield line(LineKind.SERVICE, bill.service.name, bill.service.price_cents)


def _room_lines(before: SessionSnapshot, after: SessionSnapshot, minutes: int, bill: Bill) -> Iterator[QuoteLine]:
    pairs = pair_rooms(before.rooms, after.rooms)

    def line(words: str, rate: int, reason: str, room: RoomSold) -> QuoteLine:
        return _swap_line(LineKind.ROOM, words, rate, minutes, reason, room.id, bill)

    for old, new in pairs.swapped:
        yield line(f"{old.name} → {new.name}", new.rate_cents - old.rate_cents, "room swap", new)
    for room in pairs.gone:
        yield line(f"Without {room.name}", -room.rate_cents, "room taken off", room)
    for room in pairs.added:
        yield line(f"With {room.name}", room.rate_cents, "room added", room)
    for old, new in pairs.kept:
        how = "with an engineer" if after.engineer else "without an engineer"
        yield line(f"{new.name} {how}", new.rate_cents - old.rate_cents, how, new)


def _engineer_lines(before: SessionSnapshot, after: SessionSnapshot, minutes: int, bill: Bill) -> Iterator[QuoteLine]:
    old, new = before.engineer, after.engineer
    if (old and old.id) == (new and new.id):
        return
    rate = ((new and new.rate_cents) or 0) - ((old and old.rate_cents) or 0)
    if old and new:
        words, reason = f"Engineer {old.name} → {new.name}", "engineer swap"
    elif new:
        words, reason = f"With engineer {new.name}", "engineer added"
    else:
        words, reason = f"Without engineer {old.name if old else ''}", "engineer taken off"
    some = new or old
    yield _swap_line(LineKind.ENGINEER, words, rate, minutes, reason, some.id if some else 0, bill)


def _swap_line(
    kind: LineKind, words: str, rate: int, minutes: int, reason: str, resource_id: int, bill: Bill
) -> QuoteLine:
    """`Studio A → Studio B, 2 h 40 min × +$25.00`."""
    signed = f"{'+' if rate > 0 else ''}{_money(rate, bill)}"
    words = f"{words}, {hours_text(minutes)} × {signed}"
    if why := bill.reasons.get(resource_id):
        words, reason = f"{words} ({why})", f"{reason}; {why}"
    return QuoteLine(kind, words, _hours(minutes), rate, prorate(rate, minutes), reason, resource_id)


def _rule_lines(before: SessionSnapshot, after: SessionSnapshot, pivot: datetime, bill: Bill) -> Iterator[QuoteLine]:
    """Evenings, weekends and holidays anew for what changes, as one line of its own."""
    is_swapped = [room.id for room in before.rooms] != [room.id for room in after.rooms]
    is_partial = is_swapped and has_begun(before, after, pivot)
    old = _ruled(before, pivot if is_partial else before.start, bill)
    new = _ruled(after, pivot if is_partial else after.start, bill)
    words = "; ".join(line.description for line in new) or "No surcharge"
    was = "; ".join(line.description for line in old) or "none"
    words = f"{words}, at the new rate" if words == was else f"{words} instead of {was}"
    kinds = ", ".join(sorted({line.reason for line in (*old, *new)}))
    yield _line(LineKind.RATE_RULE, words, _sum(new) - _sum(old), kinds)


def _ruled(sold: SessionSnapshot, start: datetime, bill: Bill) -> list[QuoteLine]:
    rooms = tuple(RoomCharge(room.id, room.name, room.rate_cents) for room in sold.rooms)
    wanted = QuoteInput(start, _minutes(start, sold.end), bill.terms, bill.service, rooms, rules=bill.rules)
    return [line for line in quote(wanted).lines if line.kind is LineKind.RATE_RULE] if rooms else []


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds()) // 60


def _sum(lines: list[QuoteLine]) -> int:
    return sum(line.amount_cents for line in lines)


def _line(kind: LineKind, words: str, amount_cents: int, reason: str) -> QuoteLine:
    return QuoteLine(kind, words, Decimal(1), amount_cents, amount_cents, reason)


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(_HOUR_STEP)


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f}%"


def _money(cents: int, bill: Bill) -> str:
    return as_text(cents, bill.terms.currency, bill.terms.locale)
