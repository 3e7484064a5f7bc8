"""What a session costs, line by line, each with its reason."""

from services.pricing.rules import quote
from services.pricing.service import price
from services.pricing.types import (
    Discount,
    EngineerRate,
    MicCharge,
    PriceRequest,
    Quote,
    QuoteInput,
    QuoteLine,
    RateOverride,
    RoomRate,
    Terms,
)

__all__ = [
    "Discount",
    "EngineerRate",
    "MicCharge",
    "PriceRequest",
    "Quote",
    "QuoteInput",
    "QuoteLine",
    "RateOverride",
    "RoomRate",
    "Terms",
    "price",
    "quote",
]
