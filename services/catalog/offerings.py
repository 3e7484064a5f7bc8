"""The services on sale. A change counts at once; bookings keep what they were sold under."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.catalog import Service, ServicePrice
from services.catalog.queries import services
from services.catalog.rules import moved
from services.catalog.types import ServiceDetails, ServiceView
from services.core import clock
from services.core.access import Actor, Permission, require
from services.core.records import checked
from services.core.rows import add, free_name, load, next_position, place, save


def create_service(session: Session, actor: Actor, details: ServiceDetails) -> ServiceView:
    require(actor, Permission.MANAGE_CATALOG)
    values = checked(ServiceDetails, details)
    taken = free_name(session, Service, values["code"], None, "code")
    service = Service(position=next_position(session, Service), **values)
    add(session, actor, "service_created", service, taken)
    _remember_price(session, actor, service)
    return _view(session, service)


def update_service(session: Session, actor: Actor, service_id: int, details: ServiceDetails) -> ServiceView:
    require(actor, Permission.MANAGE_CATALOG)
    values = checked(ServiceDetails, details)
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
