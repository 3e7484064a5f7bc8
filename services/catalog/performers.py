"""Who plays or sings in sessions, and signs in to keep their own availability."""

from datetime import datetime

from sqlmodel import Session, col

from models.catalog import Performer, ResourceKind
from services.catalog import resources
from services.catalog.queries import performers, performers_by_id
from services.catalog.types import PerformerDetails, PerformerView
from services.core.access import Actor, Permission, require
from services.core.errors import NotFound
from services.core.rows import add, load, save

_READERS = (Permission.BOOK_SESSIONS, Permission.MANAGE_CATALOG, Permission.VIEW_MONEY)


def list_performers(session: Session, actor: Actor, include_retired: bool = False) -> tuple[PerformerView, ...]:
    require(actor, *_READERS)
    return performers(session, *(() if include_retired else (col(Performer.deleted_at).is_(None),)))


def get_performer(session: Session, actor: Actor, performer_id: int) -> PerformerView:
    _require_reader(actor, performer_id)
    found = performers_by_id(session, [performer_id])
    if not found:
        raise NotFound("There is no such performer.")
    return found[performer_id]


def create_performer(session: Session, actor: Actor, details: PerformerDetails) -> PerformerView:
    require(actor, Permission.MANAGE_CATALOG)
    values = resources.checked_person(session, PerformerDetails, details)
    performer_id = resources.new_resource(session, ResourceKind.PERFORMER, values["name"])
    add(session, actor, "performer_created", Performer(id=performer_id, **values))
    return performers_by_id(session, [performer_id])[performer_id]


def update_performer(session: Session, actor: Actor, performer_id: int, details: PerformerDetails) -> PerformerView:
    require(actor, Permission.MANAGE_CATALOG)
    values = resources.checked_person(session, PerformerDetails, details)
    performer = load(session, Performer, performer_id, "performer")
    save(session, actor, "performer_updated", performer, values)
    resources.rename(session, performer_id, performer.name)
    return performers_by_id(session, [performer_id])[performer_id]


def retire_performer(session: Session, actor: Actor, performer_id: int, now: datetime | None = None) -> PerformerView:
    """Refused with the list of bookings while the performer has sessions to come."""
    require(actor, Permission.MANAGE_CATALOG)
    resources.retire(session, actor, "performer_retired", load(session, Performer, performer_id, "performer"), now)
    return performers_by_id(session, [performer_id])[performer_id]


def restore_performer(session: Session, actor: Actor, performer_id: int) -> PerformerView:
    require(actor, Permission.MANAGE_CATALOG)
    resources.restore(session, actor, "performer_restored", load(session, Performer, performer_id, "performer"))
    return performers_by_id(session, [performer_id])[performer_id]


def _require_reader(actor: Actor, performer_id: int) -> None:
    """Performers see themselves."""
    if performer_id != actor.performer_id:
        require(actor, *_READERS)
