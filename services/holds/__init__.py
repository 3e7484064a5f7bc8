"""Pencilled bookings: ranks, challenges and their clocks."""

from services.bookings import HoldAbove
from services.holds.deadlines import due, expire_due, expire_if_due
from services.holds.errors import AlreadyChallenged, HoldNotFound, NotHeld, NothingAbove, TooLate
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
    "HoldView",
    "NotHeld",
    "NothingAbove",
    "Outlook",
    "TooLate",
    "challenge",
    "confirm",
    "due",
    "expire_due",
    "expire_if_due",
    "get_hold",
    "list_holds",
    "outlook",
    "place",
    "release",
]
