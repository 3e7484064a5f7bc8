"""How strangers may use what is open to everyone: what is sold online, and how much of anything at once."""

from services.online.allowances import Allowance, TooMany, forget_uses, question, request, spend, spend_apart
from services.online.rules import address_of
from services.online.settings import get_online_booking, online_booking, update_online_booking
from services.online.types import OnlineRules

__all__ = [
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
    "update_online_booking",
]
