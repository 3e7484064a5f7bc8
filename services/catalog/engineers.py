from datetime import datetime

from sqlmodel import Session

from models.catalog import Engineer, ResourceKind
from services.catalog import resources
from services.catalog.queries import engineers_by_id
from services.catalog.types import EngineerDetails, EngineerView
from services.core.access import Actor, Permission, require
from services.core.rows import add, load, save


def create_engineer(session: Session, actor: Actor, details: EngineerDetails) -> EngineerView:
    require(actor, Permission.MANAGE_CATALOG)
    values = resources.checked_person(session, EngineerDetails, details)
    engineer_id = resources.new_resource(session, ResourceKind.ENGINEER, values["name"])
    add(session, actor, "engineer_created", Engineer(id=engineer_id, **values))
    return engineers_by_id(session, [engineer_id])[engineer_id]


def update_engineer(session: Session, actor: Actor, engineer_id: int, details: EngineerDetails) -> EngineerView:
    require(actor, Permission.MANAGE_CATALOG)
    values = resources.checked_person(session, EngineerDetails, details)
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
