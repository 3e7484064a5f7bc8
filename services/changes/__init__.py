"""A session that was sold changes its time, rooms or engineer: seen first, done whole, undone exactly."""

from models.changes import ChangeKind
from services.changes.request_mails import SwapRequestView
from services.changes.requests import open_requests, request_swap, resolve_request, withdraw
from services.changes.types import CANCELLATION, SWAP_NOTE, Change, ChangeView, Preview, Side, Told

__all__ = [
    "CANCELLATION",
    "SWAP_NOTE",
    "Change",
    "ChangeKind",
    "ChangeView",
    "Preview",
    "Side",
    "SwapRequestView",
    "Told",
    "open_requests",
    "request_swap",
    "resolve_request",
    "withdraw",
]
