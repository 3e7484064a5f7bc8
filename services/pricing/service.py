"""The rates in force, handed to the pure quote."""

from datetime import date

from services.core.access import Actor, Permission, require
from services.core.checking import noted
from services.core.checks import MOST_CENTS
from services.core.clock import business_date
from services.core.errors import Invalid, NotAllowed
from services.pricing.rules import discount_share, quote
from services.pricing.sale_context import PriceRequest
from services.pricing.types import (
    EngineerCharge,
    MicCharge,
    Quote,
    QuoteInput,
    RoomCharge,
    Terms,
)


def price(actor: Actor, request: PriceRequest) -> Quote:
    """The quote at today's rates. Discounts and changed rates need their permissions."""
    require(actor, Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)
    _check_overrides(actor, request)
    if request.discount:
        require(actor, Permission.APPLY_DISCOUNTS)
    studio = request.studio
    on = business_date(request.start, studio.zone)
    quoted = quote(
        QuoteInput(
            start=request.start,
            minutes=request.minutes,
            terms=Terms(studio.zone, studio.currency, studio.locale, studio.tax_rate_pct, studio.deposit_pct),
            service=request.service,
            rooms=_room_charges(request, on),
            engineer=_engineer_charge(request, on),
            mics=tuple(MicCharge(mic.name, quantity, mic.upcharge_cents) for mic, quantity in request.mics),
            rules=request.context.rules if request.rooms else (),
            discount=request.discount,
            overrides={override.resource_id: override for override in request.overrides},
        )
    )
    _check_discount(actor, request, quoted)
    return quoted


def _room_charges(request: PriceRequest, on: date) -> tuple[RoomCharge, ...]:
    """With an engineer or without: the room's own rate for it, else its base rate."""
    limits = request.context.limits_on(on)
    rates = []
    for room in request.rooms:
        special = room.rate_without_engineer_cents if request.engineer_id is None else room.rate_with_engineer_cents
        limit = limits.get(room.id)
        rates.append(
            RoomCharge(
                room_id=room.id,
                name=room.name,
                hourly_cents=room.base_rate_cents if special is None else special,
                min_cents=limit.min_price_cents if limit else None,
                max_cents=limit.max_price_cents if limit else None,
            )
        )
    return tuple(rates)


def _engineer_charge(request: PriceRequest, on: date) -> EngineerCharge | None:
    """One engineer in several rooms is paid once, at the highest of their rates there."""
    if request.engineer_id is None:
        return None
    found = request.context.rates_on(on, [room.id for room in request.rooms])
    if not found:
        return EngineerCharge(request.engineer_id, request.engineer_name, hourly_cents=0)
    rate = max(found.values(), key=lambda view: view.hourly_rate_cents)
    return EngineerCharge(
        engineer_id=request.engineer_id,
        name=request.engineer_name,
        hourly_cents=rate.hourly_rate_cents,
        min_cents=rate.min_rate_cents,
        max_cents=rate.max_rate_cents,
    )


@noted
def _check_overrides(actor: Actor, request: PriceRequest) -> None:
    rooms = {room.id for room in request.rooms}
    for override in request.overrides:
        if override.resource_id in rooms:
            require(actor, Permission.OVERRIDE_PRICING)
        elif override.resource_id == request.engineer_id:
            require(actor, Permission.SET_ENGINEER_RATES)
        else:
            raise Invalid("Only rates of this session's rooms and engineer can be changed.", field="rate_overrides")
        if override.hourly_cents > MOST_CENTS:
            raise Invalid("That rate is too high.", field="rate_overrides")


def _check_discount(actor: Actor, request: PriceRequest, quoted: Quote) -> None:
    """An engineer's discount stays within their own limit (domain 8)."""
    if request.discount is None or actor.can(Permission.DISCOUNT_WITHOUT_LIMIT):
        return
    limit = actor.discount_limit_pct or 0
    if discount_share(request.discount, quoted.subtotal_cents) > limit:
        raise NotAllowed(
            f"You may give at most {limit}% off. Ask a manager for more.",
            code="discount_limit",
            field="discount",
        )
