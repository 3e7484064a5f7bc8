"""The studio before its first session: people, rooms, services, hours, microphones, rates, clients."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from demo import studio
from demo.clients import DemoClient
from demo.people import ENGINEERS, PERFORMERS, USERS, DemoEngineer
from services import catalog, clients, identity, pricing
from services.core.access import SYSTEM, Actor, Role
from services.identity import UserView
from services.pricing import NewRate


@dataclass(frozen=True, slots=True)
class Setting:
    """The ids behind the names of the plan, and those who book."""

    staff: tuple[Actor, ...]
    room_ids: dict[str, int]
    engineer_ids: dict[str, int]
    mic_ids: dict[str, int]


def hire(session: Session) -> tuple[UserView, ...]:
    return tuple(identity.create_user(session, SYSTEM, new) for new in USERS)


def furnish(session: Session, users: tuple[UserView, ...], first_day: date, holiday: date) -> Setting:
    """`first_day` is when the first rates count."""
    catalog.first_catalog(session)
    catalog.update_studio(session, SYSTEM, studio.STUDIO)
    _offer_services(session)
    _open(session)
    for rule in studio.rate_rules(holiday):
        pricing.save_rate_rule(session, SYSTEM, rule)
    rooms = {details.name: catalog.create_room(session, SYSTEM, details).id for details in studio.ROOMS}
    for name, (least, most) in studio.ROOM_LIMITS.items():
        pricing.set_room_limit(session, SYSTEM, rooms[name], least, most, first_day)
    engineers = _engineers(session, users, rooms, first_day)
    _performers(session, users)
    for name, room_id in rooms.items():
        able = [engineers[each.name] for each in ENGINEERS if name in each.rooms]
        catalog.set_room_engineers(session, SYSTEM, room_id, able)
    for each in ENGINEERS:
        catalog.set_primary_room(session, SYSTEM, engineers[each.name], rooms[each.rooms[0]])
    booking_roles = (Role.BOOKING_AGENT, Role.BOOKING_AGENT, Role.MANAGER)
    staff = tuple(identity.actor_of(user) for role in booking_roles for user in users if role in user.roles)
    return Setting(staff, rooms, engineers, _mics(session))


def welcome(session: Session, client: DemoClient) -> int:
    """The client with artists and addresses."""
    client_id = clients.create_client(session, SYSTEM, client.new).id
    for artist in client.artists:
        clients.add_artist(session, SYSTEM, client_id, artist)
    for address in client.addresses:
        clients.add_address(session, SYSTEM, client_id, address)
    return client_id


def _offer_services(session: Session) -> None:
    offered = {service.code: service.id for service in catalog.list_services(session, SYSTEM)}
    for details in studio.SERVICES:
        if details.code in offered:
            catalog.update_service(session, SYSTEM, offered[details.code], details)
        else:
            catalog.create_service(session, SYSTEM, details)


def _open(session: Session) -> None:
    open_ = {(period.weekday, period.name): period.id for period in catalog.list_periods(session, SYSTEM)}
    for details in studio.PERIODS:
        catalog.save_period(session, SYSTEM, details, open_.get((details.weekday, details.name)))


def _engineers(session: Session, users: tuple[UserView, ...], rooms: dict[str, int], first_day: date) -> dict[str, int]:
    ids = {}
    for each in ENGINEERS:
        engineer_id = ids[each.name] = catalog.create_engineer(session, SYSTEM, each.details).id
        catalog.set_working_hours(session, SYSTEM, engineer_id, each.week)
        for rate in _rates(each, engineer_id, rooms, first_day):
            pricing.set_engineer_rate(session, SYSTEM, rate)
        for user in users:
            if user.name == each.name:
                catalog.link_user(session, SYSTEM, engineer_id, user.id)
    return ids


def _performers(session: Session, users: tuple[UserView, ...]) -> None:
    for details, week in PERFORMERS:
        performer_id = catalog.create_performer(session, SYSTEM, details).id
        catalog.set_working_hours(session, SYSTEM, performer_id, week)
        for user in users:
            if user.name == details.name:
                catalog.link_user(session, SYSTEM, performer_id, user.id)


def _rates(each: DemoEngineer, engineer_id: int, rooms: dict[str, int], first_day: date) -> tuple[NewRate, ...]:
    """One for everywhere, and for those who work in the large room a little more there."""
    hourly = each.hourly_rate_cents
    usual = NewRate(
        engineer_id=engineer_id,
        hourly_rate_cents=hourly,
        min_rate_cents=hourly - 1_500,
        max_rate_cents=hourly + 4_000,
        from_day=first_day,
    )
    if studio.STUDIO_A not in each.rooms:
        return (usual,)
    in_studio_a = NewRate(
        engineer_id=engineer_id,
        room_id=rooms[studio.STUDIO_A],
        hourly_rate_cents=hourly + 1_000,
        from_day=first_day + timedelta(days=60),
    )
    return usual, in_studio_a


def _mics(session: Session) -> dict[str, int]:
    ids = {}
    for details, units in studio.MICS:
        mic_id = ids[details.name] = catalog.create_mic(session, SYSTEM, details).id
        for number in range(units):
            catalog.add_unit(
                session, SYSTEM, mic_id, serial_number=f"{details.name[:2].upper()}-{mic_id:02}{number + 1:03}"
            )
    return ids
