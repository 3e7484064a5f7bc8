"""Who hears of a change, what the history keeps, and what else follows from it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from models.catalog import Engineer
from models.changes import SwapRequestStatus
from models.clients import Client
from services import bookings, catalog, changes
from services.bookings import BookingStatus, BookingView
from services.changes import CANCELLATION, ChangeKind, NotChangeable
from services.core.access import SYSTEM, Actor
from services.core.errors import Conflict
from services.identity import actor_of, get_user
from tests import cast
from tests.bookings.orders import TICKED
from tests.changes.orders import change, check_in, evening, look, priced, prices, rows, sell
from tests.scheduling.studio import CLIENT, FRIDAY, LEO, MAYA, NOW, A, B, at


@pytest.fixture
def house(studio: Session) -> Session:
    """The client and two engineers can be written to; Maya signs in with an address of her own."""
    studio.get_one(Client, CLIENT).email = "nova@example.com"
    for engineer_id, address in ((MAYA, "maya@home.example"), (LEO, "leo@example.com")):
        studio.get_one(Engineer, engineer_id).email = address
    studio.flush()
    priced(studio, {A: 9000, B: 11500})
    return studio


def mails(session: Session, booking: BookingView) -> dict[str, str]:
    """Of changes alone: the latest to each address."""
    found = session.execute(
        text("select \"to\", body from delivery where booking_id = :id and type = 'BOOKING_CHANGED' order by id"),
        {"id": booking.id},
    )
    return {row.to: row.body for row in found}


def test_those_the_preview_names_are_those_who_hear_of_it(house: Session, dana: Actor) -> None:
    booking = sell(house, dana, engineer_id=MAYA)
    seen = look(house, dana, booking, engineer_id=LEO)
    change(house, dana, booking, engineer_id=LEO)
    assert {told.address for told in seen.told} == set(mails(house, booking))
    assert [(told.name, told.who) for told in seen.told] == [
        ("Nova Records", "client"),
        ("Maya", "engineer"),
        ("Leo", "engineer"),
        ("Dana Reyes", "staff"),
    ]


def test_mails_say_what_was_and_what_is_and_to_engineers_no_money(house: Session, dana: Actor) -> None:
    booking = sell(house, dana, engineer_id=MAYA)
    change(house, dana, booking, start=at(FRIDAY, "15:00"), room_ids=(B,))
    sent = mails(house, booking)
    for body in sent.values():
        assert "Before: Fri, Nov 20, 12:00–2:00 pm; Studio A; with Maya" in body
        assert "Now: Fri, Nov 20, 3:00–5:00 pm; Studio B; with Maya" in body
    assert "Price difference: +$50.00" in sent["nova@example.com"]
    assert "$" not in sent["maya@home.example"]


def test_an_engineer_who_signs_in_is_told_there(house: Session, dana: Actor) -> None:
    maya = cast.maya(house)
    catalog.link_user(house, SYSTEM, MAYA, maya.user_id)
    booking = sell(house, dana, engineer_id=MAYA)
    assert maya.email in {told.address for told in look(house, dana, booking, room_ids=(B,)).told}


@pytest.mark.parametrize(
    ("status", "who"),
    [(BookingStatus.HOLD, {"staff"}), (BookingStatus.PENDING, {"client", "engineer", "staff"})],
    ids=["a hold", "a session"],
)
def test_of_a_hold_only_the_staff_is_told(house: Session, dana: Actor, status: BookingStatus, who: set[str]) -> None:
    booking = sell(house, dana, status=status, engineer_id=MAYA)
    assert {told.who for told in look(house, dana, booking, room_ids=(B,)).told} == who


def test_taking_it_back_is_told_as_well(house: Session, dana: Actor) -> None:
    booking = sell(house, dana)
    change(house, dana, booking, room_ids=(B,))
    changes.undo(house, dana, booking.number, now=NOW)
    assert "Price difference: −$50.00" in mails(house, booking)["nova@example.com"]


def test_each_change_and_each_undo_is_one_row_of_the_audit(house: Session, dana: Actor) -> None:
    booking = sell(house, dana)
    change(house, dana, booking, room_ids=(B,), reason="The piano is there")
    changes.undo(house, dana, booking.number, now=NOW)
    newest, older = bookings.history(house, dana, booking.number)[:2]
    assert (older.action, older.description) == ("booking_changed", "The piano is there")
    assert (older.before, older.after) == ({"rooms": ["Studio A"]}, {"rooms": ["Studio B"]})
    assert (newest.action, newest.after) == ("booking_change_undone", {"rooms": ["Studio A"]})


def test_the_history_keeps_who_when_why_and_what_was_undone(house: Session, dana: Actor) -> None:
    booking = sell(house, dana)
    change(house, dana, booking, room_ids=(B,), reason="The piano is there")
    change(house, dana, booking, extra_minutes=60)
    changes.undo(house, dana, booking.number, now=NOW + timedelta(minutes=3))
    longer, swap = changes.changes_of(house, dana, booking.number)
    assert (swap.kind, swap.who, swap.reason, swap.at) == (ChangeKind.ROOM_SWAP, dana.name, "The piano is there", NOW)
    assert [room.name for room in (*swap.before.rooms, *swap.after.rooms)] == ["Studio A", "Studio B"]
    assert (swap.price_difference_cents, swap.undone_at) == (5000, None)
    assert (longer.kind, longer.undone_by) == (ChangeKind.EXTENSION, dana.name)
    assert longer.undone_at == NOW + timedelta(minutes=3)


def test_who_asked_to_be_replaced_and_is_has_been_answered(house: Session, dana: Actor) -> None:
    maya = cast.maya(house)
    catalog.link_user(house, SYSTEM, MAYA, maya.user_id)
    maya = actor_of(get_user(house, SYSTEM, maya.user_id or 0))
    booking = sell(house, dana, engineer_id=MAYA)
    changes.request_swap(house, maya, booking.number, "A wedding", now=NOW)
    change(house, dana, booking, room_ids=(B,))
    assert changes.open_requests(house, dana, now=NOW)
    change(house, dana, booking, engineer_id=LEO, room_ids=(A,))
    assert changes.open_requests(house, dana, now=NOW) == ()
    assert house.execute(text("select status from swap_request")).scalar() == SwapRequestStatus.DONE


def over(session: Session, actor: Actor, minutes: int, **order: Any) -> BookingView:
    booking = sell(session, actor, **order)
    check_in(session, actor, booking)
    bookings.check_out(session, actor, booking.number, now=booking.end + timedelta(minutes=minutes, seconds=20))
    return booking


def test_overtime_is_offered_as_a_line_and_charged_once(house: Session, dana: Actor) -> None:
    evening(house, 20, start="14:00")
    booking = over(house, dana, 20, engineer_id=MAYA)
    before = rows(house, booking)
    seen = changes.overtime(house, dana, booking.number)
    assert seen is not None
    assert prices(seen.lines) == [
        ("Studio A, 20 min more × $90.00", 3000),
        ("Evening, 20 min × 20% instead of none", 600),
    ]
    assert (seen.kind, seen.after.end) == (ChangeKind.EXTENSION, booking.end + timedelta(minutes=20))
    assert rows(house, booking) == before
    after = changes.charge_overtime(house, dana, booking.number, seen.version)
    assert after.total_cents == seen.total_cents == (booking.total_cents or 0) + 3600
    assert rows(house, booking)["allocations"] == before["allocations"]
    assert (after.start, after.end, after.minutes) == (booking.start, booking.end, booking.minutes)
    assert changes.overtime(house, dana, booking.number) is None
    with pytest.raises(Conflict):
        changes.charge_overtime(house, dana, booking.number)


def test_overtime_can_be_taken_back(house: Session, dana: Actor) -> None:
    booking = over(house, dana, 20)
    before = rows(house, booking)
    changes.charge_overtime(house, dana, booking.number)
    changes.undo(house, dana, booking.number)
    assert rows(house, booking) == before
    assert changes.overtime(house, dana, booking.number) is not None


def test_while_it_runs_overtime_is_only_shown(house: Session, dana: Actor) -> None:
    booking = sell(house, dana)
    check_in(house, dana, booking)
    assert changes.overtime(house, dana, booking.number, now=booking.end) is None
    seen = changes.overtime(house, dana, booking.number, now=booking.end + timedelta(minutes=5))
    assert seen is not None
    assert prices(seen.lines) == [("Studio A, 5 min more × $90.00", 750)]
    with pytest.raises(NotChangeable):
        changes.charge_overtime(house, dana, booking.number, now=booking.end + timedelta(minutes=5))


@pytest.mark.parametrize("minutes", [-30, 0])
def test_who_is_done_in_time_owes_no_overtime(house: Session, dana: Actor, minutes: int) -> None:
    assert changes.overtime(house, dana, over(house, dana, minutes).number) is None


def test_a_cancellation_is_shown_like_a_change(house: Session, dana: Actor) -> None:
    booking = sell(house, dana, engineer_id=MAYA, authorization=TICKED)
    before = rows(house, booking)
    late = booking.start - timedelta(hours=1)
    seen = changes.preview_cancellation(house, dana, booking.number, now=late)
    assert (seen.kind, seen.bookable, seen.before) == (CANCELLATION, True, seen.after)
    assert seen.effects == ("Free again: Studio A, Maya.",)
    concerned = ["nova@example.com", "maya@home.example", "dana.reyes@platinum.studio"]
    assert [told.address for told in seen.told] == concerned
    assert rows(house, booking) == before
    gone = bookings.cancel(house, dana, booking.number, "On tour", now=late)
    assert sorted(mails(house, booking)) == sorted(concerned)
    assert all("On tour" in mails(house, booking)[to] for to in (concerned[0], concerned[2]))
    assert "$" not in mails(house, booking)["maya@home.example"]
    assert (seen.total_cents, seen.balance_cents) == (gone.total_cents, gone.balance_cents)
    assert prices(seen.lines) == prices(gone.lines[len(booking.lines) :])
    with pytest.raises(bookings.WrongStatus):
        changes.preview_cancellation(house, dana, booking.number, now=late)
