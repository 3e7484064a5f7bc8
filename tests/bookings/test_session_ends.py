"""A session begins and ends at the desk: when it may, what becomes of its time, and how a mistake is taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from models.bookings import BookingStatus
from models.studio import StudioInfo
from services import absences, bookings, changes, scheduling
from services.absences import LockoutKind, NewLockout
from services.bookings import BookingView, TooEarly, VersionChanged, WrongStatus
from services.changes import CannotTakeBack, Change
from services.core.access import Actor
from services.core.errors import Conflict
from tests import cast
from tests.bookings.orders import PRICE, TICKED, book
from tests.changes.orders import ledger
from tests.scheduling.studio import FRIDAY, MAYA, NOW, U87, A, B, at

S = BookingStatus
NOON = at(FRIDAY, "12:00")


@pytest.fixture
def sold(studio: Session, dana: Actor) -> BookingView:
    """Noon to two in Studio A, with Maya, 15 minutes to reset."""
    mics = (bookings.MicChoice(U87),)
    return book(studio, dana, status=S.CONFIRMED, engineer_id=MAYA, mics=mics, authorization=TICKED)


def checked_in(session: Session, actor: Actor, booking: BookingView, now: datetime = NOON) -> BookingView:
    return bookings.check_in(session, actor, booking.number, now=now)


def checked_out(session: Session, actor: Actor, booking: BookingView, clock: str) -> BookingView:
    checked_in(session, actor, booking)
    return bookings.check_out(session, actor, booking.number, now=at(FRIDAY, clock))


@pytest.mark.parametrize(
    ("case", "lead_minutes", "now", "is_open"),
    [
        ("seventeen months early", 120, NOON - timedelta(days=510), False),
        ("a second before the lead", 120, NOON - timedelta(hours=2, seconds=1), False),
        ("at the lead", 120, NOON - timedelta(hours=2), True),
        ("a studio that opens the desk late", 10, NOON - timedelta(minutes=11), False),
        ("late", 120, NOON + timedelta(hours=1), True),
    ],
)
def test_a_check_in_is_offered_and_taken_from_the_lead_on(
    studio: Session, dana: Actor, sold: BookingView, case: str, lead_minutes: int, now: datetime, is_open: bool
) -> None:
    studio.get_one(StudioInfo, 1).check_in_lead_minutes = lead_minutes
    seen = bookings.get_booking(studio, dana, sold.number)
    assert (S.CHECKED_IN in bookings.next_statuses(seen, now)) is is_open
    if is_open:
        assert checked_in(studio, dana, sold, now).status is S.CHECKED_IN
        return
    with pytest.raises(TooEarly, match="can be checked in from") as refused:
        checked_in(studio, dana, sold, now)
    assert refused.value.details == {"opens_at": seen.check_in_from.isoformat()}


def test_a_no_show_is_offered_once_the_session_has_begun(studio: Session, sold: BookingView) -> None:
    assert S.NO_SHOW not in bookings.next_statuses(sold, NOON - timedelta(seconds=1))
    assert S.NO_SHOW in bookings.next_statuses(sold, NOON)


@pytest.mark.parametrize("command", [bookings.check_in, bookings.confirm, bookings.no_show])
def test_a_press_on_what_somebody_saw_before_it_changed_does_nothing(
    studio: Session, dana: Actor, sold: BookingView, command: Callable[..., Any]
) -> None:
    with pytest.raises(VersionChanged):
        command(studio, dana, sold.number, sold.version - 1, now=NOON)


def test_the_second_of_two_clicks_finishes_nothing(studio: Session, dana: Actor, sold: BookingView) -> None:
    checked_in(studio, dana, sold)
    with pytest.raises(VersionChanged):
        bookings.check_out(studio, dana, sold.number, sold.version, now=NOON)


def test_an_early_check_out_gives_the_rest_of_the_time_back(studio: Session, dana: Actor, sold: BookingView) -> None:
    done = checked_out(studio, dana, sold, "12:45")
    assert [(start, end) for _, start, end in ledger(studio, sold)] == [("12:00", "13:00")] * 3
    assert (done.total_cents, done.end) == (sold.total_cents, sold.end)
    assert done.freed_from == at(FRIDAY, "13:00")
    [room] = scheduling.day_availability(studio, dana, FRIDAY, minutes=60, room_ids=(A,), now=NOON).rooms
    assert at(FRIDAY, "13:00") in [span.start for span in room.free]
    assert book(studio, dana, start=at(FRIDAY, "13:00"), engineer_id=MAYA).status is S.PENDING


def test_a_check_out_before_the_start_gives_all_of_it_back(studio: Session, dana: Actor, sold: BookingView) -> None:
    checked_in(studio, dana, sold, at(FRIDAY, "10:30"))
    bookings.check_out(studio, dana, sold.number, now=at(FRIDAY, "10:40"))
    assert ledger(studio, sold) == []
    changes.undo_check_out(studio, dana, sold.number)
    assert {(start, end) for _, start, end in ledger(studio, sold)} == {("12:00", "14:15")}


def test_a_check_out_at_the_end_keeps_the_time_as_it_was(studio: Session, dana: Actor, sold: BookingView) -> None:
    before = ledger(studio, sold)
    assert checked_out(studio, dana, sold, "14:00").freed_from is None
    assert ledger(studio, sold) == before


def test_a_no_show_gives_the_rest_of_the_time_back_and_is_taken_back_with_it(
    studio: Session, dana: Actor, sold: BookingView
) -> None:
    before = ledger(studio, sold)
    missed = bookings.no_show(studio, dana, sold.number, now=at(FRIDAY, "12:30"))
    assert {end for _, _, end in ledger(studio, sold)} == {"12:30"}
    came = changes.undo_no_show(studio, dana, sold.number, missed.version)
    assert (came.status, came.total_cents, came.freed_from) == (S.CONFIRMED, PRICE, None)
    assert ledger(studio, sold) == before
    again = bookings.no_show(studio, dana, sold.number, now=at(FRIDAY, "12:30"))
    assert again.total_cents == missed.total_cents


def test_what_a_no_show_costs_is_seen_before(studio: Session, dana: Actor, sold: BookingView) -> None:
    seen = changes.preview_no_show(studio, dana, sold.number, now=NOON)
    assert (seen.kind, seen.total_cents, seen.balance_cents) == ("NO_SHOW", PRICE, PRICE)
    missed = bookings.no_show(studio, dana, sold.number, now=NOON)
    assert [line.amount_cents for line in missed.lines[-2:]] == [line.amount_cents for line in seen.lines]
    with pytest.raises(WrongStatus):
        changes.preview_no_show(studio, dana, sold.number, now=NOON)


def test_a_check_in_is_taken_back(studio: Session, dana: Actor, sold: BookingView) -> None:
    here = checked_in(studio, dana, sold)
    back = changes.undo_check_in(studio, dana, sold.number, here.version)
    assert (back.status, back.checked_in_at) == (S.CONFIRMED, None)
    latest = bookings.history(studio, dana, sold.number)[0]
    assert (latest.action, latest.before, latest.after) == (
        "booking_check_in_undone",
        {"status": "CHECKED_IN"},
        {"status": "CONFIRMED"},
    )


def test_a_check_out_is_taken_back_with_its_time(studio: Session, dana: Actor, sold: BookingView) -> None:
    before = ledger(studio, sold)
    done = checked_out(studio, dana, sold, "12:45")
    back = changes.undo_check_out(studio, dana, sold.number, done.version)
    assert (back.status, back.checked_out_at, back.freed_from) == (S.CHECKED_IN, None, None)
    assert ledger(studio, sold) == before


def test_a_check_out_stays_where_somebody_has_the_time_by_now(studio: Session, dana: Actor, sold: BookingView) -> None:
    checked_out(studio, dana, sold, "12:45")
    other = book(studio, dana, start=at(FRIDAY, "13:00"), minutes=60)
    with pytest.raises(Conflict, match=rf"{other.number} .*move or cancel it first") as refused:
        changes.undo_check_out(studio, dana, sold.number)
    assert refused.value.code == "time_given_away"
    bookings.cancel(studio, dana, other.number, now=NOON)
    assert changes.undo_check_out(studio, dana, sold.number).status is S.CHECKED_IN


def test_a_check_out_is_taken_back_in_a_room_where_somebody_was_before(
    studio: Session, dana: Actor, sold: BookingView
) -> None:
    """The session came there in its midst: until then the room was another's."""
    book(studio, dana, status=S.CONFIRMED, start=at(FRIDAY, "10:30"), room_ids=(B,))
    checked_in(studio, dana, sold)
    changes.apply(studio, dana, sold.number, Change(swap_room=(A, B)), now=at(FRIDAY, "13:00"))
    before = ledger(studio, sold)
    assert (B, "13:00", "14:15") in before
    bookings.check_out(studio, dana, sold.number, now=at(FRIDAY, "13:30"))
    changes.undo_check_out(studio, dana, sold.number)
    assert ledger(studio, sold) == before


def test_a_no_show_in_the_minute_of_a_swap_is_taken_back_as_it_was(
    studio: Session, dana: Actor, sold: BookingView
) -> None:
    half_past = at(FRIDAY, "12:30")
    changes.apply(studio, dana, sold.number, Change(swap_room=(A, B)), now=half_past)
    before = ledger(studio, sold)
    bookings.no_show(studio, dana, sold.number, now=half_past)
    changes.undo_no_show(studio, dana, sold.number)
    assert ledger(studio, sold) == before


def test_a_check_out_whose_overtime_is_charged_stays(studio: Session, dana: Actor, sold: BookingView) -> None:
    checked_out(studio, dana, sold, "14:30")
    changes.charge_overtime(studio, dana, sold.number, now=at(FRIDAY, "14:30"))
    with pytest.raises(CannotTakeBack, match="take back the overtime first"):
        changes.undo_check_out(studio, dana, sold.number)
    changes.undo(studio, dana, sold.number, now=at(FRIDAY, "14:31"))
    assert changes.undo_check_out(studio, dana, sold.number).status is S.CHECKED_IN


def test_a_session_entered_after_the_fact_has_no_overtime(studio: Session, dana: Actor, sold: BookingView) -> None:
    next_week = sold.end + timedelta(days=7)
    checked_in(studio, dana, sold, next_week)
    bookings.check_out(studio, dana, sold.number, now=next_week)
    assert changes.overtime(studio, dana, sold.number, now=next_week) is None


@pytest.mark.parametrize("command", [changes.undo_check_in, changes.undo_check_out, changes.undo_no_show])
def test_what_was_not_done_is_not_taken_back(
    studio: Session, dana: Actor, sold: BookingView, command: Callable[..., Any]
) -> None:
    with pytest.raises(Conflict):
        command(studio, dana, sold.number)
    checked_in(studio, dana, sold)
    if command is not changes.undo_check_in:
        with pytest.raises(Conflict):
            command(studio, dana, sold.number)
    assert bookings.get_booking(studio, dana, sold.number).status is S.CHECKED_IN


def test_an_engineer_is_not_told_who_has_the_time(studio: Session, dana: Actor, sold: BookingView) -> None:
    checked_out(studio, dana, sold, "12:45")
    other = book(studio, dana, start=at(FRIDAY, "13:00"), minutes=60)
    own = replace(cast.maya(studio), engineer_id=MAYA)
    with pytest.raises(Conflict, match="given to somebody else") as refused:
        changes.undo_check_out(studio, own, sold.number)
    assert other.number not in refused.value.message


def test_who_came_without_signing_still_can(studio: Session, dana: Actor) -> None:
    unsigned = book(studio, dana, status=S.CONFIRMED)
    checked_out(studio, dana, unsigned, "14:00")
    assert bookings.authorize(studio, dana, unsigned.number, TICKED, now=NOW).authorization


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (S.CONFIRMED, "Move or cancel what is booked then first: {number} (Nova Records)"),
        (S.CHECKED_IN, "Begin after what is under way, or check it out: {number} (Nova Records)"),
        (S.COMPLETED, ""),
        (S.NO_SHOW, ""),
    ],
)
def test_a_lockout_asks_only_for_what_somebody_can_do(
    studio: Session, dana: Actor, sold: BookingView, status: BookingStatus, says: str
) -> None:
    if status is S.NO_SHOW:
        bookings.no_show(studio, dana, sold.number, now=at(FRIDAY, "12:20"))
    elif status is not S.CONFIRMED:
        checked_in(studio, dana, sold)
    if status is S.COMPLETED:
        bookings.check_out(studio, dana, sold.number, now=at(FRIDAY, "12:45"))
    start, end = at(FRIDAY, "12:30"), at(FRIDAY, "18:00")
    new = NewLockout(room_ids=(A,), start=start, end=end, kind=LockoutKind.MAINTENANCE, reason="Piano")
    if not says:
        assert absences.lock_rooms(studio, dana, new, now=NOW)
        return
    with pytest.raises(Conflict) as refused:
        absences.lock_rooms(studio, dana, new, now=NOW)
    assert refused.value.message.startswith(says.format(number=sold.number))
