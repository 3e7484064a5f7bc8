"""What rooms, engineers, performers and gear units share: a place in the ledger of time."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.catalog import Engineer, Performer, Resource, ResourceKind, Room
from services.catalog.types import EngineerDetails, PerformerDetails
from services.catalog.upcoming import refuse_if_booked
from services.core import clock
from services.core.access import Actor
from services.core.fields import parse_optional_phone
from services.core.records import checked
from services.core.rows import load, save
from services.core.studio import studio_info


def new_resource(session: Session, kind: ResourceKind, name: str) -> int:
    resource = Resource(kind=kind, name=name)
    session.add(resource)
    session.flush()
    assert resource.id is not None
    return resource.id


def checked_person(session: Session, kind: type[Any], details: EngineerDetails | PerformerDetails) -> dict[str, Any]:
    """Their numbers are read in the studio's region."""
    region = studio_info(session).phone_region
    return checked(kind, details, {"phone": lambda: {"phone": parse_optional_phone(details.phone, region) or ""}})


def rename(session: Session, resource_id: int, name: str) -> None:
    load(session, Resource, resource_id, "resource").name = name
    session.flush()


def retire(session: Session, actor: Actor, action: str, row: Room | Engineer | Performer, now: datetime | None) -> None:
    """Takes it out of sale; bookings and history keep it."""
    now = now or clock.now()
    set_in_service(session, row.id, row.name, now, in_service=False)
    save(session, actor, action, row, {"deleted_at": row.deleted_at or now})


def restore(session: Session, actor: Actor, action: str, row: Room | Engineer | Performer) -> None:
    set_in_service(session, row.id, row.name, clock.now(), in_service=True)
    save(session, actor, action, row, {"deleted_at": None})


def set_in_service(session: Session, resource_id: int, name: str, now: datetime, *, in_service: bool) -> Resource:
    """The lock on the resource waits for bookings that are being stored, so that none is missed."""
    resource = load(session, Resource, resource_id, "resource")
    if not in_service:
        refuse_if_booked(session, resource_id, name, now)
    resource.is_active = in_service
    session.flush()
    return resource
