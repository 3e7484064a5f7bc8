from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.catalog import Engineer, ResourceKind
from services.catalog import resources
from services.catalog.queries import engineers_by_id
from services.catalog.types import EngineerDetails, EngineerView
from services.core.access import Actor, Permission, require
from services.core.fields import parse_optional_phone
from services.core.records import checked
from services.core.rows import add, load, save
from services.core.studio import studio_info


def create_engineer(session: Session, actor: Actor, details: EngineerDetails) -> EngineerView:
    require(actor, Permission.MANAGE_CATALOG)
    values = _checked(session, details)
    engineer_id = resources.new_resource(session, ResourceKind.ENGINEER, values["name"])
    add(session, actor, "engineer_created", Engineer(id=engineer_id, **values))
    return engineers_by_id(session, [engineer_id])[engineer_id]


def update_engineer(session: Session, actor: Actor, engineer_id: int, details: EngineerDetails) -> EngineerView:
    require(actor, Permission.MANAGE_CATALOG)
    values = _checked(session, details)
    engineer = load(session, Engineer, engineer_id, "engineer")
    save(session, actor, "engineer_updated", engineer, values)
    resources.rename(session, engineer_id, engineer.name)
    return engineers_by_id(session, [engineer_id])[engineer_id]


def retire_engineer(session: Session, actor: Actor, engineer_id: int, now: datetime | None = None) -> EngineerView:
    """Refused with the list of bookings while the engineer has sessions to come."""
    require(actor, Permission.MANAGE_CATALOG)
    resources.retire(session, actor, "engineer_retired", load(session, Engineer, engineer_id, "engineer"), now)
    return engineers_by_id(session, [engineer_id])[engineer_id]


def restore_engineer(session: Session, actor: Actor, engineer_id: int) -> EngineerView:
    require(actor, Permission.MANAGE_CATALOG)
    resources.restore(session, actor, "engineer_restored", load(session, Engineer, engineer_id, "engineer"))
    return engineers_by_id(session, [engineer_id])[engineer_id]


def _checked(session: Session, details: EngineerDetails) -> dict[str, Any]:
    region = studio_info(session).phone_region
    return checked(
        EngineerDetails, details, {"phone": lambda: {"phone": parse_optional_phone(details.phone, region) or ""}}
    )
