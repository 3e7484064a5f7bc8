"""Time away: rooms out of sale, people who do not work, and what that falls on."""

from models.absences import LockoutKind, TimeOffReason, TimeOffStatus
from services.absences.blocks import blocks
from services.absences.lockouts import list_lockouts, lock_rooms, unlock_rooms
from services.absences.time_off import cancel_time_off, list_time_off, take_time_off
from services.absences.types import BlockView, LockoutView, NewLockout, NewTimeOff, TimeOffView

__all__ = [
    "BlockView",
    "LockoutKind",
    "LockoutView",
    "NewLockout",
    "NewTimeOff",
    "TimeOffReason",
    "TimeOffStatus",
    "TimeOffView",
    "blocks",
    "cancel_time_off",
    "list_lockouts",
    "list_time_off",
    "lock_rooms",
    "take_time_off",
    "unlock_rooms",
]
