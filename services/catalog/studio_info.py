"""The one row of what the studio is and how it sells."""

from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.numbers import list_currencies
from phonenumbers import SUPPORTED_REGIONS
from sqlmodel import Session

from models.studio import StudioInfo
from services.core import checks, money
from services.core.access import Actor, Permission, require
from services.core.checking import all_at_once, noted
from services.core.errors import Invalid
from services.core.fields import clean, parse_line, parse_name, parse_text
from services.core.rows import load, save
from services.core.studio import Studio, StudioChange, studio_info


def update_studio(session: Session, actor: Actor, change: StudioChange) -> Studio:
    """Other terms are a new version of them; what is signed already keeps the old."""
    require(actor, Permission.MANAGE_CATALOG)
    values = _checked(change)
    row = load(session, StudioInfo, 1, "studio")
    if values["terms"] != row.terms:
        values["terms_version"] = row.terms_version + 1
    save(session, actor, "studio_updated", row, values)
    return studio_info(session)


@all_at_once
def _checked(change: StudioChange) -> dict[str, Any]:
    return {
        "name": parse_name(change.name, "name", "The studio's name"),
        "address": parse_text(change.address, "address", "The address", limit=500),
        "map_link": checks.link(change.map_link, "map_link", "The map link"),
        "latitude": _coordinate(change.latitude, 90, "latitude", "The latitude"),
        "longitude": _coordinate(change.longitude, 180, "longitude", "The longitude"),
        "time_zone": _time_zone(change.time_zone),
        "currency": _currency(change.currency),
        "locale": _locale(change.locale),
        "phone_region": _region(change.phone_region),
        "phone": _phone_text(change.phone, change.phone_region, "phone"),
        "whatsapp": _phone_text(change.whatsapp, change.phone_region, "whatsapp"),
        "whatsapp_link": checks.link(change.whatsapp_link, "whatsapp_link", "The WhatsApp link"),
        "opening_text": checks.text(change.opening_text, "opening_text", "The opening text"),
        "logo": checks.link(change.logo, "logo", "The logo's address"),
        "tax_rate_pct": checks.decimal(change.tax_rate_pct, 0, 100, 3, "tax_rate_pct", "The tax rate"),
        "deposit_pct": checks.percent(change.deposit_pct, "deposit_pct", "The deposit"),
        "deposit_deadline_hours": checks.whole(
            change.deposit_deadline_hours, "deposit_deadline_hours", "The deposit deadline in hours", 1, 24 * 90
        ),
        "confirms_when_paid": bool(change.confirms_when_paid),
        "hold_days": checks.whole(change.hold_days, "hold_days", "The days a hold lasts", 0, 365),
        "challenge_hours": checks.whole(change.challenge_hours, "challenge_hours", "The hours to answer", 1, 24 * 30),
        "waitlist_offer_hours": checks.whole(
            change.waitlist_offer_hours, "waitlist_offer_hours", "The hours an offer stands", 1, 24 * 30
        ),
        "check_in_lead_minutes": checks.whole(
            change.check_in_lead_minutes,
            "check_in_lead_minutes",
            "The minutes from which a check-in is taken",
            0,
            checks.DAY_MINUTES,
        ),
        "payment_back_days": checks.whole(
            change.payment_back_days, "payment_back_days", "The days a payment may be dated back", 0, 3650
        ),
        "free_cancel_hours": checks.whole(
            change.free_cancel_hours, "free_cancel_hours", "The hours of free cancellation", 0, 24 * 90
        ),
        "cancel_fee_pct": checks.percent(change.cancel_fee_pct, "cancel_fee_pct", "The cancellation fee"),
        "no_show_fee_pct": checks.percent(change.no_show_fee_pct, "no_show_fee_pct", "The no-show fee"),
        "cancellation_policy": checks.text(change.cancellation_policy, "cancellation_policy", "The policy"),
        "terms": parse_text(change.terms, "terms", "The terms", limit=100_000),
        "payment_instructions": checks.text(change.payment_instructions, "payment_instructions", "How to pay"),
    }


@noted
def _coordinate(value: Decimal | None, limit: int, field: str, label: str) -> Decimal | None:
    return None if value is None else checks.decimal(value, -limit, limit, 6, field, label)


@noted
def _phone_text(value: str, region: str, field: str) -> str:
    """A real number, kept as typed: it is there to be read."""
    if clean(value):
        parse_line(value, region, field)
    return parse_text(value, field, "The phone number", limit=40)


@noted
def _time_zone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(f"“{value}” is not a time zone. Write it like America/New_York.", field="time_zone") from error


@noted
def _currency(value: str) -> str:
    """Money is kept in hundredths, so the currency must have them."""
    if value not in list_currencies() or money.digits(value) != 2:
        raise Invalid("Write the currency as three letters, like USD; it must have cents.", field="currency")
    return value


@noted
def _locale(value: str) -> str:
    try:
        return str(Locale.parse(value))
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise Invalid(f"“{value}” is not a locale. Write it like en_US.", field="locale") from error


@noted
def _region(value: str) -> str:
    if value not in SUPPORTED_REGIONS:
        raise Invalid("Write the phone region as two letters, like US.", field="phone_region")
    return value
