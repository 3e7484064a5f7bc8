from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.catalog import Engineer, ResourceKind, Room, RoomEngineer
from services.catalog import resources
from services.catalog.queries import engineers_by_id, rooms, rooms_by_id
from services.catalog.rules import moved
from services.catalog.types import EngineerView, RoomDetails, RoomView
from services.core import audit
from services.core.access import Actor, Permission, require
from services.core.errors import Conflict, Invalid
from services.core.records import checked
from services.core.rows import add, free_name, load, next_position, place, possible, save


def create_room(session: Session, actor: Actor, details: RoomDetails) -> RoomView:
    require(actor, Permission.MANAGE_CATALOG)
    values = checked(RoomDetails, details)
    taken = free_name(session, Room, values["name"], None)
    room_id = resources.new_resource(session, ResourceKind.ROOM, values["name"])
    add(session, actor, "room_created", Room(id=room_id, position=next_position(session, Room), **values), taken)
    return rooms_by_id(session, [room_id])[room_id]


def update_room(session: Session, actor: Actor, room_id: int, details: RoomDetails) -> RoomView:
    require(actor, Permission.MANAGE_CATALOG)
    values = checked(RoomDetails, details)
    room = load(session, Room, room_id, "room")
    taken = free_name(session, Room, values["name"], room_id)
    save(session, actor, "room_updated", room, values, taken)
    resources.rename(session, room_id, room.name)
    return rooms_by_id(session, [room_id])[room_id]


def retire_room(session: Session, actor: Actor, room_id: int, now: datetime | None = None) -> RoomView:
    """Refused with the list of bookings while sessions are still to come in it."""
    require(actor, Permission.MANAGE_CATALOG)
    resources.retire(session, actor, "room_retired", load(session, Room, room_id, "room"), now)
    return rooms_by_id(session, [room_id])[room_id]


def restore_room(session: Session, actor: Actor, room_id: int) -> RoomView:
    require(actor, Permission.MANAGE_CATALOG)
    resources.restore(session, actor, "room_restored", load(session, Room, room_id, "room"))
    return rooms_by_id(session, [room_id])[room_id]


def move_room(session: Session, actor: Actor, room_id: int, position: int) -> None:
    """To a place in the list of rooms in service, counted from 0."""
    require(actor, Permission.MANAGE_CATALOG)
    load(session, Room, room_id, "room")
    in_order = select(col(Room.id)).where(col(Room.deleted_at).is_(None)).order_by(col(Room.position), col(Room.name))
    place(session, actor, Room, moved(list(session.scalars(in_order)), room_id, position))


def set_room_engineers(session: Session, actor: Actor, room_id: int, engineer_ids: Iterable[int]) -> RoomView:
    """Only these may work in the room from now on. Sessions already booked stay as they are."""
    require(actor, Permission.MANAGE_CATALOG)
    wanted = set(engineer_ids)
    load(session, Room, room_id, "room")
    if len(engineers_by_id(session, possible(wanted))) != len(wanted):
        raise Invalid("One of the engineers does not exist.", field="engineer_ids")
    links = {link.engineer_id: link for link in _links(session, room_id)}
    for engineer_id in links.keys() - wanted:
        session.delete(links[engineer_id])
    session.add_all(RoomEngineer(room_id=room_id, engineer_id=each) for each in wanted - links.keys())
    session.flush()
    before, after = {"engineer_ids": sorted(links)}, {"engineer_ids": sorted(wanted)}
    audit.record(session, actor, "room_engineers_set", "room", room_id, before=before, after=after)
    return rooms_by_id(session, [room_id])[room_id]


def set_engineer_rooms(
    session: Session, actor: Actor, engineer_id: int, room_ids: Iterable[int], primary_room_id: int | None = None
) -> EngineerView:
    """The rooms one engineer may work in, and which of them is their own."""
    require(actor, Permission.MANAGE_CATALOG)
    load(session, Engineer, engineer_id, "engineer")
    wanted, found = set(room_ids), rooms(session)
    if not wanted <= {room.id for room in found}:
        raise Invalid("One of the rooms does not exist.", field="room_ids")
    for room in found:
        if (room.id in wanted) is not (engineer_id in room.engineer_ids):
            set_room_engineers(session, actor, room.id, {*room.engineer_ids} ^ {engineer_id})
    return set_primary_room(session, actor, engineer_id, primary_room_id)


def set_primary_room(session: Session, actor: Actor, engineer_id: int, room_id: int | None) -> EngineerView:
    """At most one room is an engineer's primary; None takes it away."""
    require(actor, Permission.MANAGE_CATALOG)
    load(session, Engineer, engineer_id, "engineer")
    links = list(session.scalars(select(RoomEngineer).where(col(RoomEngineer.engineer_id) == engineer_id)))
    if room_id is not None and room_id not in {link.room_id for link in links}:
        raise Conflict("The engineer may not work in that room. Add the engineer to the room first.", field="room_id")
    before = next((link.room_id for link in links if link.is_primary), None)
    for is_primary in (False, True):  # the old one goes first: the index allows one at a time
        for link in links:
            if (link.room_id == room_id) is is_primary:
                link.is_primary = is_primary
        session.flush()
    audit.record(
        session,
        actor,
        "primary_room_set",
        "engineer",
        engineer_id,
        before={"primary_room_id": before},
        after={"primary_room_id": room_id},
    )
    return engineers_by_id(session, [engineer_id])[engineer_id]


def _links(session: Session, room_id: int) -> list[RoomEngineer]:
    return list(session.scalars(select(RoomEngineer).where(col(RoomEngineer.room_id) == room_id)))
