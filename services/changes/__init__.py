"""A session that was sold changes its time, rooms or engineer: seen first, done whole, undone exactly."""

from models.changes import ChangeKind
from services.changes.cancellation import preview_cancellation, preview_no_show
from services.changes.errors import CannotTakeBack, CannotUndo, NoChange, NotChangeable, NothingToUndo, SessionOver
from services.changes.exchange import exchange_rooms, preview_exchange
from services.changes.history import changes_of
from services.changes.overtime import charge_overtime, overtime
from services.changes.public import changes_by_link
from services.changes.request_mails import SwapRequestView
from services.changes.requests import open_requests, request_swap, resolve_request, withdraw
from services.changes.service import apply, apply_untold, preview, tell_changed
from services.changes.skipped import preview_skipped, skipped_time
from services.changes.taken_back import undo_check_in, undo_check_out, undo_no_show
from services.changes.types import (
    CANCELLATION,
    NO_SHOW,
    SWAP_NOTE,
    Change,
    ChangeView,
    Exchange,
    Preview,
    Recipient,
    SessionSummary,
)
from services.changes.undo import undo

__all__ = [
    "CANCELLATION",
    "NO_SHOW",
    "SWAP_NOTE",
    "CannotTakeBack",
    "CannotUndo",
    "Change",
    "ChangeKind",
    "ChangeView",
    "Exchange",
    "NoChange",
    "NotChangeable",
    "NothingToUndo",
    "Preview",
    "Recipient",
    "SessionOver",
    "SessionSummary",
    "SwapRequestView",
    "apply",
    "apply_untold",
    "changes_by_link",
    "changes_of",
    "charge_overtime",
    "exchange_rooms",
    "open_requests",
    "overtime",
    "preview",
    "preview_cancellation",
    "preview_exchange",
    "preview_no_show",
    "preview_skipped",
    "request_swap",
    "resolve_request",
    "skipped_time",
    "tell_changed",
    "undo",
    "undo_check_in",
    "undo_check_out",
    "undo_no_show",
    "withdraw",
]
