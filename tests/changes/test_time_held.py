"""The ledger of time after a change: exactly what the session holds, and what it held before."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from services import bookings
from services.bookings import MicChoice
from services.core.access import Actor
from services.scheduling import SlotTaken
from tests.bookings.orders import book
from tests.changes.orders import change, check_in, ledger, look, sell
from tests.scheduling.studio import FRIDAY, LEO, MAYA, NIA, OVERLAPS, U87, U87_UNITS, A, B, C, at

NOON = at(FRIDAY, "12:00")
HALF_PAST_ONE = at(FRIDAY, "13:30")


def test_a_move_takes_everything_along(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, engineer_id=MAYA, mics=(MicChoice(U87),))
    change(studio, dana, booking, start=at(FRIDAY, "15:00"), room_ids=(B,))
    assert ledger(studio, booking) == [(B, "15:00", "17:15"), (MAYA, "15:00", "17:15"), (301, "15:00", "17:15")]


def test_a_move_by_less_than_its_length_is_not_in_its_own_way(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    change(studio, dana, booking, start=at(FRIDAY, "12:30"))
    assert ledger(studio, booking) == [(A, "12:30", "14:45")]


def test_what_is_left_is_free_for_others(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    change(studio, dana, booking, room_ids=(B,))
    book(studio, dana)
    assert studio.execute(OVERLAPS).scalar() == 0


def test_a_swap_under_way_ends_the_old_room_now_and_begins_the_new_one(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, engineer_id=MAYA)
    check_in(studio, dana, booking)
    change(studio, dana, booking, now=HALF_PAST_ONE + timedelta(seconds=40), room_ids=(B,))
    assert ledger(studio, booking) == [(A, "12:00", "13:30"), (B, "13:30", "14:15"), (MAYA, "12:00", "14:15")]


def test_an_engineer_swap_under_way_does_the_same(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, engineer_id=MAYA)
    check_in(studio, dana, booking)
    change(studio, dana, booking, now=HALF_PAST_ONE, engineer_id=LEO)
    assert ledger(studio, booking) == [(A, "12:00", "14:15"), (MAYA, "12:00", "13:30"), (LEO, "13:30", "14:15")]


def test_there_and_back_leaves_each_stretch_as_it_was(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    check_in(studio, dana, booking)
    change(studio, dana, booking, now=at(FRIDAY, "12:40"), room_ids=(B,))
    change(studio, dana, booking, now=HALF_PAST_ONE, room_ids=(A,))
    assert ledger(studio, booking) == [(A, "12:00", "12:40"), (A, "13:30", "14:15"), (B, "12:40", "13:30")]
    book(studio, dana, start=at(FRIDAY, "14:30"), minutes=60, room_ids=(A, B))


def test_twice_in_the_same_minute_leaves_no_empty_stretch(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    check_in(studio, dana, booking)
    change(studio, dana, booking, now=HALF_PAST_ONE, room_ids=(B,))
    change(studio, dana, booking, now=HALF_PAST_ONE, room_ids=(C,))
    assert ledger(studio, booking) == [(A, "12:00", "13:30"), (C, "13:30", "14:15")]


def test_an_extension_moves_the_end_and_keeps_the_buffer(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, engineer_id=MAYA, mics=(MicChoice(U87),))
    check_in(studio, dana, booking)
    after = change(studio, dana, booking, now=HALF_PAST_ONE, extra_minutes=60)
    assert (after.minutes, after.end) == (180, at(FRIDAY, "15:00"))
    assert ledger(studio, booking) == [(key, "12:00", "15:15") for key in (A, MAYA, 301)]


def test_a_session_that_runs_over_can_still_be_extended(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    check_in(studio, dana, booking)
    change(studio, dana, booking, now=at(FRIDAY, "14:20"), extra_minutes=60)
    assert ledger(studio, booking) == [(A, "12:00", "15:15")]


def test_an_extension_into_the_next_session_is_refused_with_it(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    other = book(studio, dana, start=at(FRIDAY, "14:30"))
    check_in(studio, dana, booking)
    with pytest.raises(SlotTaken) as refused:
        change(studio, dana, booking, now=HALF_PAST_ONE, extra_minutes=20)
    assert other.number in refused.value.message
    assert ledger(studio, booking) == [(A, "12:00", "14:15")]


def test_an_extension_is_refused_when_the_engineer_goes_home(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, start=at(FRIDAY, "18:00"), engineer_id=NIA)
    with pytest.raises(SlotTaken, match="Nia does not work"):
        change(studio, dana, booking, extra_minutes=30)


def test_under_way_only_other_rooms_are_offered_not_other_times(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    book(studio, dana, room_ids=(B,))
    check_in(studio, dana, booking)
    seen = look(studio, dana, booking, now=HALF_PAST_ONE, room_ids=(B,))
    assert not seen.bookable
    assert {other.start for other in seen.alternatives} == {HALF_PAST_ONE}


def test_all_rooms_or_none(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    book(studio, dana, room_ids=(C,))
    with pytest.raises(SlotTaken, match="Studio C"):
        change(studio, dana, booking, room_ids=(A, B, C))
    change(studio, dana, booking, room_ids=(A, B))
    assert ledger(studio, booking) == [(A, "12:00", "14:15"), (B, "12:00", "14:15")]


def test_the_microphone_it_has_stays_while_it_is_free(studio: Session, dana: Actor) -> None:
    first = book(studio, dana, room_ids=(B,), mics=(MicChoice(U87),))
    booking = sell(studio, dana, mics=(MicChoice(U87),))
    bookings.cancel(studio, dana, first.number)
    change(studio, dana, booking, start=at(FRIDAY, "12:30"))
    assert ledger(studio, booking)[1][0] == U87_UNITS[1]


def test_another_microphone_of_the_kind_is_set_aside_where_its_own_is_taken(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, mics=(MicChoice(U87),))
    book(studio, dana, start=at(FRIDAY, "16:00"), room_ids=(B,), mics=(MicChoice(U87),))
    seen = look(studio, dana, booking, start=at(FRIDAY, "16:00"))
    assert seen.effects == ("Another U87 is set aside; the one it had is taken then.",)
    change(studio, dana, booking, start=at(FRIDAY, "16:00"))
    assert ledger(studio, booking)[1] == (U87_UNITS[1], "16:00", "18:15")
    unit = text("select gear_unit_id from booking_mic where booking_id = :id")
    assert studio.execute(unit, {"id": booking.id}).scalar() == U87_UNITS[1]


def test_the_first_room_is_remembered_through_any_number_of_swaps(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    change(studio, dana, booking, room_ids=(B,))
    after = change(studio, dana, booking, room_ids=(C,))
    assert [(room.id, room.original_room_id) for room in after.rooms] == [(C, A)]
    back = change(studio, dana, booking, room_ids=(A,))
    assert [(room.id, room.original_room_id) for room in back.rooms] == [(A, None)]


def test_the_first_engineer_is_remembered_too(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, engineer_id=MAYA)
    original = text("select engineer_id, original_engineer_id from booking where id = :id")
    seen = []
    for wanted in ({"engineer_id": LEO}, {"engineer_id": NIA}, {"without_engineer": True}, {"engineer_id": MAYA}):
        change(studio, dana, booking, **wanted)
        seen.append(tuple(studio.execute(original, {"id": booking.id}).one()))
    assert seen == [(LEO, MAYA), (NIA, MAYA), (None, MAYA), (MAYA, None)]
