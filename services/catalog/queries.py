"""SELECT → frozen views, one statement each.

Functions without an actor are for the other areas and for this one; permissions are asked
before them.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnExpressionArgument, Row, func, select
from sqlmodel import Session, col

from models.catalog import (
    Closure,
    Engineer,
    ExtraAvailability,
    GearUnit,
    MicOption,
    Performer,
    Period,
    Resource,
    Room,
    RoomEngineer,
    Service,
    ServiceMode,
    WorkingHours,
)
from services.catalog.types import (
    ClosureView,
    EngineerView,
    ExtraAvailabilityView,
    GearUnitView,
    MicView,
    PerformerView,
    PeriodView,
    RoomView,
    ServiceView,
    WorkingHoursView,
)
from services.core.db import table
from services.core.errors import Invalid, NotFound
from services.core.fields import clean
from services.core.rows import load, possible, values, view


def resource_names(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Of rooms, engineers, performers and units of gear."""
    found = session.execute(select(col(Resource.id), col(Resource.name)).where(col(Resource.id).in_(ids)))
    return {row.id: row.name for row in found}


def rooms(session: Session, *where: ColumnExpressionArgument[bool]) -> tuple[RoomView, ...]:
    engineers = (
        select(func.array_agg(col(RoomEngineer.engineer_id)))
        .join(Engineer, col(Engineer.id) == RoomEngineer.engineer_id)
        .where(col(RoomEngineer.room_id) == Room.id, col(Engineer.deleted_at).is_(None))
        .scalar_subquery()
    )
    query = (
        select(table(Room), col(Resource.is_active), engineers.label("engineer_ids"))
        .join(Resource, col(Resource.id) == Room.id)
        .where(*where)
        .order_by(col(Room.position), col(Room.name))
    )
    return tuple(_room(row) for row in session.execute(query))


def _room(row: Row[Any]) -> RoomView:
    mapping = values(row)
    for name in ("amenities", "images"):
        mapping[name] = tuple(mapping[name])
    mapping["engineer_ids"] = tuple(sorted(mapping["engineer_ids"] or ()))
    return view(RoomView, mapping)


def rooms_by_id(session: Session, ids: Iterable[int]) -> dict[int, RoomView]:
    """Retired rooms too; an id that is no room is left out."""
    return {room.id: room for room in rooms(session, col(Room.id).in_(possible(ids)))}


def lock_room(session: Session, room_id: int) -> RoomView:
    """Until the end of the transaction; an unknown one is NotFound."""
    load(session, Room, room_id, "room")
    return rooms_by_id(session, [room_id])[room_id]


def engineers(session: Session, *where: ColumnExpressionArgument[bool]) -> tuple[EngineerView, ...]:
    in_room = col(RoomEngineer.room_id).is_not(None)
    query = (
        select(
            table(Engineer),
            col(Resource.is_active),
            func.array_agg(col(RoomEngineer.room_id)).filter(in_room).label("room_ids"),
            func.max(col(RoomEngineer.room_id)).filter(col(RoomEngineer.is_primary)).label("primary_room_id"),
        )
        .join(Resource, col(Resource.id) == Engineer.id)
        .outerjoin(RoomEngineer, col(RoomEngineer.engineer_id) == Engineer.id)
        .where(*where)
        .group_by(col(Engineer.id), col(Resource.is_active))
        .order_by(func.folded(Engineer.name), col(Engineer.id))
    )
    return tuple(_engineer(row) for row in session.execute(query))


def _engineer(row: Row[Any]) -> EngineerView:
    return view(EngineerView, {**values(row), "room_ids": tuple(sorted(row.room_ids or ()))})


def engineers_by_id(session: Session, ids: Iterable[int]) -> dict[int, EngineerView]:
    """Retired engineers too; an id that is no engineer is left out."""
    return {engineer.id: engineer for engineer in engineers(session, col(Engineer.id).in_(possible(ids)))}


def lock_engineer(session: Session, engineer_id: int) -> EngineerView:
    """Until the end of the transaction; an unknown one is NotFound."""
    load(session, Engineer, engineer_id, "engineer")
    return engineers_by_id(session, [engineer_id])[engineer_id]


def performers(session: Session, *where: ColumnExpressionArgument[bool]) -> tuple[PerformerView, ...]:
    query = (
        select(table(Performer), col(Resource.is_active))
        .join(Resource, col(Resource.id) == Performer.id)
        .where(*where)
        .order_by(func.folded(Performer.name), col(Performer.id))
    )
    return tuple(view(PerformerView, {**values(row), "skills": tuple(row.skills)}) for row in session.execute(query))


def performers_by_id(session: Session, ids: Iterable[int]) -> dict[int, PerformerView]:
    """Retired performers too; an id that is no performer is left out."""
    return {performer.id: performer for performer in performers(session, col(Performer.id).in_(possible(ids)))}


def services(session: Session, *where: ColumnExpressionArgument[bool]) -> tuple[ServiceView, ...]:
    query = select(table(Service)).where(*where).order_by(col(Service.position), col(Service.name))
    return tuple(view(ServiceView, values(row)) for row in session.execute(query))


def services_on_sale(session: Session, mode: ServiceMode | None = None) -> tuple[ServiceView, ...]:
    """Active ones, those hidden from the public page too."""
    of_mode = () if mode is None else (col(Service.mode) == mode,)
    return services(session, col(Service.is_active), *of_mode)


def service_by_code(session: Session, code: str) -> ServiceView:
    """The service to sell: a retired one is Invalid, an unknown one NotFound."""
    found = services(session, col(Service.code) == clean(code))
    if not found:
        raise NotFound("There is no such service.", field="service")
    if not found[0].is_active:
        raise Invalid(f"{found[0].name} is no longer offered. Choose another service.", field="service")
    return found[0]


def mics(session: Session, *where: ColumnExpressionArgument[bool]) -> tuple[MicView, ...]:
    units = (
        select(func.count())
        .select_from(GearUnit)
        .join(Resource, col(Resource.id) == GearUnit.id)
        .where(col(GearUnit.mic_option_id) == MicOption.id, col(Resource.is_active))
        .scalar_subquery()
    )
    query = (
        select(table(MicOption), units.label("units"))
        .where(*where)
        .order_by(col(MicOption.position), col(MicOption.name))
    )
    return tuple(view(MicView, values(row)) for row in session.execute(query))


def mics_by_id(session: Session, ids: Iterable[int]) -> dict[int, MicView]:
    """Retired mics too; an id that is no mic is left out."""
    return {mic.id: mic for mic in mics(session, col(MicOption.id).in_(possible(ids)))}


def gear_units(session: Session, *where: ColumnExpressionArgument[bool]) -> tuple[GearUnitView, ...]:
    query = (
        select(table(GearUnit), col(Resource.name), col(Resource.is_active))
        .join(Resource, col(Resource.id) == GearUnit.id)
        .where(*where)
        .order_by(col(GearUnit.id))
    )
    return tuple(view(GearUnitView, values(row)) for row in session.execute(query))


def periods(session: Session, *where: ColumnExpressionArgument[bool]) -> tuple[PeriodView, ...]:
    query = select(table(Period)).where(*where).order_by(col(Period.weekday), col(Period.start))
    return tuple(view(PeriodView, values(row)) for row in session.execute(query))


def closures(session: Session, *where: ColumnExpressionArgument[bool]) -> tuple[ClosureView, ...]:
    query = select(table(Closure)).where(*where).order_by(col(Closure.first_day), col(Closure.id))
    return tuple(view(ClosureView, values(row)) for row in session.execute(query))


def working_hours(session: Session, *where: ColumnExpressionArgument[bool]) -> tuple[WorkingHoursView, ...]:
    query = select(table(WorkingHours)).where(*where).order_by(col(WorkingHours.weekday), col(WorkingHours.start))
    return tuple(view(WorkingHoursView, values(row)) for row in session.execute(query))


def extra_availability(session: Session, *where: ColumnExpressionArgument[bool]) -> tuple[ExtraAvailabilityView, ...]:
    query = select(table(ExtraAvailability)).where(*where).order_by(func.lower(col(ExtraAvailability.during)))
    return tuple(_extra(row) for row in session.execute(query))


def _extra(row: Row[Any]) -> ExtraAvailabilityView:
    return view(ExtraAvailabilityView, {**values(row), "start": row.during.lower, "end": row.during.upper})
