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
from services.scheduling.lockouts import list_lockouts, lock_rooms, unlock_rooms
from services.scheduling.offered import Offered, check_offered, check_offered_online, offered_to
from services.scheduling.openings import Opening, Search, first_opening
from services.scheduling.people import performer_availability
from services.scheduling.reallocation import allocate_again, allocations_of, free_from, reallocate, release_all
from services.scheduling.refusals import count_refused, note_refusal, refused_by_reason
from services.scheduling.rules import checked_minutes
from services.scheduling.service import allocations, claim, release, store, taken_if_overlapping
from services.scheduling.time_off import cancel_time_off, list_time_off, take_time_off
from services.scheduling.types import (
    AgendaEntry,
    AllocatedSpan,
    Alternative,
    Answer,
    BlockView,
    Claim,
    DayAvailability,
    EngineerChoice,
    LockoutView,
    MicRequest,
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
    SlotRequest,
    Span,
    TimeOffView,
)
from services.scheduling.usage import open_minutes, rooms_in_use
from services.scheduling.working import engineers_at_work

__all__ = [
    "AgendaEntry",
    "AllocatedSpan",
    "AllocationReason",
    "Alternative",
    "Answer",
    "BlockView",
    "CapacityTaken",
    "Claim",
    "DayAvailability",
    "EngineerChoice",
    "LockoutKind",
    "LockoutView",
    "MicRequest",
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
    "SlotRequest",
    "SlotTaken",
    "Span",
    "TimeOffReason",
    "TimeOffStatus",
    "TimeOffView",
    "agenda",
    "allocate_again",
    "allocations",
    "allocations_of",
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
    "reallocate",
    "refused_by_reason",
    "release",
    "release_all",
    "release_capacity",
    "rooms_in_use",
    "slots",
    "store",
    "take_time_off",
    "taken_if_overlapping",
    "unlock_rooms",
    "why",
]
