"""The ledger of time: what is free, why not, and who takes it."""

from services.scheduling.availability import day_availability, engineer_choices, month_availability, slots, why
from services.scheduling.capacity import capacity, capacity_days, claim_capacity, periods_of, release_capacity
from services.scheduling.errors import CapacityTaken, SlotTaken
from services.scheduling.refusals import count_refused, note_refusal, refused_by_reason
from services.scheduling.rules import checked_minutes
from services.scheduling.service import claim, release, store
from services.scheduling.types import (
    Alternative,
    Answer,
    BlockView,
    Claim,
    DayAvailability,
    EngineerChoice,
    MicWish,
    PeriodCapacity,
    Reason,
    ReasonCode,
    RoomFree,
    ServiceFit,
    Slot,
    Span,
    Wish,
)

__all__ = [
    "Alternative",
    "Answer",
    "BlockView",
    "CapacityTaken",
    "Claim",
    "DayAvailability",
    "EngineerChoice",
    "MicWish",
    "PeriodCapacity",
    "Reason",
    "ReasonCode",
    "RoomFree",
    "ServiceFit",
    "Slot",
    "SlotTaken",
    "Span",
    "Wish",
    "capacity",
    "capacity_days",
    "checked_minutes",
    "claim",
    "claim_capacity",
    "count_refused",
    "day_availability",
    "engineer_choices",
    "month_availability",
    "note_refusal",
    "periods_of",
    "refused_by_reason",
    "release",
    "release_capacity",
    "slots",
    "store",
    "why",
]
