"""What a client sees of their own: all of it, once a link mailed to their address on file has proved who they are."""

from services.my.errors import LinkSpent, NotEntered
from services.my.service import ask_link, enter, leave, overview, revoke_feed, subscribe
from services.my.types import Entered, Overview, OwnBooking

__all__ = [
    "Entered",
    "LinkSpent",
    "NotEntered",
    "Overview",
    "OwnBooking",
    "ask_link",
    "enter",
    "leave",
    "overview",
    "revoke_feed",
    "subscribe",
]
