from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from models.catalog import GearUnit, MicOption, ResourceKind
from services.catalog import resources
from services.catalog.queries import gear_units, mics_by_id
from services.catalog.rules import moved
from services.catalog.types import GearUnitView, MicDetails, MicView
from services.core import audit, checks, clock
from services.core.access import Actor, Permission, require
from services.core.checking import noted
from services.core.errors import Invalid
from services.core.fields import parse_name, parse_text
from services.core.records import checked
from services.core.rows import add, free_name, load, next_position, place, save


def create_mic(session: Session, actor: Actor, details: MicDetails) -> MicView:
    """It can be booked once it has a unit."""
    require(actor, Permission.MANAGE_CATALOG)
    values = _checked(details)
    taken = free_name(session, MicOption, values["name"], None)
    mic = MicOption(position=next_position(session, MicOption), **values)
    add(session, actor, "mic_created", mic, taken)
    return _view(session, mic)


def update_mic(session: Session, actor: Actor, mic_id: int, details: MicDetails) -> MicView:
    require(actor, Permission.MANAGE_CATALOG)
    values = _checked(details)
    mic = load(session, MicOption, mic_id, "mic")
    save(session, actor, "mic_updated", mic, values, free_name(session, MicOption, values["name"], mic_id))
    return _view(session, mic)


def retire_mic(session: Session, actor: Actor, mic_id: int) -> MicView:
    """No longer offered; sessions that have it keep it."""
    require(actor, Permission.MANAGE_CATALOG)
    mic = load(session, MicOption, mic_id, "mic")
    save(session, actor, "mic_retired", mic, {"is_active": False})
    return _view(session, mic)


def restore_mic(session: Session, actor: Actor, mic_id: int) -> MicView:
    require(actor, Permission.MANAGE_CATALOG)
    mic = load(session, MicOption, mic_id, "mic")
    save(session, actor, "mic_restored", mic, {"is_active": True})
    return _view(session, mic)


def move_mic(session: Session, actor: Actor, mic_id: int, position: int) -> None:
    """To a place in the list of mics on offer, counted from 0."""
    require(actor, Permission.MANAGE_CATALOG)
    load(session, MicOption, mic_id, "mic")
    on_offer = select(col(MicOption.id)).where(col(MicOption.is_active))
    in_order = on_offer.order_by(col(MicOption.position), col(MicOption.name))
    place(session, actor, MicOption, moved(list(session.scalars(in_order)), mic_id, position))


def add_unit(session: Session, actor: Actor, mic_id: int, serial_number: str = "", name: str = "") -> GearUnitView:
    """One more physical mic; without a name it is numbered."""
    require(actor, Permission.MANAGE_CATALOG)
    mic = load(session, MicOption, mic_id, "mic")
    serial_number = parse_text(serial_number, "serial_number", "The serial number", limit=80)
    made = len(gear_units(session, col(GearUnit.mic_option_id) == mic_id))
    name = parse_name(name or f"{mic.name[:110]} #{made + 1}", "name", "The unit's name")
    unit_id = resources.new_resource(session, ResourceKind.GEAR_UNIT, name)
    unit = GearUnit(id=unit_id, mic_option_id=mic_id, serial_number=serial_number)
    add(session, actor, "gear_unit_added", unit)
    return _unit(session, unit_id)


def retire_unit(session: Session, actor: Actor, unit_id: int, now: datetime | None = None) -> GearUnitView:
    """Refused with the list of bookings while sessions to come need this very mic."""
    require(actor, Permission.MANAGE_CATALOG)
    return _set_in_service(session, actor, unit_id, now or clock.now(), in_service=False)


def restore_unit(session: Session, actor: Actor, unit_id: int) -> GearUnitView:
    require(actor, Permission.MANAGE_CATALOG)
    return _set_in_service(session, actor, unit_id, clock.now(), in_service=True)


def _set_in_service(session: Session, actor: Actor, unit_id: int, now: datetime, *, in_service: bool) -> GearUnitView:
    load(session, GearUnit, unit_id, "gear unit")
    unit = _unit(session, unit_id)
    resources.set_in_service(session, unit_id, unit.name, now, in_service=in_service)
    action = "gear_unit_restored" if in_service else "gear_unit_retired"
    before, after = {"active": unit.is_active}, {"active": in_service}
    audit.record(session, actor, action, "gear_unit", unit_id, before=before, after=after)
    return _unit(session, unit_id)


def _unit(session: Session, unit_id: int) -> GearUnitView:
    return gear_units(session, col(GearUnit.id) == unit_id)[0]


def _view(session: Session, mic: MicOption) -> MicView:
    assert mic.id is not None
    return mics_by_id(session, [mic.id])[mic.id]


def _checked(details: MicDetails) -> dict[str, Any]:
    return checked(MicDetails, details, {"upcharge_cents": lambda: {"upcharge_cents": _upcharge(details)}})


@noted
def _upcharge(details: MicDetails) -> int:
    upcharge = checks.cents(details.upcharge_cents, "upcharge_cents", "The upcharge")
    if upcharge and not details.is_premium:
        message = "A standard mic is included in the price: make it premium or take the upcharge off."
        raise Invalid(message, field="upcharge_cents")
    return upcharge
