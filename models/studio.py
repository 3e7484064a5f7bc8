from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric
from sqlmodel import Field, SQLModel


class StudioInfo(SQLModel, table=True):
    """The one row of what the studio is and how it sells."""

    __tablename__ = "studio_info"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("tax_rate_pct between 0 and 100", name="tax_rate"),
        CheckConstraint("deposit_pct between 0 and 100", name="deposit"),
        CheckConstraint("hold_days >= 0 and challenge_hours > 0 and waitlist_offer_hours > 0", name="deadlines"),
        CheckConstraint("check_in_lead_minutes >= 0", name="check_in_lead"),
        CheckConstraint("payment_back_days >= 0", name="payment_back"),
        CheckConstraint("cancel_fee_pct between 0 and 100 and no_show_fee_pct between 0 and 100", name="fees"),
    )

    id: int = Field(default=1, primary_key=True)
    name: str
    address: str = ""
    map_link: str = ""
    latitude: Decimal | None = Field(default=None, sa_type=Numeric(9, 6))
    longitude: Decimal | None = Field(default=None, sa_type=Numeric(9, 6))
    phone: str = ""
    whatsapp: str = ""
    whatsapp_link: str = ""
    opening_text: str = ""
    logo: str = ""
    time_zone: str = "America/New_York"
    currency: str = "USD"
    locale: str = "en_US"
    phone_region: str = "US"
    tax_rate_pct: Decimal = Field(default=Decimal(0), sa_type=Numeric(6, 3))
    deposit_pct: int = 50
    deposit_deadline_hours: int = 24
    """A public booking that is not paid by then is released."""
    confirms_when_paid: bool = True
    """A pending booking is confirmed by its whole deposit; otherwise somebody confirms it."""
    hold_days: int = 14
    """A hold that nobody confirms is released after so many days; 0: never by itself."""
    challenge_hours: int = 24
    """How long a challenged hold has to confirm or release."""
    waitlist_offer_hours: int = 24
    """How long time that became free is kept for who waited for it."""
    check_in_lead_minutes: int = 120
    """How long before its start a session can be checked in."""
    payment_back_days: int = 90
    """How far back a payment may be dated."""
    free_cancel_hours: int = 48
    cancel_fee_pct: int = 50
    no_show_fee_pct: int = 100
    cancellation_policy: str = ""
    terms: str = ""
    terms_version: int = 1
    payment_instructions: str = ""
    """How a client pays, shown on the public pages."""
