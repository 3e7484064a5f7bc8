"""What a visitor of the public page sees, and nothing else."""

from sqlmodel import Session, col

from models.catalog import Engineer, MicOption, Resource, Room, RoomStatus, Service, ServiceMode
from services.catalog import queries
from services.catalog.types import MicView, PublicEngineer, RoomView, ServiceView
from services.core.access import Actor, Permission, require

_ANYONE = (Permission.BOOK_ONLINE, Permission.BOOK_SESSIONS)


def public_rooms(session: Session, actor: Actor) -> tuple[RoomView, ...]:
    require(actor, *_ANYONE)
    return queries.rooms(session, col(Resource.is_active), col(Room.status) == RoomStatus.AVAILABLE)


def public_services(session: Session, actor: Actor, mode: ServiceMode | None = None) -> tuple[ServiceView, ...]:
    require(actor, *_ANYONE)
    of_mode = () if mode is None else (col(Service.mode) == mode,)
    return queries.services(session, col(Service.is_active), col(Service.is_visible), *of_mode)


def public_engineers(session: Session, actor: Actor) -> tuple[PublicEngineer, ...]:
    require(actor, *_ANYONE)
    found = queries.engineers(session, col(Resource.is_active), col(Engineer.deleted_at).is_(None))
    return tuple(PublicEngineer(id=each.id, name=each.name, bio=each.bio, room_ids=each.room_ids) for each in found)


def public_mics(session: Session, actor: Actor) -> tuple[MicView, ...]:
    """Those with at least one unit in service."""
    require(actor, *_ANYONE)
    return tuple(mic for mic in queries.mics(session, col(MicOption.is_active)) if mic.units)
