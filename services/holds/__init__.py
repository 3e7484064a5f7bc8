"""Pencilled bookings: ranks, challenges and their clocks."""

from services.holds.types import ChallengeMade, ChallengeView, HoldRef, HoldView

__all__ = ["ChallengeMade", "ChallengeView", "HoldRef", "HoldView"]
