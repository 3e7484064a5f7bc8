"""What somebody would take if it became free, and what is offered to them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from models.waitlist import OfferStatus, WishStatus
from services.bookings import Named
from services.clients import NewClient


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWish:
    """Days are local, both included; the session begins on one of them, or in the night after.

    With several rooms all of them at once, as everywhere; with none, any one. With hours (local,
    both or none; a `not_after` that is no later than `not_before` is in the night after) the
    session lies within them. `minutes` None: the service's own.
    """

    service: str
    first_day: date
    last_day: date
    client_id: int | None = None
    client: NewClient | None = None
    artist: str = ""
    minutes: int | None = None
    room_ids: tuple[int, ...] = ()
    engineer_id: int | None = None
    not_before: time | None = None
    not_after: time | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class OfferView:
    id: int
    status: OfferStatus
    due_at: datetime
    answered_at: datetime | None
    number: str
    booking_token: str
    """Leads to the client's page of the booking; empty until the offer is accepted."""
    start: datetime
    end: datetime
    room_names: tuple[str, ...]
    engineer_name: str
    total_cents: int
    deposit_cents: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WishFacts:
    """What client and staff both see of a wish."""

    status: WishStatus
    service_code: str
    service_name: str
    rooms: tuple[Named, ...]
    engineer: Named | None
    first_day: date
    last_day: date
    not_before: time | None
    not_after: time | None
    minutes: int
    created_at: datetime
    offer: OfferView | None
    """The latest one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WishView(WishFacts):
    id: int
    client: Named
    artist_name: str
    notes: str
    created_by: str
    """Empty: the client, on the public page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicWish(WishFacts):
    """As whoever holds the link sees it: nothing of the client on file."""

    token: str = field(repr=False)
    """Empty where the wish stood already; whoever left it has the link by mail."""


@dataclass(frozen=True, slots=True)
class WishFilters:
    """None and empty mean any. `q` looks at client and artist."""

    q: str = ""
    statuses: tuple[WishStatus, ...] = ()
    service: str = ""
    room_id: int | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What of the waitlist concerns staff today."""

    offered: tuple[WishView, ...]
    """Whose answer is awaited, most urgent first."""
    newest: tuple[WishView, ...]
    """Waiting, latest first."""
    waiting: int
