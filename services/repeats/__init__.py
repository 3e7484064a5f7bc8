"""The same session again, by a rule: a series of bookings that can be changed together."""

from services.repeats.errors import NotRepeated, RepeatTaken
from services.repeats.service import preview, repeat, series_of
from services.repeats.together import cancel_series, change_series, preview_cancel_series, preview_series
from services.repeats.types import Member, Occurrence, Scope, Series

__all__ = [
    "Member",
    "NotRepeated",
    "Occurrence",
    "RepeatTaken",
    "Scope",
    "Series",
    "cancel_series",
    "change_series",
    "preview",
    "preview_cancel_series",
    "preview_series",
    "repeat",
    "series_of",
]
