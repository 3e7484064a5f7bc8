from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.base import at_field

START_STEPS = (5, 10, 15, 20, 30, 60)
"""Minutes that divide an hour."""


class OnlineBooking(SQLModel, table=True):
    """The one row of what the public may do by itself: what is sold online, and how much of anything at once."""

    __tablename__ = "online_booking"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint(f"start_step_minutes in {START_STEPS}", name="start_step"),
        CheckConstraint("shortest_minutes between 1 and longest_minutes and longest_minutes <= 1440", name="lengths"),
        CheckConstraint("lead_hours >= 0 and horizon_days > 0", name="reach"),
        CheckConstraint("unpaid_room_pct between 1 and 100", name="share"),
    )

    id: int = Field(default=1, primary_key=True)
    start_step_minutes: int = 30
    """Sessions are offered to start every so many minutes, counted from the opening: online, at the desk and in the
    calendar."""
    shortest_minutes: int = 60
    longest_minutes: int = 720
    """Of sessions in a room; a service whose own length lies outside is sold at that length."""
    lead_hours: int = 1
    """Nothing that starts sooner is sold online."""
    horizon_days: int = 180
    """Nothing later is sold online."""
    unpaid_bookings: int = 3
    """Open at once for one client, while nothing is paid."""
    unpaid_hours: int = 24
    """Of rooms that those hold together."""
    unpaid_room_pct: int = 50
    """Of a week's open hours of a room or an engineer that unpaid online bookings may hold."""
    bookings_a_day: int = 20
    """From one address; as many wishes for the waitlist, three times as many files."""
    change_requests_a_day: int = 5
    """For one booking."""
    links_an_hour: int = 3
    """Mails with a link to sign in or to choose a password, to one e-mail address."""
    sign_ins_a_minute: int = 30
    """From one address, before the lock of an account counts."""
    requests_a_minute: int = 60
    """What one address may send."""
    questions_a_minute: int = 300
    """What one address may ask: prices, free time, the steps of the wizard."""


class AllowanceUse(SQLModel, table=True):
    """How often something that is limited was done since a moment."""

    __tablename__ = "allowance_use"

    fingerprint: bytes = Field(primary_key=True)
    """Of what is limited, and for whom."""
    since: datetime = at_field(index=True)
    used: int
