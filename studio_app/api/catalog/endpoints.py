"""What the studio offers, as the public page shows it."""

from fastapi import APIRouter, Response

from services import catalog
from services.bookings import ServiceMode
from studio_app.api.answers import documented, ok, whole_list
from studio_app.api.catalog.schemas import (
    EngineersAnswer,
    MicsAnswer,
    RoomsAnswer,
    ServicesAnswer,
    engineer_json,
    mic_json,
    room_json,
    service_json,
)
from studio_app.api.deps import Who

router = APIRouter(prefix="/api/catalog", tags=["Catalog"])


@router.get("/rooms", responses=documented(RoomsAnswer))
def rooms(who: Who) -> Response:
    return ok(whole_list([room_json(room) for room in who.run(catalog.public_rooms)]))


@router.get("/services", responses=documented(ServicesAnswer, 422))
def services(who: Who, mode: ServiceMode | None = None) -> Response:
    return ok(whole_list([service_json(service) for service in who.run(catalog.public_services, mode)]))


@router.get("/engineers", responses=documented(EngineersAnswer))
def engineers(who: Who) -> Response:
    return ok(whole_list([engineer_json(engineer) for engineer in who.run(catalog.public_engineers)]))


@router.get("/mics", responses=documented(MicsAnswer))
def mics(who: Who) -> Response:
    return ok(whole_list([mic_json(mic) for mic in who.run(catalog.public_mics)]))
