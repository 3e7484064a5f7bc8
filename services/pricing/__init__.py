"""What things cost, and what a session costs, line by line, each with its reason."""

from models.pricing import RateAdjustment, RateRuleKind
from services.pricing.queries import active_rate_rules, engineer_rate_history, list_rate_rules, room_limit_history
from services.pricing.rate_rules import activate_rate_rule, deactivate_rate_rule, save_rate_rule
from services.pricing.rates import end_engineer_rate, set_engineer_rate, set_room_limit
from services.pricing.rules import quote
from services.pricing.sale_context import PriceRequest, SaleContext, sale_context
from services.pricing.service import price
from services.pricing.types import (
    Discount,
    EngineerCharge,
    MicCharge,
    NewRate,
    Quote,
    QuoteInput,
    QuoteLine,
    RateOverride,
    RateRuleDetails,
    RateRuleView,
    RateView,
    RoomCharge,
    RoomLimitView,
    Terms,
)

__all__ = [
    "Discount",
    "EngineerCharge",
    "MicCharge",
    "NewRate",
    "PriceRequest",
    "Quote",
    "QuoteInput",
    "QuoteLine",
    "RateAdjustment",
    "RateOverride",
    "RateRuleDetails",
    "RateRuleKind",
    "RateRuleView",
    "RateView",
    "RoomCharge",
    "RoomLimitView",
    "SaleContext",
    "Terms",
    "activate_rate_rule",
    "active_rate_rules",
    "deactivate_rate_rule",
    "end_engineer_rate",
    "engineer_rate_history",
    "list_rate_rules",
    "price",
    "quote",
    "room_limit_history",
    "sale_context",
    "save_rate_rule",
    "set_engineer_rate",
    "set_room_limit",
]
