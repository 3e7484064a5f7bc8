"""Pencilled bookings: their queue, challenges and clocks. The commands at the booking are in `services.bookings`."""

from models.holds import ChallengeOutcome
from services.holds.challenges import challenge, keep_deadlines
from services.holds.errors import AlreadyChallenged, HoldAbove, HoldNotFound, HoldTaken, NotHeld, NothingAbove
from services.holds.mails import next_steps, ranks, standing, tell_free_again, tell_overtaken
from services.holds.queries import due, is_due, number_of, placed_at, slot_request_of
from services.holds.queue import (
    check_first,
    held_among,
    holds_met_by,
    lock_queues,
    lock_with_met,
)
from services.holds.rules import Lapse, ordinal, overtaken_words
from services.holds.service import leave, met_by_hold, next_lapse, place, rejoin, set_placed_at
from services.holds.types import (
    BookedAsHold,
    ChallengeMade,
    ChallengeView,
    HoldRef,
    HoldView,
    MetHold,
    Outlook,
)
from services.holds.views import refs, view, views

__all__ = [
    "AlreadyChallenged",
    "BookedAsHold",
    "ChallengeMade",
    "ChallengeOutcome",
    "ChallengeView",
    "HoldAbove",
    "HoldNotFound",
    "HoldRef",
    "HoldTaken",
    "HoldView",
    "Lapse",
    "MetHold",
    "NotHeld",
    "NothingAbove",
    "Outlook",
    "challenge",
    "check_first",
    "due",
    "held_among",
    "holds_met_by",
    "is_due",
    "keep_deadlines",
    "leave",
    "lock_queues",
    "lock_with_met",
    "met_by_hold",
    "next_lapse",
    "next_steps",
    "number_of",
    "ordinal",
    "overtaken_words",
    "place",
    "placed_at",
    "ranks",
    "refs",
    "rejoin",
    "set_placed_at",
    "slot_request_of",
    "standing",
    "tell_free_again",
    "tell_overtaken",
    "view",
    "views",
]
