"""Rooms, services, engineers and microphones as the public page shows them."""

from services.catalog import MicView, PublicEngineer, RoomView, ServiceView
from studio_app.api.schemas import list_schema, schema_of, writer

_ALWAYS_ON_OFFER = "only what is on offer is shown"
_ORDER = "the list is in that order"
_RETIRED = {"is_active": _ALWAYS_ON_OFFER, "deleted_at": _ALWAYS_ON_OFFER, "position": _ORDER}

RoomOffer = schema_of(
    RoomView,
    "RoomOffer",
    "Rates are per hour. Without the two specific ones `base_rate_cents` counts.",
    omit=_RETIRED | {"status": _ALWAYS_ON_OFFER},
)
ServiceOffer = schema_of(
    ServiceView,
    "ServiceOffer",
    "`price_cents` is per hour or flat, by `pricing`.",
    omit=_RETIRED
    | {
        "id": "a service is named by its code",
        "is_visible": _ALWAYS_ON_OFFER,
        "attributes": "for the studio's own use",
    },
)
EngineerOffer = schema_of(PublicEngineer, "EngineerOffer")
MicOffer = schema_of(MicView, "MicOffer", omit={"is_active": _ALWAYS_ON_OFFER, "position": _ORDER})

RoomsAnswer = list_schema(RoomOffer, "RoomsAnswer")
ServicesAnswer = list_schema(ServiceOffer, "ServicesAnswer")
EngineersAnswer = list_schema(EngineerOffer, "EngineersAnswer")
MicsAnswer = list_schema(MicOffer, "MicsAnswer")

room_json = writer(RoomOffer)
service_json = writer(ServiceOffer)
engineer_json = writer(EngineerOffer)
mic_json = writer(MicOffer)
