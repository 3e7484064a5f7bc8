"""What staff read of the catalog."""

from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from models.catalog import (
    Closure,
    Engineer,
    ExtraAvailability,
    GearUnit,
    MicOption,
    Period,
    Room,
    Service,
    ServicePrice,
    WorkingHours,
)
from models.identity import User
from services.catalog import queries
from services.catalog.types import (
    ClosureView,
    EngineerView,
    ExtraAvailabilityView,
    GearUnitView,
    MicView,
    PeriodView,
    RoomView,
    ServicePriceView,
    ServiceView,
    WorkingHoursView,
)
from services.core.access import STAFF, Actor, Permission, require
from services.core.errors import NotFound
from services.core.fields import MAX_ID
from services.core.rows import view
from services.core.studio import Studio, studio_info


def get_studio(session: Session, actor: Actor) -> Studio:
    require(actor, Permission.VIEW_PROFILE)
    return studio_info(session)


def list_rooms(session: Session, actor: Actor, include_retired: bool = False) -> tuple[RoomView, ...]:
    require(actor, *STAFF)
    return queries.rooms(session, *(() if include_retired else (col(Room.deleted_at).is_(None),)))


def get_room(session: Session, actor: Actor, room_id: int) -> RoomView:
    require(actor, *STAFF)
    found = queries.rooms_by_id(session, [room_id])
    if not found:
        raise NotFound("There is no such room.")
    return found[room_id]


def list_engineers(session: Session, actor: Actor, include_retired: bool = False) -> tuple[EngineerView, ...]:
    require(actor, *STAFF)
    return queries.engineers(session, *(() if include_retired else (col(Engineer.deleted_at).is_(None),)))


def get_engineer(session: Session, actor: Actor, engineer_id: int) -> EngineerView:
    require(actor, *STAFF)
    found = queries.engineers_by_id(session, [engineer_id])
    if not found:
        raise NotFound("There is no such engineer.")
    return found[engineer_id]


def list_services(session: Session, actor: Actor, include_retired: bool = False) -> tuple[ServiceView, ...]:
    require(actor, *STAFF)
    return queries.services(session, *(() if include_retired else (col(Service.is_active),)))


def price_history(session: Session, actor: Actor, service_id: int) -> tuple[ServicePriceView, ...]:
    """The latest first."""
    require(actor, Permission.MANAGE_CATALOG, Permission.VIEW_REPORTS)
    query = (
        select(ServicePrice, func.coalesce(User.name, "").label("set_by_name"))
        .outerjoin(User, col(User.id) == ServicePrice.set_by)
        .where(col(ServicePrice.service_id) == min(service_id, MAX_ID))
        .order_by(col(ServicePrice.effective_from).desc(), col(ServicePrice.id).desc())
    )
    return tuple(
        view(ServicePriceView, {**price.model_dump(), "set_by_name": name}) for price, name in session.execute(query)
    )


def list_mics(session: Session, actor: Actor, include_retired: bool = False) -> tuple[MicView, ...]:
    require(actor, *STAFF)
    return queries.mics(session, *(() if include_retired else (col(MicOption.is_active),)))


def list_units(session: Session, actor: Actor, mic_id: int) -> tuple[GearUnitView, ...]:
    """The physical mics of a kind, those out of service too."""
    require(actor, *STAFF)
    return queries.gear_units(session, col(GearUnit.mic_option_id) == min(mic_id, MAX_ID))


def list_periods(session: Session, actor: Actor, include_inactive: bool = False) -> tuple[PeriodView, ...]:
    require(actor, *STAFF)
    return queries.periods(session, *(() if include_inactive else (col(Period.is_active),)))


def list_closures(session: Session, actor: Actor, from_day: date | None = None) -> tuple[ClosureView, ...]:
    """Those that last until `from_day` or longer; without it all."""
    require(actor, *STAFF)
    return queries.closures(session, *(() if from_day is None else (col(Closure.last_day) >= from_day,)))


def list_working_hours(session: Session, actor: Actor, resource_id: int) -> tuple[WorkingHoursView, ...]:
    """Of an engineer or a performer."""
    _require_schedule(actor, resource_id)
    return queries.working_hours(session, col(WorkingHours.resource_id) == min(resource_id, MAX_ID))


def list_extra_availability(
    session: Session, actor: Actor, resource_id: int, from_day: date | None = None
) -> tuple[ExtraAvailabilityView, ...]:
    """Those that end on `from_day` (UTC) or later; without it all."""
    _require_schedule(actor, resource_id)
    of_person = col(ExtraAvailability.resource_id) == min(resource_id, MAX_ID)
    late = () if from_day is None else (func.upper(col(ExtraAvailability.during)) >= from_day,)
    return queries.extra_availability(session, of_person, *late)


def _require_schedule(actor: Actor, resource_id: int) -> None:
    """One's own, or anybody's for who books. Performers learn nothing of anyone else."""
    if resource_id not in actor.resource_ids:
        require(actor, Permission.BOOK_SESSIONS, Permission.MANAGE_CATALOG)
