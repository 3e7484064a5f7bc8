"""Who may change what, and where a booking must stand for it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from models.catalog import Service
from models.changes import ChangeKind
from services import bookings, catalog, changes
from services.bookings import BookingNotFound, BookingStatus, BookingView
from services.changes import Change, NotChangeable, SessionOver
from services.core.access import SYSTEM, Actor, Role
from services.core.errors import DomainError, Invalid, NotAllowed, NotFound
from services.identity import actor_of, get_user
from services.scheduling import SlotTaken
from tests import cast
from tests.bookings.orders import ONLINE, book
from tests.changes.orders import change, check_in, ledger, look, sell
from tests.scheduling.studio import FRIDAY, LEO, MAYA, MONDAY, NOW, A, B, C, at

S = BookingStatus
K = ChangeKind
WANTED: dict[ChangeKind, dict[str, Any]] = {
    K.TIME: {"start": at(FRIDAY, "15:00")},
    K.EXTENSION: {"extra_minutes": 30},
    K.ROOM_SWAP: {"room_ids": (B,)},
    K.ROOMS: {"room_ids": (A, B)},
    K.ENGINEER_SWAP: {"engineer_id": LEO},
    K.MOVE: {"start": at(FRIDAY, "15:00"), "room_ids": (B,)},
}
ANYTIME = {S.HOLD, S.PENDING, S.CONFIRMED}
DURING = {K.ROOM_SWAP, K.ENGINEER_SWAP, K.EXTENSION}


def in_status(session: Session, actor: Actor, status: BookingStatus) -> BookingView:
    first = status if status in ANYTIME else S.CONFIRMED
    booking = sell(session, actor, status=first, engineer_id=MAYA)
    if status in (S.CHECKED_IN, S.COMPLETED):
        check_in(session, actor, booking)
    if status is S.COMPLETED:
        bookings.check_out(session, actor, booking.number, now=booking.end)
    if status is S.CANCELLED:
        bookings.cancel(session, actor, booking.number, now=NOW)
    if status is S.NO_SHOW:
        bookings.no_show(session, actor, booking.number, now=booking.end)
    return booking


@pytest.mark.parametrize("kind", WANTED, ids=str)
@pytest.mark.parametrize("status", [status for status in S if status is not S.EXPIRED], ids=str)
def test_every_change_in_every_status(studio: Session, dana: Actor, kind: ChangeKind, status: BookingStatus) -> None:
    booking = in_status(studio, dana, status)
    now = NOW if status in ANYTIME else at(FRIDAY, "13:00")
    if status in ANYTIME or (status is S.CHECKED_IN and kind in DURING):
        assert look(studio, dana, booking, now=now, **WANTED[kind]).kind == kind
        change(studio, dana, booking, now=now, **WANTED[kind])
        assert changes.changes_of(studio, dana, booking.number)[0].kind is kind
    else:
        with pytest.raises(NotChangeable):
            change(studio, dana, booking, now=now, **WANTED[kind])


def agent(session: Session, role: Role) -> Actor:
    return actor_of(cast.hire(session, "Somebody Else", role))


MAY: dict[Role, set[ChangeKind]] = {
    Role.ADMIN: set(WANTED),
    Role.MANAGER: set(WANTED),
    Role.BOOKING_AGENT: set(WANTED),
    Role.ENGINEER: {K.TIME, K.EXTENSION},
    Role.FINANCE: set(),
    Role.PERFORMER: set(),
    Role.INTERN: set(),
}


@pytest.mark.parametrize("kind", WANTED, ids=str)
@pytest.mark.parametrize("role", MAY, ids=str)
def test_every_change_by_every_role(studio: Session, dana: Actor, role: Role, kind: ChangeKind) -> None:
    booking = sell(studio, dana, engineer_id=MAYA)
    actor = agent(studio, role)
    if role is Role.ENGINEER:
        catalog.link_user(studio, SYSTEM, MAYA, actor.user_id)
        actor = actor_of(get_user(studio, SYSTEM, actor.user_id or 0))
    for command in (changes.preview, changes.apply):
        if kind in MAY[role]:
            command(studio, actor, booking.number, Change(**WANTED[kind]), now=NOW)
        else:
            with pytest.raises(NotAllowed):
                command(studio, actor, booking.number, Change(**WANTED[kind]), now=NOW)
    if kind in MAY[role]:
        changes.undo(studio, actor, booking.number, now=NOW)


def test_an_engineer_does_not_take_back_a_swap(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, engineer_id=MAYA)
    change(studio, dana, booking, room_ids=(B,))
    with pytest.raises(NotAllowed):
        changes.undo(studio, _as_maya(studio), booking.number, now=NOW)


def test_an_engineer_sees_no_money_and_no_address_and_nothing_of_others(studio: Session, dana: Actor) -> None:
    maya = _as_maya(studio)
    booking = sell(studio, dana, engineer_id=MAYA)
    seen = look(studio, maya, booking, extra_minutes=60)
    assert (seen.lines, seen.price_difference_cents, seen.total_cents, seen.balance_cents) == ((), None, None, None)
    assert {told.address for told in seen.told if told.who == "client"} <= {""}
    change(studio, maya, booking, extra_minutes=60)
    assert changes.changes_of(studio, maya, booking.number)[0].price_difference_cents is None
    others = sell(studio, dana, room_ids=(B,))
    with pytest.raises(BookingNotFound):
        look(studio, maya, others, extra_minutes=60)


WRONG: list[tuple[str, dict[str, Any], type[DomainError], str | None]] = [
    ("nothing new", {"room_ids": (A,)}, Invalid, None),
    ("no rooms", {"room_ids": ()}, Invalid, "rooms"),
    ("a room twice", {"room_ids": (B, B)}, Invalid, "rooms"),
    ("no such room", {"room_ids": (999,)}, Invalid, "rooms"),
    ("a person for a room", {"room_ids": (MAYA,)}, Invalid, "rooms"),
    ("no such engineer", {"engineer_id": 999}, Invalid, "engineer_id"),
    ("somebody and nobody", {"engineer_id": LEO, "without_engineer": True}, Invalid, "engineer_id"),
    ("a room it is not in", {"swap_room": (B, C)}, Invalid, "from"),
    ("less than nothing", {"extra_minutes": 0}, Invalid, "minutes"),
    ("longer than a day", {"minutes": 1441}, Invalid, "minutes"),
    ("both lengths", {"minutes": 60, "extra_minutes": 60}, Invalid, "minutes"),
    ("half a minute", {"start": at(FRIDAY, "15:00") + timedelta(seconds=30)}, Invalid, "start"),
    ("years from now", {"start": at(FRIDAY, "15:00") + timedelta(days=2000)}, Invalid, "start"),
    ("too many words", {"room_ids": (B,), "reason": "x" * 501}, Invalid, "reason"),
    ("a skipped hour", {"start": at(FRIDAY, "15:00").replace(2027, 3, 14, 2, 30, tzinfo=None)}, Invalid, "start"),
]


@pytest.mark.parametrize(("wanted", "error", "field"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_cannot_be_meant_is_refused_at_its_field(
    studio: Session, dana: Actor, wanted: dict[str, Any], error: type[DomainError], field: str | None
) -> None:
    booking = sell(studio, dana)
    for command in (look, change):
        with pytest.raises(error) as refused:
            command(studio, dana, booking, **wanted)
        assert refused.value.field == field


def test_a_service_that_needs_an_engineer_keeps_one(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, engineer_id=MAYA)
    service = studio.get_one(Service, 900)
    service.needs_engineer = True
    studio.flush()
    with pytest.raises(Invalid, match="needs an engineer"):
        look(studio, dana, booking, without_engineer=True)


@pytest.mark.parametrize("status", [S.HOLD, S.CONFIRMED], ids=str)
def test_nothing_moves_into_the_past(studio: Session, dana: Actor, status: BookingStatus) -> None:
    booking = sell(studio, dana, status=status)
    start = NOW - timedelta(hours=1)
    assert not look(studio, dana, booking, start=start).bookable
    with pytest.raises(SlotTaken, match="has passed"):
        change(studio, dana, booking, start=start)


def test_what_has_run_out_is_overtime_not_an_extension(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    check_in(studio, dana, booking)
    with pytest.raises(SessionOver):
        change(studio, dana, booking, now=at(FRIDAY, "14:30"), extra_minutes=20)
    with pytest.raises(SessionOver):
        change(studio, dana, booking, now=at(FRIDAY, "14:30"), room_ids=(B,))


def test_a_client_who_is_late_can_still_be_moved(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    change(studio, dana, booking, now=at(FRIDAY, "12:20"), start=at(FRIDAY, "13:00"))
    assert ledger(studio, booking) == [(A, "13:00", "15:15")]


def test_the_day_it_counts_on_and_the_deadline_follow_the_start(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, status=S.PENDING, start=at(FRIDAY, "12:00"))
    earlier = NOW + timedelta(hours=9)
    after = change(studio, dana, booking, start=earlier.replace(minute=0))
    assert booking.deposit_due_at == NOW + timedelta(hours=24)
    assert after.deposit_due_at == after.start
    night = change(studio, dana, booking, start=at(FRIDAY + timedelta(days=1), "00:30"), minutes=60)
    assert night.business_date == FRIDAY + timedelta(days=1)
    assert night.deposit_due_at == after.deposit_due_at


def test_a_hold_moves_its_pencil_over_what_is_booked(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, status=S.HOLD)
    book(studio, dana, start=at(FRIDAY, "15:00"))
    assert look(studio, dana, booking, start=at(FRIDAY, "15:00")).bookable
    after = change(studio, dana, booking, start=at(FRIDAY, "15:00"))
    assert (after.start, ledger(studio, booking)) == (at(FRIDAY, "15:00"), [])


def used(session: Session) -> dict[tuple[Any, int], int]:
    rows = session.execute(text("select day, period_id, used_minutes from capacity_day where used_minutes > 0"))
    return {(day, period): minutes for day, period, minutes in rows}


def test_online_work_moves_to_another_day_and_period(studio: Session, dana: Actor) -> None:
    booking = bookings.create(studio, dana, ONLINE, now=NOW)
    assert used(studio) == {(FRIDAY, 13): 90}
    after = change(studio, dana, booking, start=at(MONDAY, "15:15"))
    assert (after.period, after.start, after.business_date) == ("Afternoon", at(MONDAY, "14:00"), MONDAY)
    assert used(studio) == {(MONDAY, 2): 90}


def test_online_work_is_refused_where_the_minutes_are_sold(studio: Session, dana: Actor) -> None:
    booking = bookings.create(studio, dana, ONLINE, now=NOW)
    for _ in range(2):
        bookings.create(studio, dana, _afternoon(), now=NOW)
    with pytest.raises(SlotTaken, match="minutes left"), studio.begin_nested():
        change(studio, dana, booking, start=at(FRIDAY, "15:00"))
    assert not look(studio, dana, booking, start=at(FRIDAY, "15:00")).bookable
    assert used(studio) == {(FRIDAY, 13): 90, (FRIDAY, 14): 180}


def test_online_work_has_no_rooms_and_no_time_outside_the_hours(studio: Session, dana: Actor) -> None:
    booking = bookings.create(studio, dana, ONLINE, now=NOW)
    for wanted in ({"room_ids": (A,)}, {"engineer_id": MAYA}, {"start": at(FRIDAY, "05:00")}):
        with pytest.raises(Invalid):
            look(studio, dana, booking, **wanted)


def test_no_such_booking(studio: Session, dana: Actor) -> None:
    with pytest.raises(NotFound):
        changes.preview(studio, dana, "PS-0", Change(minutes=60), now=NOW)


def _as_maya(session: Session) -> Actor:
    maya = cast.maya(session)
    catalog.link_user(session, SYSTEM, MAYA, maya.user_id)
    return actor_of(get_user(session, SYSTEM, maya.user_id or 0))


def _afternoon() -> Any:
    return replace(ONLINE, period="Afternoon")
