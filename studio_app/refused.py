"""Somebody was turned away for want of time: counted in the metrics and for the report, wherever they asked."""

from services import scheduling
from services.scheduling import SlotTaken
from studio_app.api.metrics import SLOTS_REFUSED


def count_taken(error: SlotTaken) -> None:
    """After the refused transaction is gone. Blocks: call it in a worker thread."""
    for code in {reason.code for reason in error.answer.reasons}:
        SLOTS_REFUSED.labels(code).inc()
    scheduling.note_refusal(error)
