"""How strangers may use what is open to everyone: what is sold online, and how much of anything at once."""

from models.online import START_STEPS
from services.online.allowances import Allowance, TooMany, forget_uses, question, request, spend, spend_apart
from services.online.rules import address_of
from services.online.settings import get_online_booking, online_booking, start_step, update_online_booking
from services.online.types import OnlineRules

__all__ = [
    "START_STEPS",
    "Allowance",
    "OnlineRules",
    "TooMany",
    "address_of",
    "forget_uses",
    "get_online_booking",
    "online_booking",
    "question",
    "request",
    "spend",
    "spend_apart",
    "start_step",
    "update_online_booking",
]
