"""The ledger of time: what is free, why not, and who takes it."""

from models.scheduling import AllocationReason, LockoutKind, TimeOffReason, TimeOffStatus
from services.scheduling.agenda import agenda
from services.scheduling.availability import day_availability, engineer_choices, month_availability, slots, why
from services.scheduling.blocks import blocks
from services.scheduling.capacity import (
    capacity,
    capacity_days,
    claim_capacity,
    online_minutes,
    periods_of,
    release_capacity,
)
from services.scheduling.errors import CapacityTaken, SlotTaken
from services.scheduling.held import free_from, held_by, hold_again, hold_instead, release_together
from services.scheduling.lockouts import list_lockouts, lock_rooms, unlock_rooms
from services.scheduling.offered import Offered, check_offered, check_offered_online, offered_to
from services.scheduling.openings import Opening, Search, first_opening
from services.scheduling.people import performer_availability
from services.scheduling.refusals import count_refused, note_refusal, refused_by_reason
from services.scheduling.rules import checked_minutes
from services.scheduling.service import allocations, claim, release, store, taken_if_overlapping
from services.scheduling.time_off import cancel_time_off, list_time_off, take_time_off
from services.scheduling.types import (
    AgendaEntry,
    Alternative,
    Answer,
    BlockView,
    Claim,
    DayAvailability,
    EngineerChoice,
    Held,
    LockoutView,
    MicWish,
    NewLockout,
    NewTimeOff,
    PeriodCapacity,
    PersonFree,
    Reason,
    ReasonCode,
    RoomFree,
    ServiceFit,
    SessionInWay,
    Slot,
    Span,
    TimeOffView,
    Wish,
)
from services.scheduling.usage import open_minutes, rooms_in_use
from services.scheduling.working import engineers_at_work

__all__ = [
    "AgendaEntry",
    "AllocationReason",
    "Alternative",
    "Answer",
    "BlockView",
    "CapacityTaken",
    "Claim",
    "DayAvailability",
    "EngineerChoice",
    "Held",
    "LockoutKind",
    "LockoutView",
    "MicWish",
    "NewLockout",
    "NewTimeOff",
    "Offered",
    "Opening",
    "PeriodCapacity",
    "PersonFree",
    "Reason",
    "ReasonCode",
    "RoomFree",
    "Search",
    "ServiceFit",
    "SessionInWay",
    "Slot",
    "SlotTaken",
    "Span",
    "TimeOffReason",
    "TimeOffStatus",
    "TimeOffView",
    "Wish",
    "agenda",
    "allocations",
    "blocks",
    "cancel_time_off",
    "capacity",
    "capacity_days",
    "check_offered",
    "check_offered_online",
    "checked_minutes",
    "claim",
    "claim_capacity",
    "count_refused",
    "day_availability",
    "engineer_choices",
    "engineers_at_work",
    "first_opening",
    "free_from",
    "held_by",
    "hold_again",
    "hold_instead",
    "list_lockouts",
    "list_time_off",
    "lock_rooms",
    "month_availability",
    "note_refusal",
    "offered_to",
    "online_minutes",
    "open_minutes",
    "performer_availability",
    "periods_of",
    "refused_by_reason",
    "release",
    "release_capacity",
    "release_together",
    "rooms_in_use",
    "slots",
    "store",
    "take_time_off",
    "taken_if_overlapping",
    "unlock_rooms",
    "why",
]
