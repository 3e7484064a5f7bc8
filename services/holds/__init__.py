"""Pencilled bookings: ranks, challenges and their clocks."""

from services.bookings import HoldAbove
from services.holds.deadlines import due, expire_due, expire_if_due, is_due
from services.holds.errors import AlreadyChallenged, HoldNotFound, HoldTaken, NotHeld, NothingAbove
from services.holds.outlook import Outlook, outlook
from services.holds.service import challenge, confirm, get_hold, list_holds, place, release
from services.holds.types import ChallengeMade, ChallengeView, HoldRef, HoldView

__all__ = [
    "AlreadyChallenged",
    "ChallengeMade",
    "ChallengeView",
    "HoldAbove",
    "HoldNotFound",
    "HoldRef",
    "HoldTaken",
    "HoldView",
    "NotHeld",
    "NothingAbove",
    "Outlook",
    "challenge",
    "confirm",
    "due",
    "expire_due",
    "expire_if_due",
    "get_hold",
    "is_due",
    "list_holds",
    "outlook",
    "place",
    "release",
]
