"""What a wish must look like before anything is read."""

from datetime import date, datetime, timedelta

from services.core.errors import Invalid
from services.scheduling.types import SlotRequest, Span

MAX_SESSION_MINUTES = 24 * 60
MAX_BUFFER_MINUTES = 24 * 60
FAR = timedelta(days=3 * 366)
"""How far from today times may be: three years either way."""


def checked_minutes(minutes: int) -> int:
    if not 1 <= minutes <= MAX_SESSION_MINUTES:
        raise Invalid("A session lasts from 1 minute to 24 hours.", field="minutes")
    return minutes


def check_day(day: date, now: datetime, *, field: str = "date") -> None:
    if abs(day - now.date()) > FAR:
        raise Invalid("That day is more than three years away.", field=field)


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


def check_wish(wish: SlotRequest, now: datetime) -> None:
    checked_minutes(wish.minutes)
    check_day(wish.start.date(), now, field="start")
    _check_whole_minute(wish.start, "start")
    if not 0 <= wish.buffer_minutes <= MAX_BUFFER_MINUTES:
        raise Invalid("A buffer is at most 24 hours.", field="buffer_minutes")
    if not wish.room_ids:
        raise Invalid("Choose at least one room.", field="rooms")
    if len(set(wish.room_ids)) < len(wish.room_ids):
        raise Invalid("A room is chosen twice.", field="rooms")
    options = [mic.mic_option_id for mic in wish.mics]
    if len(set(options)) < len(options):
        raise Invalid("A microphone is listed twice.", field="mics")
    if any(not 1 <= mic.quantity <= 100 for mic in wish.mics):
        raise Invalid("Choose 1 to 100 of a microphone.", field="mics")


def _check_whole_minute(at: datetime, field: str) -> None:
    if at.second or at.microsecond:
        raise Invalid("Times are whole minutes.", field=field)
