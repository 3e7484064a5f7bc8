"""How much of the rooms' open time is booked. Four rooms, open 10:00 to 23:00, on Fridays until 2:00."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from services import absences, scheduling
from services.absences import LockoutKind, NewLockout
from services.core.access import SYSTEM, anonymous
from services.core.errors import NotSignedIn
from services.scheduling import SlotRequest
from tests.scheduling.studio import FRIDAY, MONDAY, NOW, A, B, at, book, close


def test_nothing_is_in_use_where_nothing_is_booked(studio: Session) -> None:
    assert scheduling.rooms_in_use(studio, SYSTEM, MONDAY, 7) == 0


def test_booked_minutes_of_all_rooms_count_without_their_buffers(studio: Session) -> None:
    book(studio, SlotRequest(at(MONDAY, "12:00"), 13 * 30, (A, B), buffer_minutes=30))
    assert scheduling.rooms_in_use(studio, SYSTEM, MONDAY, 1) == pytest.approx(13 / (4 * 13))


def test_a_night_counts_on_both_its_days(studio: Session) -> None:
    book(studio, SlotRequest(at(FRIDAY, "22:00"), 240, (A,)))
    saturday = FRIDAY + timedelta(days=1)
    assert scheduling.rooms_in_use(studio, SYSTEM, FRIDAY, 1) == pytest.approx(2 / (4 * 14))
    assert scheduling.rooms_in_use(studio, SYSTEM, saturday, 1) == pytest.approx(2 / (4 * (14 + 2)))


def test_a_lockout_is_no_open_time(studio: Session) -> None:
    book(studio, SlotRequest(at(MONDAY, "12:00"), 13 * 60 // 2, (A,)))
    locked = NewLockout(
        room_ids=(B,), start=at(MONDAY, "00:00"), end=at(FRIDAY, "00:00"), kind=LockoutKind.MAINTENANCE, reason="Floor"
    )
    absences.lock_rooms(studio, SYSTEM, locked, now=NOW)
    assert scheduling.rooms_in_use(studio, SYSTEM, MONDAY, 1) == pytest.approx(6.5 / (3 * 13))


def test_closed_days_have_no_answer(studio: Session) -> None:
    close(studio, MONDAY, "Inventory")
    assert scheduling.rooms_in_use(studio, SYSTEM, MONDAY, 1) is None


def test_it_is_for_those_who_see_all_sessions(studio: Session) -> None:
    with pytest.raises(NotSignedIn):
        scheduling.rooms_in_use(studio, anonymous(), MONDAY, 7)
