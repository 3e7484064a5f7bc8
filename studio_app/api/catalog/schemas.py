"""Rooms, services, engineers and microphones as the public page shows them."""

from typing import Literal

from typing_extensions import TypedDict

from services.bookings import ServiceMode
from services.catalog import MicView, PublicEngineer, RoomView, ServiceView
from studio_app.api.answers import ListAnswer


class RoomOffer(TypedDict):
    """Rates are per hour. Without the two specific ones `base_rate_cents` counts."""

    id: int
    name: str
    description: str
    base_rate_cents: int
    rate_with_engineer_cents: int | None
    rate_without_engineer_cents: int | None
    amenities: list[str]
    images: list[str]
    capacity: int
    engineer_ids: list[int]


class RoomsAnswer(ListAnswer):
    data: list[RoomOffer]


class ServiceOffer(TypedDict):
    """`price_cents` is per hour or flat, by `pricing`."""

    code: str
    name: str
    mode: ServiceMode
    description: str
    pricing: Literal["HOURLY", "FLAT"]
    price_cents: int
    duration_minutes: int
    buffer_minutes: int
    needs_engineer: bool
    preparation: str


class ServicesAnswer(ListAnswer):
    data: list[ServiceOffer]


class EngineerOffer(TypedDict):
    id: int
    name: str
    bio: str
    room_ids: list[int]


class EngineersAnswer(ListAnswer):
    data: list[EngineerOffer]


class MicOffer(TypedDict):
    id: int
    name: str
    description: str
    upcharge_cents: int
    is_premium: bool
    image: str
    units: int


class MicsAnswer(ListAnswer):
    data: list[MicOffer]


def room_json(room: RoomView) -> RoomOffer:
    return {
        "id": room.id,
        "name": room.name,
        "description": room.description,
        "base_rate_cents": room.base_rate_cents,
        "rate_with_engineer_cents": room.rate_with_engineer_cents,
        "rate_without_engineer_cents": room.rate_without_engineer_cents,
        "amenities": list(room.amenities),
        "images": list(room.images),
        "capacity": room.capacity,
        "engineer_ids": list(room.engineer_ids),
    }


def service_json(service: ServiceView) -> ServiceOffer:
    return {
        "code": service.code,
        "name": service.name,
        "mode": service.mode,
        "description": service.description,
        "pricing": service.pricing,
        "price_cents": service.price_cents,
        "duration_minutes": service.duration_minutes,
        "buffer_minutes": service.buffer_minutes,
        "needs_engineer": service.needs_engineer,
        "preparation": service.preparation,
    }


def engineer_json(engineer: PublicEngineer) -> EngineerOffer:
    return {"id": engineer.id, "name": engineer.name, "bio": engineer.bio, "room_ids": list(engineer.room_ids)}


def mic_json(mic: MicView) -> MicOffer:
    return {
        "id": mic.id,
        "name": mic.name,
        "description": mic.description,
        "upcharge_cents": mic.upcharge_cents,
        "is_premium": mic.is_premium,
        "image": mic.image,
        "units": mic.units,
    }
