"""What the studio is and how it sells: its zone, its money, its language, its terms. One row."""

from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select, text
from sqlmodel import Session

from models.studio import StudioInfo
from services.core.db import table
from services.core.errors import NotFound
from services.core.rows import values, view

_ZONE = text("select time_zone from studio_info")


@dataclass(frozen=True, slots=True, kw_only=True)
class StudioChange:
    name: str
    address: str = ""
    map_link: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    phone: str = ""
    whatsapp: str = ""
    whatsapp_link: str = ""
    opening_text: str = ""
    logo: str = ""
    time_zone: str = "America/New_York"
    currency: str = "USD"
    locale: str = "en_US"
    phone_region: str = "US"
    tax_rate_pct: Decimal = Decimal(0)
    deposit_pct: int = 50
    deposit_deadline_hours: int = 24
    confirms_when_paid: bool = True
    hold_days: int = 14
    challenge_hours: int = 24
    waitlist_offer_hours: int = 24
    check_in_lead_minutes: int = 120
    payment_back_days: int = 90
    free_cancel_hours: int = 48
    cancel_fee_pct: int = 50
    no_show_fee_pct: int = 100
    cancellation_policy: str = ""
    terms: str = ""
    payment_instructions: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio(StudioChange):
    terms_version: int

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


def studio_info(session: Session) -> Studio:
    row = session.execute(select(table(StudioInfo))).one_or_none()
    if row is None:
        raise NotFound("The studio is not set up yet. Run the migrations first.")
    return view(Studio, values(row))


def studio_zone(session: Session) -> ZoneInfo:
    """The studio's, for who needs nothing else of it."""
    name = session.scalar(_ZONE)
    if name is None:
        raise NotFound("The studio is not set up yet. Run the migrations first.")
    return ZoneInfo(name)
