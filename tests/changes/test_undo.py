"""The last change taken back: everything as it was, to the byte."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from services import bookings, changes
from services.bookings import BookingStatus, BookingView, MicChoice, VersionChanged
from services.changes import CannotUndo, NotChangeable, NothingToUndo
from services.core.access import Actor
from services.scheduling import SlotTaken
from tests.bookings.orders import ONLINE, book
from tests.changes.orders import change, check_in, evening, priced, rows, sell
from tests.scheduling.studio import FRIDAY, LEO, MAYA, MONDAY, NOW, U87, A, B, C, at

LATER = at(FRIDAY, "13:30")


def undo(session: Session, actor: Actor, booking: BookingView, now: Any = NOW) -> BookingView:
    return changes.undo(session, actor, booking.number, now=now)


CASES: dict[str, dict[str, Any]] = {
    "a move": {"start": at(FRIDAY, "16:30")},
    "a move by a little": {"start": at(FRIDAY, "12:30")},
    "a resize": {"minutes": 45},
    "an extension": {"extra_minutes": 75},
    "a room swap": {"room_ids": (B,)},
    "more rooms": {"room_ids": (B, A)},
    "an engineer swap": {"engineer_id": LEO},
    "no engineer": {"without_engineer": True},
    "all at once": {"start": at(FRIDAY, "17:00"), "minutes": 200, "room_ids": (B,)},
}


@pytest.mark.parametrize("wanted", CASES.values(), ids=CASES)
def test_it_is_as_it_was_to_the_byte(studio: Session, dana: Actor, wanted: dict[str, Any]) -> None:
    priced(studio, {B: 12345})
    evening(studio, 15)
    booking = sell(studio, dana, engineer_id=MAYA, mics=(MicChoice(U87),))
    before = rows(studio, booking)
    change(studio, dana, booking, **wanted)
    assert rows(studio, booking) != before
    back = undo(studio, dana, booking)
    assert rows(studio, booking) == before
    assert back.version == booking.version + 2


@pytest.mark.parametrize("start", ["10:00", "20:00"])
def test_a_hold_has_its_deadline_back_too(studio: Session, dana: Actor, start: str) -> None:
    booking = sell(studio, dana, status=BookingStatus.HOLD)
    before = rows(studio, booking)
    change(studio, dana, booking, start=at(FRIDAY, start))
    undo(studio, dana, booking)
    assert rows(studio, booking) == before


@pytest.mark.parametrize("wanted", [{"room_ids": (B,)}, {"engineer_id": LEO}, {"extra_minutes": 60}])
def test_under_way_too(studio: Session, dana: Actor, wanted: dict[str, Any]) -> None:
    booking = sell(studio, dana, engineer_id=MAYA, mics=(MicChoice(U87),))
    check_in(studio, dana, booking)
    before = rows(studio, booking)
    change(studio, dana, booking, now=LATER, **wanted)
    undo(studio, dana, booking, now=LATER + timedelta(minutes=5))
    assert rows(studio, booking) == before


def test_one_after_the_other(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, engineer_id=MAYA)
    states = [rows(studio, booking)]
    for wanted in ({"room_ids": (B,)}, {"start": at(FRIDAY, "15:00")}, {"minutes": 240}, {"without_engineer": True}):
        change(studio, dana, booking, **wanted)
        states.append(rows(studio, booking))
    for state in reversed(states[:-1]):
        undo(studio, dana, booking)
        assert rows(studio, booking) == state
    with pytest.raises(NothingToUndo):
        undo(studio, dana, booking)


def test_a_hold_moves_back(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, status=BookingStatus.HOLD)
    before = rows(studio, booking)
    change(studio, dana, booking, start=at(FRIDAY, "16:00"), room_ids=(B, C))
    undo(studio, dana, booking)
    assert rows(studio, booking) == before


def test_online_work_goes_back_to_its_day(studio: Session, dana: Actor) -> None:
    booking = bookings.create(studio, dana, ONLINE, now=NOW)
    before = rows(studio, booking)
    change(studio, dana, booking, start=at(MONDAY, "15:00"))
    undo(studio, dana, booking)
    assert rows(studio, booking) == before


def test_the_old_time_went_to_somebody_else(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    change(studio, dana, booking, start=at(FRIDAY, "16:00"))
    other = book(studio, dana)
    before = rows(studio, booking)
    with pytest.raises(SlotTaken, match=other.number), studio.begin_nested():
        undo(studio, dana, booking)
    assert rows(studio, booking) == before


def test_the_very_microphone_went_to_somebody_else(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, mics=(MicChoice(U87),))
    change(studio, dana, booking, start=at(FRIDAY, "16:00"))
    book(studio, dana, room_ids=(B,), mics=(MicChoice(U87),))
    with pytest.raises(SlotTaken, match="The U87 it had is taken"):
        undo(studio, dana, booking)


def test_time_that_has_passed_is_not_given_back(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    change(studio, dana, booking, start=at(FRIDAY, "16:00"))
    with pytest.raises(SlotTaken, match="has passed"):
        undo(studio, dana, booking, now=LATER)


def test_it_has_run_past_the_end_it_had(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    check_in(studio, dana, booking)
    change(studio, dana, booking, now=LATER, extra_minutes=60)
    with pytest.raises(CannotUndo, match="run past"):
        undo(studio, dana, booking, now=at(FRIDAY, "14:30"))


def test_a_hold_that_was_confirmed_keeps_its_change(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, status=BookingStatus.HOLD)
    change(studio, dana, booking, start=at(FRIDAY, "16:00"))
    bookings.confirm(studio, dana, booking.number, now=NOW)
    with pytest.raises(CannotUndo, match="was a hold"):
        undo(studio, dana, booking)


def test_a_move_stays_once_the_client_is_here(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    after = change(studio, dana, booking, start=at(FRIDAY, "15:00"))
    check_in(studio, dana, after)
    with pytest.raises(NotChangeable):
        undo(studio, dana, booking, now=at(FRIDAY, "15:10"))


def test_what_has_ended_stays(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    change(studio, dana, booking, room_ids=(B,))
    bookings.cancel(studio, dana, booking.number, now=NOW)
    with pytest.raises(NotChangeable, match="cancelled"):
        undo(studio, dana, booking)


def test_two_who_undo_are_told_apart_by_the_version(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    after = change(studio, dana, booking, room_ids=(B,))
    changes.undo(studio, dana, booking.number, expected_version=after.version, now=NOW)
    with pytest.raises(VersionChanged):
        changes.undo(studio, dana, booking.number, expected_version=after.version, now=NOW)
