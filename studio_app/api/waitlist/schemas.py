"""What a wish of the waitlist looks like in JSON, and what one is left with."""

import re
from datetime import time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema
from typing_extensions import TypedDict

from services.clients import ClientSource
from services.core.paging import Page
from services.waitlist import NewWish, OfferView, PublicWish, WishFacts, WishFilters, WishStatus, WishView
from studio_app.api.answers import Instant, IsoDay, ListAnswer, iso, iso_day, iso_or_none
from studio_app.api.bodies import Body, Day, Id, Line, Minutes, QueryId, Text, Word
from studio_app.api.bookings.bodies import ClientBody
from studio_app.api.bookings.filters import words
from studio_app.api.bookings.shapes import NamedJson
from studio_app.api.misshapen import Misshapen

_CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


def _clock(given: Any) -> time:
    if not isinstance(given, str) or not re.fullmatch(_CLOCK, given, re.ASCII):
        raise Misshapen("Write a time of day like 20:00.")
    return time.fromisoformat(given)


Clock = Annotated[time, BeforeValidator(_clock), WithJsonSchema({"type": "string", "pattern": _CLOCK})]


class WishBody(Body):
    """Days are local, both included. Several rooms: all of them at once; none: any one."""

    service: Word
    first_day: Day
    last_day: Day
    minutes: Minutes | None = None
    rooms: Annotated[list[Id], Field(max_length=20)] = []
    engineer_id: Id | None = None
    not_before: Clock | None = None
    not_after: Clock | None = None
    notes: Text = ""

    def _fields(self) -> dict[str, Any]:
        given = {name: getattr(self, name) for name in WishBody.model_fields if name != "rooms"}
        return given | {"room_ids": tuple(self.rooms)}


class StaffWishBody(WishBody):
    client_id: Id | None = None
    client: ClientBody | None = None
    artist: Line = ""

    def to_new(self) -> NewWish:
        client = self.client.to_new(ClientSource.STAFF) if self.client else None
        return NewWish(**self._fields(), client_id=self.client_id, client=client, artist=self.artist)


class PublicWishBody(WishBody):
    client: ClientBody

    def to_new(self) -> NewWish:
        return NewWish(**self._fields(), client=self.client.to_new(ClientSource.PUBLIC_PAGE))


class WishFilter(BaseModel):
    q: Line = ""
    status: Annotated[list[WishStatus], BeforeValidator(words), Field(max_length=10)] = []
    service: Word = ""
    room: QueryId = None
    sort: Annotated[str, Field(pattern=r"^(-?(created_at|first_day|client|status))?$")] = ""

    def filters(self) -> WishFilters:
        return WishFilters(q=self.q, statuses=tuple(self.status), service=self.service, room_id=self.room)


class WishQuery(WishFilter):
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=200)] = 25


class OfferJson(TypedDict):
    id: int
    status: str
    due_at: Instant
    answered_at: Instant | None
    number: str
    booking_token: str
    start: Instant
    end: Instant
    rooms: list[str]
    engineer: str
    total_cents: int
    deposit_cents: int


class ServiceNameJson(TypedDict):
    code: str
    name: str


class WishFactsJson(TypedDict):
    status: str
    service: ServiceNameJson
    rooms: list[NamedJson]
    engineer: NamedJson | None
    first_day: IsoDay
    last_day: IsoDay
    not_before: str | None
    not_after: str | None
    minutes: int
    created_at: Instant
    offer: OfferJson | None


class WishJson(WishFactsJson):
    id: int
    client: NamedJson
    artist: str
    notes: str
    created_by: str


class WishAnswer(TypedDict):
    wish: WishJson


class WishesAnswer(ListAnswer):
    data: list[WishJson]


class PublicWishAnswer(TypedDict):
    wish: WishFactsJson


class PublicWishMade(PublicWishAnswer):
    token: str
    """Empty where the same wish stands already: its link is in the client's mail."""


def wish_json(wish: WishView, zone: ZoneInfo) -> WishJson:
    return {
        **facts_json(wish, zone),
        "id": wish.id,
        "client": {"id": wish.client.id, "name": wish.client.name},
        "artist": wish.artist_name,
        "notes": wish.notes,
        "created_by": wish.created_by,
    }


def wishes_json(page: Page[WishView], zone: ZoneInfo) -> WishesAnswer:
    return {
        "data": [wish_json(wish, zone) for wish in page.data],
        "total": page.total,
        "page": page.page,
        "page_size": page.page_size,
    }


def public_json(wish: PublicWish, zone: ZoneInfo) -> PublicWishAnswer:
    return {"wish": facts_json(wish, zone)}


def facts_json(wish: WishFacts, zone: ZoneInfo) -> WishFactsJson:
    return {
        "status": wish.status,
        "service": {"code": wish.service_code, "name": wish.service_name},
        "rooms": [{"id": room.id, "name": room.name} for room in wish.rooms],
        "engineer": {"id": wish.engineer.id, "name": wish.engineer.name} if wish.engineer else None,
        "first_day": iso_day(wish.first_day),
        "last_day": iso_day(wish.last_day),
        "not_before": f"{wish.not_before:%H:%M}" if wish.not_before else None,
        "not_after": f"{wish.not_after:%H:%M}" if wish.not_after else None,
        "minutes": wish.minutes,
        "created_at": iso(wish.created_at, zone),
        "offer": _offer_json(wish.offer, zone) if wish.offer else None,
    }


def _offer_json(offer: OfferView, zone: ZoneInfo) -> OfferJson:
    return {
        "id": offer.id,
        "status": offer.status,
        "due_at": iso(offer.due_at, zone),
        "answered_at": iso_or_none(offer.answered_at, zone),
        "number": offer.number,
        "booking_token": offer.booking_token,
        "start": iso(offer.start, zone),
        "end": iso(offer.end, zone),
        "rooms": list(offer.room_names),
        "engineer": offer.engineer_name,
        "total_cents": offer.total_cents,
        "deposit_cents": offer.deposit_cents,
    }
