"""Who would take time that becomes free, and who is offered it."""

from models.waitlist import OfferStatus, WishStatus
from services.waitlist.answers import (
    accept,
    accept_public,
    close,
    decline,
    decline_public,
    due,
    is_due,
    over,
    settle,
)
from services.waitlist.errors import NoOpenOffer, WishNotFound, WishOver
from services.waitlist.freed import offer_what_is_free
from services.waitlist.matching import match, offer, waiting
from services.waitlist.service import (
    all_wishes,
    desk,
    get_public,
    list_wishes,
    public_wish,
    wish,
    withdraw,
    withdraw_public,
)
from services.waitlist.types import Desk, NewWish, OfferView, PublicWish, WishFacts, WishFilters, WishView

__all__ = [
    "Desk",
    "NewWish",
    "NoOpenOffer",
    "OfferStatus",
    "OfferView",
    "PublicWish",
    "WishFacts",
    "WishFilters",
    "WishNotFound",
    "WishOver",
    "WishStatus",
    "WishView",
    "accept",
    "accept_public",
    "all_wishes",
    "close",
    "decline",
    "decline_public",
    "desk",
    "due",
    "get_public",
    "is_due",
    "list_wishes",
    "match",
    "offer",
    "offer_what_is_free",
    "over",
    "public_wish",
    "settle",
    "waiting",
    "wish",
    "withdraw",
    "withdraw_public",
]
