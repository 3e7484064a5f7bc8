"""Taking time: all of a wish, or nothing and the reason why."""

from datetime import timedelta, timezone

import pytest
from sqlalchemy import text
from sqlmodel import Session

from services import scheduling
from services.scheduling import MicRequest, ReasonCode, SlotRequest, SlotTaken
from tests.scheduling.studio import (
    FRIDAY,
    MAYA,
    NOON,
    U87,
    U87_UNITS,
    A,
    B,
    C,
    at,
    book,
    booking_row,
    claim,
    codes,
    sentence,
)


def test_a_claim_takes_rooms_engineer_and_mics_with_the_buffer(studio: Session) -> None:
    wish = SlotRequest(NOON, 120, (B, A), buffer_minutes=15, engineer_id=MAYA, mics=(MicRequest(U87, 2),))

    booking_id = book(studio, wish)

    rows = studio.execute(
        text("select resource_id, lower(during), upper(during), reason, booking_id from allocation order by id")
    ).all()
    expected = (NOON, NOON + timedelta(minutes=135), "SESSION", booking_id)
    assert [tuple(row) for row in rows] == [(one, *expected) for one in (A, B, MAYA, *U87_UNITS)]


OVERLAP_CASES = {
    "before": ("10:00", 90, True),
    "touching the start": ("10:00", 120, True),
    "over the start": ("11:00", 90, False),
    "around": ("11:00", 240, False),
    "the same": ("12:00", 120, False),
    "inside": ("12:30", 30, False),
    "over the end": ("13:30", 90, False),
    "touching the end": ("14:00", 60, True),
    "after": ("15:00", 60, True),
}


@pytest.mark.parametrize(("start", "minutes", "is_free"), OVERLAP_CASES.values(), ids=OVERLAP_CASES)
def test_two_sessions_of_a_room_never_overlap(studio: Session, start: str, minutes: int, is_free: bool) -> None:
    book(studio, SlotRequest(NOON, 120, (A,)))

    assert codes(studio, SlotRequest(at(FRIDAY, start), minutes, (A,))) == ([] if is_free else [ReasonCode.BOOKED])


@pytest.mark.parametrize(("start", "is_free"), [("13:59", False), ("14:14", False), ("14:15", True)])
def test_the_buffer_behind_a_session_is_taken_to_the_minute(studio: Session, start: str, is_free: bool) -> None:
    book(studio, SlotRequest(NOON, 120, (A,), buffer_minutes=15))

    assert codes(studio, SlotRequest(at(FRIDAY, start), 60, (A,))) == ([] if is_free else [ReasonCode.BOOKED])


@pytest.mark.parametrize(("minutes", "is_free"), [(90, True), (105, True), (106, False), (120, False)])
def test_the_own_buffer_must_end_before_the_next_session(studio: Session, minutes: int, is_free: bool) -> None:
    book(studio, SlotRequest(NOON, 120, (A,)))

    wish = SlotRequest(at(FRIDAY, "10:00"), minutes, (A,), buffer_minutes=15)

    assert codes(studio, wish) == ([] if is_free else [ReasonCode.BOOKED])


def test_other_offsets_are_the_same_instants(studio: Session) -> None:
    book(studio, SlotRequest(NOON, 120, (A,)))
    kathmandu = timezone(timedelta(hours=5, minutes=45))

    assert codes(studio, SlotRequest(at(FRIDAY, "13:30").astimezone(kathmandu), 60, (A,))) == [ReasonCode.BOOKED]
    assert codes(studio, SlotRequest(at(FRIDAY, "14:00").astimezone(kathmandu), 60, (A,))) == []


def test_an_engineer_is_in_one_room_at_a_time(studio: Session) -> None:
    book(studio, SlotRequest(NOON, 120, (A,), buffer_minutes=15, engineer_id=MAYA))

    wish = SlotRequest(at(FRIDAY, "14:00"), 60, (B,), engineer_id=MAYA)

    assert sentence(studio, wish) == "Maya is booked 12:00–2:00 pm, then 15 minutes to reset."


def test_no_physical_mic_is_in_two_sessions(studio: Session) -> None:
    book(studio, SlotRequest(NOON, 120, (A,), mics=(MicRequest(U87, 1),)))

    assert claim(studio, SlotRequest(NOON, 60, (B,), mics=(MicRequest(U87, 1),))).gear == ((U87, U87_UNITS[1]),)
    assert sentence(studio, SlotRequest(NOON, 60, (B,), mics=(MicRequest(U87, 2),))) == "Only 1 of 2 U87 are free then."
    book(studio, SlotRequest(NOON, 60, (B,), mics=(MicRequest(U87, 1),)))
    assert sentence(studio, SlotRequest(NOON, 60, (C,), mics=(MicRequest(U87, 1),))) == "No U87 is free then."


def test_several_rooms_are_taken_together_or_not_at_all(studio: Session) -> None:
    book(studio, SlotRequest(NOON, 120, (B,)))

    assert sentence(studio, SlotRequest(NOON, 60, (A, B))) == "Studio B is booked 12:00–2:00 pm."
    assert codes(studio, SlotRequest(NOON, 60, (A,))) == []


def test_the_public_sees_times_and_staff_see_whose(studio: Session) -> None:
    booking_id = book(studio, SlotRequest(NOON, 240, (A,), buffer_minutes=15))
    number = studio.scalar(text("select number from booking where id = :id"), {"id": booking_id})
    wish = SlotRequest(at(FRIDAY, "15:00"), 60, (A,))

    assert sentence(studio, wish) == "Studio A is booked 12:00–4:00 pm, then 15 minutes to reset."
    assert sentence(studio, wish, reveal=True) == (
        f"Studio A is booked 12:00–4:00 pm ({number}, Nova Records), then 15 minutes to reset."
    )


def test_a_refusal_carries_conflicts_and_alternatives_as_plain_values(studio: Session) -> None:
    book(studio, SlotRequest(NOON, 120, (A,)))

    with pytest.raises(SlotTaken) as refused:
        claim(studio, SlotRequest(NOON, 60, (A,)))

    details = refused.value.details
    assert [(one["code"], one["resource_id"]) for one in details["conflicts"]] == [("booked", A)]
    assert len(details["alternatives"]) == 3


def test_a_moving_booking_is_not_in_its_own_way(studio: Session) -> None:
    booking_id = book(studio, SlotRequest(NOON, 120, (A,), engineer_id=MAYA))
    wish = SlotRequest(at(FRIDAY, "13:00"), 120, (A,), engineer_id=MAYA)

    claimed = claim(studio, wish, moving=booking_id)
    scheduling.release(studio, booking_id)
    scheduling.store(studio, claimed, booking_id)

    assert codes(studio, SlotRequest(NOON, 60, (A,))) == []
    assert codes(studio, wish) == [ReasonCode.BOOKED, ReasonCode.BOOKED]


def test_released_time_can_be_claimed_again(studio: Session) -> None:
    booking_id = book(studio, SlotRequest(NOON, 120, (A,)))

    scheduling.release(studio, booking_id)

    assert codes(studio, SlotRequest(NOON, 120, (A,))) == []


def test_a_claim_that_lost_its_time_before_it_was_stored_is_slot_taken(studio: Session) -> None:
    wish = SlotRequest(NOON, 60, (A,))
    claimed = claim(studio, wish)
    book(studio, wish)
    booking = booking_row(wish)
    studio.add(booking)
    studio.flush()
    assert booking.id is not None

    with pytest.raises(SlotTaken) as refused, studio.begin_nested():
        scheduling.store(studio, claimed, booking.id)

    assert "allocation" not in refused.value.message
