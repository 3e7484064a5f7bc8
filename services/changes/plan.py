"""From what is asked to the session as it would be, priced: everything looked up and checked, nothing stored."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from models.bookings import Booking, LineKind
from models.catalog import ServiceMode
from models.changes import ChangeKind
from services import catalog, pricing, scheduling
from services.catalog import RoomView, ServiceView
from services.changes import queries
from services.changes.errors import SessionOver
from services.changes.prices import Bill, difference
from services.changes.queries import RatesSold
from services.changes.rules import (
    check_status,
    floor_minute,
    has_begun,
    kind_of,
    original_of,
    pair_rooms,
    permissions_for,
    pivot_of,
)
from services.changes.snapshot import EngineerSold, RoomSold, SessionSnapshot
from services.changes.types import MOST_REASON, Change
from services.core.access import Actor, require
from services.core.clock import business_date, to_instant
from services.core.errors import Invalid
from services.core.studio import Studio, studio_info
from services.pricing import PriceRequest, Quote, QuoteLine, Terms
from services.scheduling import PeriodCapacity


@dataclass(frozen=True, slots=True)
class Plan:
    """`after` holds no time yet, and has the microphones of before."""

    booking: Booking
    studio: Studio
    kind: ChangeKind
    before: SessionSnapshot
    after: SessionSnapshot
    pivot: datetime
    """From when on the change counts."""
    lines: tuple[QuoteLine, ...]

    @property
    def has_begun(self) -> bool:
        return has_begun(self.before, self.after, self.pivot)

    @property
    def difference_cents(self) -> int:
        return sum(line.amount_cents for line in self.lines)


def make(session: Session, actor: Actor, booking: Booking, change: Change, now: datetime) -> Plan:
    if len(change.reason) > MOST_REASON:
        raise Invalid(f"The reason is at most {MOST_REASON} characters.", field="reason")
    studio = studio_info(session)
    before = queries.shape_of(session, booking)
    is_online = booking.mode is ServiceMode.ONLINE
    wanted = _with_period(session, booking, before, change, studio) if is_online else _with_time(before, change, studio)
    after, reasons = _with_people_and_rooms(session, actor, booking, before, wanted, change, studio)
    kind = kind_of(before, after)
    for permission in permissions_for(before, after):
        require(actor, permission)
    check_status(booking.number, booking.status, kind)
    pivot = pivot_of(before, after, now)
    if before.start == after.start and after.end <= floor_minute(now):
        raise SessionOver(booking.number)
    rules = pricing.active_rate_rules(session) if after.rooms else ()
    bill = replace(bill_of(booking, studio), rules=rules, reasons=reasons)
    return Plan(booking, studio, kind, before, after, pivot, difference(before, after, pivot, bill))


def bill_of(booking: Booking, studio: Studio) -> Bill:
    terms = Terms(studio.zone, booking.currency, studio.locale, booking.tax_rate_pct, deposit_pct=0)
    return Bill(terms, service_sold(booking), booking.discount_pct, rules=(), reasons={})


def service_sold(booking: Booking) -> ServiceView:
    """The service by the booking's own copy of it."""
    return ServiceView(
        id=booking.service_id,
        code=booking.service_code,
        name=booking.service_name,
        mode=booking.mode,
        pricing=booking.service_pricing,
        price_cents=booking.service_price_cents,
        duration_minutes=booking.minutes,
        buffer_minutes=booking.buffer_minutes,
        is_active=True,
        position=0,
        deleted_at=None,
    )


def _with_time(before: SessionSnapshot, change: Change, studio: Studio) -> SessionSnapshot:
    start = before.start if change.start is None else to_instant(change.start, studio.zone)
    minutes = _minutes(before, change)
    return _timed(before, start, start + timedelta(minutes=minutes), minutes, studio)


def _with_period(
    session: Session, booking: Booking, before: SessionSnapshot, change: Change, studio: Studio
) -> SessionSnapshot:
    """Online work is done some time of a period: its start only picks the day and the period."""
    if change.room_ids is not None or change.swap_room or change.engineer_id is not None or change.without_engineer:
        raise Invalid(f"{booking.number} is online work; it has no rooms and no engineer.", field="rooms")
    minutes = _minutes(before, change)
    if change.start is None:
        return replace(before, minutes=minutes)
    period = _period_at(session, to_instant(change.start, studio.zone), studio)
    moved = _timed(before, period.start, period.end, minutes, studio)
    return replace(moved, period_id=period.period_id)


def _minutes(before: SessionSnapshot, change: Change) -> int:
    if change.minutes is not None and change.extra_minutes is not None:
        raise Invalid("Give the new length or what is put on it, not both.", field="minutes")
    if change.extra_minutes is not None:
        if change.extra_minutes < 1:
            raise Invalid("An extension is at least a minute.", field="minutes")
        return scheduling.checked_minutes(before.minutes + change.extra_minutes)
    return before.minutes if change.minutes is None else scheduling.checked_minutes(change.minutes)


def _period_at(session: Session, at: datetime, studio: Studio) -> PeriodCapacity:
    """A period past midnight belongs to the day before."""
    day = business_date(at, studio.zone)
    periods = [one for on in (day, day - timedelta(days=1)) for one in scheduling.periods_of(session, on)]
    for period in periods:
        if period.start <= at < period.end:
            return period
    raise Invalid("The studio does no online work then. Choose a time inside its hours.", field="start")


def _timed(before: SessionSnapshot, start: datetime, end: datetime, minutes: int, studio: Studio) -> SessionSnapshot:
    """A deposit is due at the start at the latest."""
    due = before.deposit_due_at
    return replace(
        before,
        start=start,
        end=end,
        minutes=minutes,
        business_date=business_date(start, studio.zone),
        deposit_due_at=min(due, start) if due and start != before.start else due,
    )


def _with_people_and_rooms(
    session: Session,
    actor: Actor,
    booking: Booking,
    before: SessionSnapshot,
    timed: SessionSnapshot,
    change: Change,
    studio: Studio,
) -> tuple[SessionSnapshot, dict[int, str]]:
    """The new set, each at the rate it was sold at or, when new, at today's; and why that differs from the list."""
    room_ids = _room_ids(before, change)
    engineer = _engineer(session, booking, before, change)
    if room_ids == [room.id for room in before.rooms] and engineer == before.engineer:
        return timed, {}
    rooms = catalog.rooms_by_id(session, room_ids)
    if len(rooms) != len(room_ids):
        raise Invalid("One of the rooms does not exist.", field="rooms")
    chosen = [rooms[room_id] for room_id in room_ids]
    today = _today(session, actor, booking, timed, chosen, engineer, studio)
    sold = queries.rates_sold(before, queries.changes(session, booking))
    reasons: dict[int, str] = {}
    new_rooms = tuple(_room(room, engineer is not None, sold, today, reasons) for room in chosen)
    if engineer and engineer.id not in sold.engineers:
        reasons |= _why(today, engineer.id)
        engineer = replace(engineer, rate_cents=today.engineer_rate_cents)
    elif engineer:
        engineer = replace(engineer, rate_cents=sold.engineers[engineer.id])
    after = replace(timed, rooms=_with_originals(before, new_rooms), engineer=engineer)
    return replace(after, original_engineer_id=_original_engineer(before, engineer)), reasons


def _room_ids(before: SessionSnapshot, change: Change) -> list[int]:
    now_in = [room.id for room in before.rooms]
    if change.swap_room:
        return _with_swapped(now_in, *change.swap_room)
    if change.room_ids is None:
        return now_in
    if not change.room_ids:
        raise Invalid("Choose a room.", field="rooms")
    if len(set(change.room_ids)) != len(change.room_ids):
        raise Invalid("A room is chosen twice.", field="rooms")
    return list(change.room_ids)


def _with_swapped(now_in: list[int], old: int, new: int) -> list[int]:
    if old not in now_in:
        raise Invalid("The session is not in that room.", field="from")
    if new in now_in and new != old:
        raise Invalid("The session is in that room already.", field="to")
    return [new if room_id == old else room_id for room_id in now_in]


def _engineer(session: Session, booking: Booking, before: SessionSnapshot, change: Change) -> EngineerSold | None:
    """Without a rate when it is somebody else."""
    if change.without_engineer and change.engineer_id is not None:
        raise Invalid("Choose an engineer or none, not both.", field="engineer_id")
    if change.without_engineer:
        if queries.needs_engineer(session, booking):
            raise Invalid(f"{booking.service_name} needs an engineer.", field="engineer_id")
        return None
    if change.engineer_id is None or (before.engineer and before.engineer.id == change.engineer_id):
        return before.engineer
    found = catalog.engineers_by_id(session, [change.engineer_id]).get(change.engineer_id)
    if found is None:
        raise Invalid("That engineer does not exist.", field="engineer_id")
    return EngineerSold(found.id, found.name, None)


def _today(
    session: Session,
    actor: Actor,
    booking: Booking,
    timed: SessionSnapshot,
    rooms: list[RoomView],
    engineer: EngineerSold | None,
    studio: Studio,
) -> Quote:
    near = timed.start.astimezone(UTC).date()
    room_ids, engineer_id = [room.id for room in rooms], engineer.id if engineer else None
    request = PriceRequest(
        start=timed.start,
        minutes=timed.minutes,
        studio=studio,
        service=service_sold(booking),
        context=pricing.sale_context(session, booking.service_code, near, room_ids, engineer_id),
        rooms=tuple(rooms),
        engineer_id=engineer_id,
        engineer_name=engineer.name if engineer else "",
    )
    return pricing.price(actor, request)


def _room(room: RoomView, has_engineer: bool, sold: RatesSold, today: Quote, reasons: dict[int, str]) -> RoomSold:
    """With and without an engineer are two rates only where the room says so."""
    rate = sold.rooms.get((room.id, has_engineer))
    if rate is None and _costs_the_same(room):
        rate = sold.rooms.get((room.id, not has_engineer))
    if rate is None:
        rate = today.room_rates[room.id]
        reasons |= _why(today, room.id)
    return RoomSold(room.id, room.name, rate)


def _costs_the_same(room: RoomView) -> bool:
    base, without = room.base_rate_cents, room.rate_without_engineer_cents
    with_one = room.rate_with_engineer_cents
    return (base if with_one is None else with_one) == (base if without is None else without)


def _why(today: Quote, resource_id: int) -> dict[int, str]:
    """The reason of its rate; a rule's line is of another kind."""
    for line in today.lines:
        if line.kind in (LineKind.ROOM, LineKind.ENGINEER) and line.resource_id == resource_id and line.reason:
            return {resource_id: line.reason}
    return {}


def _with_originals(before: SessionSnapshot, after: tuple[RoomSold, ...]) -> tuple[RoomSold, ...]:
    pairs = pair_rooms(before.rooms, after)
    first = {new.id: original_of(old.id, old.original_id, new.id) for old, new in pairs.swapped}
    first |= {new.id: old.original_id for old, new in pairs.kept}
    return tuple(replace(room, original_id=first.get(room.id)) for room in after)


def _original_engineer(before: SessionSnapshot, engineer: EngineerSold | None) -> int | None:
    first = before.original_engineer_id or (before.engineer.id if before.engineer else None)
    return None if engineer and engineer.id == first else first
