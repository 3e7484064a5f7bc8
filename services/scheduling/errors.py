from dataclasses import asdict

from services.core.errors import Conflict
from services.scheduling.types import Answer


class SlotTaken(Conflict):
    """The time is not free. Carries who or what is in the way, and what would work instead."""

    code = "slot_taken"

    def __init__(self, answer: Answer) -> None:
        message = " ".join(dict.fromkeys(reason.message for reason in answer.reasons)) or "That time is not free."
        conflicts = [asdict(reason) for reason in answer.reasons]
        alternatives = [asdict(alternative) for alternative in answer.alternatives]
        super().__init__(message, field="start", details={"conflicts": conflicts, "alternatives": alternatives})
        self.answer = answer


class CapacityTaken(SlotTaken):
    """Too few minutes of online work are left in the period."""

    code = "capacity_taken"
