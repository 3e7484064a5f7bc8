"""The services on sale. A change counts at once; bookings keep what they were sold under."""

import json
import re
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from models.catalog import Service, ServiceMode, ServicePrice, ServicePricing
from services.catalog.queries import services
from services.catalog.rules import moved
from services.catalog.types import ServiceDetails, ServiceView
from services.core import checks, clock
from services.core.access import Actor, Permission, require
from services.core.checking import all_at_once, noted
from services.core.errors import Invalid
from services.core.fields import TEXT_LIMIT, parse_name
from services.core.rows import add, free_name, load, next_position, place, save

_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,39}")


def create_service(session: Session, actor: Actor, details: ServiceDetails) -> ServiceView:
    require(actor, Permission.MANAGE_CATALOG)
    values = _checked(details)
    taken = free_name(session, Service, values["code"], None, "code")
    service = Service(position=next_position(session, Service), **values)
    add(session, actor, "service_created", service, taken)
    _remember_price(session, actor, service)
    return _view(session, service)


def update_service(session: Session, actor: Actor, service_id: int, details: ServiceDetails) -> ServiceView:
    require(actor, Permission.MANAGE_CATALOG)
    values = _checked(details)
    service = load(session, Service, service_id, "service")
    price = service.pricing, service.price_cents
    taken = free_name(session, Service, values["code"], service_id, "code")
    save(session, actor, "service_updated", service, values, taken)
    if price != (service.pricing, service.price_cents):
        _remember_price(session, actor, service)
    return _view(session, service)


def retire_service(session: Session, actor: Actor, service_id: int, now: datetime | None = None) -> ServiceView:
    require(actor, Permission.MANAGE_CATALOG)
    service = load(session, Service, service_id, "service")
    gone = {"is_active": False, "deleted_at": service.deleted_at or now or clock.now()}
    save(session, actor, "service_retired", service, gone)
    return _view(session, service)


def restore_service(session: Session, actor: Actor, service_id: int) -> ServiceView:
    require(actor, Permission.MANAGE_CATALOG)
    service = load(session, Service, service_id, "service")
    save(session, actor, "service_restored", service, {"is_active": True, "deleted_at": None})
    return _view(session, service)


def move_service(session: Session, actor: Actor, service_id: int, position: int) -> None:
    """To a place in the list of services on sale, counted from 0."""
    require(actor, Permission.MANAGE_CATALOG)
    load(session, Service, service_id, "service")
    on_sale = select(col(Service.id)).where(col(Service.is_active))
    in_order = on_sale.order_by(col(Service.position), col(Service.name))
    place(session, actor, Service, moved(list(session.scalars(in_order)), service_id, position))


def _view(session: Session, service: Service) -> ServiceView:
    return services(session, col(Service.id) == service.id)[0]


def _remember_price(session: Session, actor: Actor, service: Service) -> None:
    assert service.id is not None
    price = ServicePrice(
        service_id=service.id, pricing=service.pricing, price_cents=service.price_cents, set_by=actor.user_id
    )
    session.add(price)
    session.flush()


@all_at_once
def _checked(details: ServiceDetails) -> dict[str, Any]:
    return {
        "code": _code(details.code),
        "name": parse_name(details.name, "name", "The service's name"),
        "mode": checks.word(ServiceMode, details.mode, "mode"),
        "description": checks.text(details.description, "description", "The description"),
        "pricing": checks.word(ServicePricing, details.pricing, "pricing"),
        "price_cents": checks.cents(details.price_cents, "price_cents", "The price"),
        "duration_minutes": checks.whole(
            details.duration_minutes, 1, 7 * checks.DAY_MINUTES, "duration_minutes", "The duration in minutes"
        ),
        "buffer_minutes": checks.whole(details.buffer_minutes, 0, checks.DAY_MINUTES, "buffer_minutes", "The buffer"),
        "needs_engineer": bool(details.needs_engineer),
        "is_visible": bool(details.is_visible),
        "preparation": checks.text(details.preparation, "preparation", "What to prepare"),
        "attributes": _attributes(details.attributes),
    }


@noted
def _code(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise Invalid("A code has 2 to 40 capital letters, digits and _, like ONLINE_MIXING.", field="code")
    return code


@noted
def _attributes(attributes: dict[str, Any]) -> dict[str, Any]:
    try:
        text = json.dumps(attributes, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise Invalid("Attributes hold texts, numbers and lists only.", field="attributes") from error
    if not isinstance(attributes, dict) or len(text) > TEXT_LIMIT or "\\u0000" in text or "\\ud" in text:
        raise Invalid("Attributes hold too much, or characters nobody can read.", field="attributes")
    return attributes
