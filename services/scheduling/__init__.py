"""The ledger of time: what is free, why not, and who takes it."""

from models.scheduling import AllocationReason
from services.scheduling.agenda import agenda
from services.scheduling.availability import day_availability, engineer_choices, month_availability, slots, why
from services.scheduling.capacity import (
    capacity,
    capacity_days,
    claim_capacity,
    online_minutes,
    periods_of,
    release_capacity,
)
from services.scheduling.conflicts import holds_met, refuse_if_met
from services.scheduling.errors import CapacityTaken, SlotTaken
from services.scheduling.ledger import allocate, lock
from services.scheduling.offered import Offered, check_offered, check_offered_online, offered_to
from services.scheduling.openings import Opening, Search, first_opening
from services.scheduling.people import performer_availability
from services.scheduling.reallocation import allocate_again, allocations_of, free_from, reallocate, release_all
from services.scheduling.refusals import count_refused, note_refusal, refused_by_reason
from services.scheduling.rules import check_span, checked_minutes, still_to_come
from services.scheduling.service import allocations, claim, release, store, taken_if_overlapping
from services.scheduling.statements import WALL_CLOCK, days_between
from services.scheduling.types import (
    AgendaEntry,
    AllocatedSpan,
    Alternative,
    Answer,
    Claim,
    DayAvailability,
    EngineerChoice,
    MicRequest,
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
)
from services.scheduling.usage import open_minutes, rooms_in_use
from services.scheduling.wording import day_span, listed
from services.scheduling.working import engineers_at_work

__all__ = [
    "WALL_CLOCK",
    "AgendaEntry",
    "AllocatedSpan",
    "AllocationReason",
    "Alternative",
    "Answer",
    "CapacityTaken",
    "Claim",
    "DayAvailability",
    "EngineerChoice",
    "MicRequest",
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
    "agenda",
    "allocate",
    "allocate_again",
    "allocations",
    "allocations_of",
    "capacity",
    "capacity_days",
    "check_offered",
    "check_offered_online",
    "check_span",
    "checked_minutes",
    "claim",
    "claim_capacity",
    "count_refused",
    "day_availability",
    "day_span",
    "days_between",
    "engineer_choices",
    "engineers_at_work",
    "first_opening",
    "free_from",
    "holds_met",
    "listed",
    "lock",
    "month_availability",
    "note_refusal",
    "offered_to",
    "online_minutes",
    "open_minutes",
    "performer_availability",
    "periods_of",
    "reallocate",
    "refuse_if_met",
    "refused_by_reason",
    "release",
    "release_all",
    "release_capacity",
    "rooms_in_use",
    "slots",
    "still_to_come",
    "store",
    "taken_if_overlapping",
    "why",
]
