"""When a session really began and ended, beside what was sold."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.bookings import BookingView
from services.changes import Preview
from services.core import dates as when
from services.core.studio import Studio
from studio_app.state.calendar.presenter import length_text
from studio_app.state.presenter import moment_text

_MINUTE = timedelta(minutes=1)
_WORTH_ASKING = 5
"""Minutes over the end from which the one who checks out is asked about them."""

_NEAR = 12 * 60
"""Minutes within which the day need not be said."""


@dataclass(frozen=True)
class Actual:
    """Empty where it has not happened."""

    began: str = ""
    ended: str = ""
    freed: str = ""
    """From when on its time was given back."""
    over: str = ""
    """How long it ran, or runs, past its end without being charged."""
    over_minutes: int = 0
    asks: bool = False
    """Whether it ran over by enough to ask about it at check-out."""


def actual(booking: BookingView, overtime: Preview | None, studio: Studio) -> Actual:
    freed = moment_text(booking.freed_from, studio)
    if booking.checked_in_at is None:
        return Actual(freed=freed)
    over = overtime.after.minutes - overtime.before.minutes if overtime else 0
    return Actual(
        began=_beside(booking.checked_in_at, booking.start, studio),
        ended=_beside(booking.checked_out_at, booking.end, studio) if booking.checked_out_at else "",
        freed=freed,
        over=length_text(timedelta(minutes=over)) if over else "",
        over_minutes=over,
        asks=over >= _WORTH_ASKING,
    )


def _beside(at: datetime, sold: datetime, studio: Studio) -> str:
    """`8:12 pm, 12 min after the booked 8:00 pm`."""
    minutes = round((at - sold) / _MINUTE)
    booked = when.time_text(sold, studio)
    if abs(minutes) > _NEAR:
        return f"{moment_text(at, studio)}, booked {moment_text(sold, studio)}"
    if not minutes:
        return f"{booked}, as booked"
    late = f"{length_text(timedelta(minutes=abs(minutes)))} {'after' if minutes > 0 else 'before'} the booked {booked}"
    return f"{when.time_text(at, studio)}, {late}"
