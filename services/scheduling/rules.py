"""What a slot request must look like before anything is read, and what of it is sold to the public. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.core.checks import DAY_MINUTES, FAR_DAYS
from services.core.clock import business_date
from services.core.dates import Localized, day_text, hours_text, time_text
from services.core.errors import Invalid
from services.online import OnlineRules
from services.scheduling.snapshot import AvailabilitySnapshot
from services.scheduling.types import Reason, ReasonCode, SlotRequest, Span

_NIGHT = timedelta(hours=6)
MAX_SESSION_MINUTES = DAY_MINUTES
MAX_BUFFER_MINUTES = DAY_MINUTES
MAX_DAYS = 100
"""Of one question about what is free."""
FAR = timedelta(days=FAR_DAYS)
"""How far from today times may be: three years either way."""


def checked_minutes(minutes: int) -> int:
    if not 1 <= minutes <= MAX_SESSION_MINUTES:
        raise Invalid("A session lasts from 1 minute to 24 hours.", field="minutes")
    return minutes


def check_day(day: date, now: datetime, *, field: str = "date") -> None:
    if abs(day - now.date()) > FAR:
        raise Invalid("That day is more than three years away.", field=field)


def check_days(days: int, most: int = MAX_DAYS) -> None:
    if not 1 <= days <= most:
        raise Invalid(f"Ask for 1 to {most} days.", field="days")


def check_span(span: Span, now: datetime) -> None:
    """For time off and lockouts: whole minutes, the right way round, not absurdly far."""
    if span.start.tzinfo is None or span.end.tzinfo is None:
        raise Invalid("The times need a time zone.", field="start")
    if span.end <= span.start:
        raise Invalid("The end must be after the start.", field="end")
    check_day(span.start.date(), now, field="start")
    check_day(span.end.date(), now, field="end")
    _check_whole_minute(span.start, "start")
    _check_whole_minute(span.end, "end")


def still_to_come(span: Span, now: datetime) -> Span:
    """Of what has begun, the rest: the past cannot be sold, and what was worked in it is no obstacle."""
    this_minute = now.replace(second=0, microsecond=0)
    return Span(this_minute, span.end) if span.start < this_minute < span.end else span


def next_start(opening: datetime, after: datetime, step: timedelta) -> datetime:
    """The first start on offer later than `after`; starts are counted from the opening."""
    return opening if after < opening else opening + ((after - opening) // step + 1) * step


def check_request(request: SlotRequest, now: datetime) -> None:
    checked_minutes(request.minutes)
    check_day(request.start.date(), now, field="start")
    _check_whole_minute(request.start, "start")
    if not 0 <= request.buffer_minutes <= MAX_BUFFER_MINUTES:
        raise Invalid("A buffer is at most 24 hours.", field="buffer_minutes")
    if not request.room_ids:
        raise Invalid("Choose at least one room.", field="rooms")
    if len(set(request.room_ids)) < len(request.room_ids):
        raise Invalid("A room is chosen twice.", field="rooms")
    options = [mic.mic_option_id for mic in request.mics]
    if len(set(options)) < len(options):
        raise Invalid("A microphone is listed twice.", field="mics")
    if any(not 1 <= mic.quantity <= 100 for mic in request.mics):
        raise Invalid("Choose 1 to 100 of a microphone.", field="mics")


def _check_whole_minute(at: datetime, field: str) -> None:
    if at.second or at.microsecond:
        raise Invalid("Times are whole minutes.", field=field)


@dataclass(frozen=True, slots=True)
class Offered:
    """What a visitor may book."""

    rules: OnlineRules
    studio: Localized
    now: datetime

    @property
    def earliest(self) -> datetime:
        return self.now + timedelta(hours=self.rules.lead_hours)

    @property
    def last_day(self) -> date:
        return business_date(self.now, self.studio.zone) + timedelta(days=self.rules.horizon_days)

    def has(self, start: datetime) -> bool:
        return self.earliest <= start and not self._is_too_far(start)

    def check_minutes(self, minutes: int, usual: int | None) -> None:
        """`usual` is the service's own length, which is always sold."""
        rules = self.rules
        shortest = rules.shortest_minutes if usual is None else min(rules.shortest_minutes, usual)
        longest = rules.longest_minutes if usual is None else max(rules.longest_minutes, usual)
        if not shortest <= minutes <= longest:
            between = f"from {hours_text(shortest)} to {hours_text(longest)}"
            raise Invalid(f"Online, sessions {between} can be booked. Call us for others.", field="minutes")

    def check_day(self, day: date, *, field: str = "date") -> None:
        if day > self.last_day:
            raise Invalid(self._too_far(), field=field)

    def reasons(self, start: datetime, snapshot: AvailabilitySnapshot) -> tuple[Reason, ...]:
        """Against a start that is still to come."""
        if self.now <= start < self.earliest:
            return (Reason(ReasonCode.TOO_SOON, self._too_soon()),)
        if self._is_too_far(start):
            return (Reason(ReasonCode.TOO_FAR, self._too_far()),)
        if near := snapshot.off_step(start):
            times = " and ".join(time_text(at, self.studio) for at in near)
            return (Reason(ReasonCode.OFF_STEP, f"Sessions start at set times. The nearest are {times}."),)
        return ()

    def _is_too_far(self, start: datetime) -> bool:
        """The early hours are sold with the evening before them."""
        return business_date(start - _NIGHT, self.studio.zone) > self.last_day

    def _too_soon(self) -> str:
        hours = self.rules.lead_hours
        ahead = f"{hours} hour{'' if hours == 1 else 's'}"
        return f"Online, a session is booked at least {ahead} ahead. Call us for sooner."

    def _too_far(self) -> str:
        return f"Online, sessions can be booked until {day_text(self.last_day, self.studio)}. Call us for later."
