"""Taking time: all of a wish, or nothing and the reason why."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlmodel import Session

from models.catalog import Resource, Room, RoomStatus
from services import scheduling
from services.errors import Invalid, NotFound
from services.scheduling import MicWish, ReasonCode, SlotTaken, Wish
from tests.scheduling.house import (
    CHRISTMAS,
    FRIDAY,
    GARAGE,
    LEO,
    MAYA,
    MONDAY,
    NIA,
    NOW,
    U87,
    U87_UNITS,
    A,
    B,
    C,
    at,
    book,
    booking_row,
    claim,
    close,
)

NOON = at(FRIDAY, "12:00")


def codes(session: Session, wish: Wish) -> list[ReasonCode]:
    try:
        claim(session, wish)
    except SlotTaken as refused:
        return [reason.code for reason in refused.answer.reasons]
    return []


def sentence(session: Session, wish: Wish, *, reveal: bool = False) -> str:
    with pytest.raises(SlotTaken) as refused:
        claim(session, wish, reveal=reveal)
    return refused.value.message


def test_a_claim_takes_rooms_engineer_and_mics_with_the_buffer(studio: Session) -> None:
    wish = Wish(NOON, 120, (B, A), buffer_minutes=15, engineer_id=MAYA, mics=(MicWish(U87, 2),))

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
    book(studio, Wish(NOON, 120, (A,)))

    assert codes(studio, Wish(at(FRIDAY, start), minutes, (A,))) == ([] if is_free else [ReasonCode.BOOKED])


@pytest.mark.parametrize(("start", "is_free"), [("13:59", False), ("14:14", False), ("14:15", True)])
def test_the_buffer_behind_a_session_is_taken_to_the_minute(studio: Session, start: str, is_free: bool) -> None:
    book(studio, Wish(NOON, 120, (A,), buffer_minutes=15))

    assert codes(studio, Wish(at(FRIDAY, start), 60, (A,))) == ([] if is_free else [ReasonCode.BOOKED])


@pytest.mark.parametrize(("minutes", "is_free"), [(90, True), (105, True), (106, False), (120, False)])
def test_the_own_buffer_must_end_before_the_next_session(studio: Session, minutes: int, is_free: bool) -> None:
    book(studio, Wish(NOON, 120, (A,)))

    wish = Wish(at(FRIDAY, "10:00"), minutes, (A,), buffer_minutes=15)

    assert codes(studio, wish) == ([] if is_free else [ReasonCode.BOOKED])


def test_a_buffer_may_lie_outside_the_opening_hours(studio: Session) -> None:
    assert codes(studio, Wish(at(MONDAY, "21:00"), 120, (A,), buffer_minutes=60)) == []


SUNDAY = date(2026, 11, 22)
CHRISTMAS_EVE = date(2026, 12, 24)
HOURS_CASES = {
    "at opening": (FRIDAY, "10:00", 60, []),
    "a minute early": (FRIDAY, "09:59", 60, [ReasonCode.CLOSED]),
    "across periods that touch": (FRIDAY, "13:00", 360, []),
    "the whole day": (FRIDAY, "10:00", 960, []),
    "a minute longer than the day": (FRIDAY, "10:00", 961, [ReasonCode.CLOSED]),
    "past midnight": (FRIDAY, "23:00", 180, []),
    "begins past midnight": (date(2026, 11, 21), "00:30", 90, []),
    "past the end at night": (FRIDAY, "23:30", 151, [ReasonCode.CLOSED]),
    "Saturday's night reaches into Sunday": (SUNDAY, "01:00", 60, []),
    "Sunday": (SUNDAY, "12:00", 60, [ReasonCode.CLOSED]),
    "Monday shuts at eleven": (MONDAY, "22:30", 31, [ReasonCode.CLOSED]),
    "touching a closure": (CHRISTMAS_EVE, "22:00", 60, []),
    "in a closure": (CHRISTMAS, "12:00", 60, [ReasonCode.CLOSURE]),
    "after a closure, at night": (date(2026, 12, 26), "00:30", 60, []),
    "a year ahead": (date(2027, 11, 19), "12:00", 60, []),
}


@pytest.mark.parametrize(("day", "start", "minutes", "expected"), HOURS_CASES.values(), ids=HOURS_CASES)
def test_a_session_lies_inside_the_opening_hours(
    studio: Session, day: date, start: str, minutes: int, expected: list[ReasonCode]
) -> None:
    assert codes(studio, Wish(at(day, start), minutes, (A,))) == expected


def test_a_session_may_not_reach_into_a_closure(studio: Session) -> None:
    close(studio, date(2026, 11, 21), "Wiring")

    assert codes(studio, Wish(at(FRIDAY, "23:30"), 30, (A,))) == []
    assert codes(studio, Wish(at(FRIDAY, "23:30"), 60, (A,))) == [ReasonCode.CLOSURE]
    assert sentence(studio, Wish(at(FRIDAY, "23:30"), 60, (A,))) == "The studio is closed on Sat, Nov 21: Wiring."


def test_other_offsets_are_the_same_instants(studio: Session) -> None:
    book(studio, Wish(NOON, 120, (A,)))
    kathmandu = timezone(timedelta(hours=5, minutes=45))

    assert codes(studio, Wish(at(FRIDAY, "13:30").astimezone(kathmandu), 60, (A,))) == [ReasonCode.BOOKED]
    assert codes(studio, Wish(at(FRIDAY, "14:00").astimezone(kathmandu), 60, (A,))) == []


ENGINEER_CASES = {
    "may work in both": (MAYA, (A, B), "12:00", 60, []),
    "in one of them only": (LEO, (A, B), "12:00", 60, [ReasonCode.NOT_QUALIFIED]),
    "a room nobody is listed for": (MAYA, (GARAGE,), "12:00", 60, [ReasonCode.NOT_QUALIFIED]),
    "to the end of the working hours": (NIA, (C,), "18:00", 120, []),
    "past the working hours": (NIA, (C,), "18:00", 121, [ReasonCode.NOT_WORKING]),
    "before the working hours": (NIA, (C,), "11:30", 60, [ReasonCode.NOT_WORKING]),
}


@pytest.mark.parametrize(
    ("engineer", "rooms", "start", "minutes", "expected"), ENGINEER_CASES.values(), ids=ENGINEER_CASES
)
def test_an_engineer_is_qualified_and_at_work(
    studio: Session, engineer: int, rooms: tuple[int, ...], start: str, minutes: int, expected: list[ReasonCode]
) -> None:
    assert codes(studio, Wish(at(FRIDAY, start), minutes, rooms, engineer_id=engineer)) == expected


def test_extra_availability_joins_the_working_hours(studio: Session) -> None:
    extra = {"start": at(FRIDAY, "20:00"), "end": at(FRIDAY, "22:00"), "nia": NIA}
    studio.execute(
        text("insert into extra_availability (resource_id, during, note) values (:nia, tstzrange(:start, :end), '')"),
        extra,
    )

    assert codes(studio, Wish(at(FRIDAY, "18:00"), 240, (C,), engineer_id=NIA)) == []


def test_an_engineer_is_in_one_room_at_a_time(studio: Session) -> None:
    book(studio, Wish(NOON, 120, (A,), buffer_minutes=15, engineer_id=MAYA))

    wish = Wish(at(FRIDAY, "14:00"), 60, (B,), engineer_id=MAYA)

    assert sentence(studio, wish) == "Maya is booked 12:00–2:00 pm, then 15 minutes to reset."


def test_no_physical_mic_is_in_two_sessions(studio: Session) -> None:
    book(studio, Wish(NOON, 120, (A,), mics=(MicWish(U87, 1),)))

    assert claim(studio, Wish(NOON, 60, (B,), mics=(MicWish(U87, 1),))).gear == ((U87, U87_UNITS[1]),)
    assert sentence(studio, Wish(NOON, 60, (B,), mics=(MicWish(U87, 2),))) == "Only 1 of 2 U87 are free then."
    book(studio, Wish(NOON, 60, (B,), mics=(MicWish(U87, 1),)))
    assert sentence(studio, Wish(NOON, 60, (C,), mics=(MicWish(U87, 1),))) == "No U87 is free then."


def test_several_rooms_are_taken_together_or_not_at_all(studio: Session) -> None:
    book(studio, Wish(NOON, 120, (B,)))

    assert sentence(studio, Wish(NOON, 60, (A, B))) == "Studio B is booked 12:00–2:00 pm."
    assert codes(studio, Wish(NOON, 60, (A,))) == []


def test_the_public_sees_times_and_staff_see_whose(studio: Session) -> None:
    booking_id = book(studio, Wish(NOON, 240, (A,), buffer_minutes=15))
    number = studio.scalar(text("select number from booking where id = :id"), {"id": booking_id})
    wish = Wish(at(FRIDAY, "15:00"), 60, (A,))

    assert sentence(studio, wish) == "Studio A is booked 12:00–4:00 pm, then 15 minutes to reset."
    assert sentence(studio, wish, reveal=True) == (
        f"Studio A is booked 12:00–4:00 pm ({number}, Nova Records), then 15 minutes to reset."
    )


def test_a_refusal_carries_conflicts_and_alternatives_as_plain_values(studio: Session) -> None:
    book(studio, Wish(NOON, 120, (A,)))

    with pytest.raises(SlotTaken) as refused:
        claim(studio, Wish(NOON, 60, (A,)))

    details = refused.value.details
    assert [(one["code"], one["resource_id"]) for one in details["conflicts"]] == [("booked", A)]
    assert len(details["alternatives"]) == 3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: setattr(s.get(Room, A), "status", RoomStatus.MAINTENANCE), "Studio A is out for maintenance."),
        (lambda s: setattr(s.get(Room, A), "status", RoomStatus.LOCKED), "Studio A is locked."),
        (lambda s: setattr(s.get(Room, A), "deleted_at", NOW), "Studio A is no longer on offer."),
        (lambda s: setattr(s.get(Resource, A), "is_active", False), "Studio A is no longer on offer."),
    ],
)
def test_a_room_out_of_service_is_not_sold(studio: Session, change: Callable[[Session], None], message: str) -> None:
    change(studio)
    studio.flush()

    assert sentence(studio, Wish(NOON, 60, (A,))) == message


def test_a_moving_booking_is_not_in_its_own_way(studio: Session) -> None:
    booking_id = book(studio, Wish(NOON, 120, (A,), engineer_id=MAYA))
    wish = Wish(at(FRIDAY, "13:00"), 120, (A,), engineer_id=MAYA)

    claimed = claim(studio, wish, moving=booking_id)
    scheduling.release(studio, booking_id)
    scheduling.store(studio, claimed, booking_id)

    assert codes(studio, Wish(NOON, 60, (A,))) == []
    assert codes(studio, wish) == [ReasonCode.BOOKED, ReasonCode.BOOKED]


def test_released_time_can_be_claimed_again(studio: Session) -> None:
    booking_id = book(studio, Wish(NOON, 120, (A,)))

    scheduling.release(studio, booking_id)

    assert codes(studio, Wish(NOON, 120, (A,))) == []


def test_a_claim_that_lost_its_time_before_it_was_stored_is_slot_taken(studio: Session) -> None:
    wish = Wish(NOON, 60, (A,))
    claimed = claim(studio, wish)
    book(studio, wish)
    booking = booking_row(wish)
    studio.add(booking)
    studio.flush()
    assert booking.id is not None

    with pytest.raises(SlotTaken) as refused, studio.begin_nested():
        scheduling.store(studio, claimed, booking.id)

    assert "allocation" not in refused.value.message


def test_nothing_is_sold_in_the_past(studio: Session) -> None:
    wish = Wish(NOON, 60, (A,))

    assert claim(studio, wish, now=NOON)
    with pytest.raises(SlotTaken) as refused:
        claim(studio, wish, now=NOON + timedelta(minutes=1))
    assert refused.value.message == "That time has passed."
    assert refused.value.answer.alternatives


INVALID = {
    "no length": (lambda: Wish(NOON, 0, (A,)), "minutes"),
    "negative length": (lambda: Wish(NOON, -60, (A,)), "minutes"),
    "longer than a day": (lambda: Wish(NOON, 1441, (A,)), "minutes"),
    "absurdly long": (lambda: Wish(NOON, 10**12, (A,)), "minutes"),
    "no room": (lambda: Wish(NOON, 60, ()), "rooms"),
    "a room twice": (lambda: Wish(NOON, 60, (A, A)), "rooms"),
    "half a minute": (lambda: Wish(NOON + timedelta(seconds=30), 60, (A,)), "start"),
    "the end of time": (lambda: Wish(datetime(9999, 12, 31, tzinfo=UTC), 60, (A,)), "start"),
    "no zone": (lambda: Wish(datetime(2026, 11, 20, 12), 60, (A,)), "start"),  # noqa: DTZ001
    "no mics of a kind": (lambda: Wish(NOON, 60, (A,), mics=(MicWish(U87, 0),)), "mics"),
    "a mic twice": (lambda: Wish(NOON, 60, (A,), mics=(MicWish(U87), MicWish(U87))), "mics"),
    "negative buffer": (lambda: Wish(NOON, 60, (A,), buffer_minutes=-1), "buffer_minutes"),
}


@pytest.mark.parametrize(("wish", "field"), INVALID.values(), ids=INVALID)
def test_a_wish_that_cannot_be_meant_names_the_field(studio: Session, wish: Callable[[], Wish], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        claim(studio, wish())

    assert refused.value.field == field


@pytest.mark.parametrize(("rooms", "engineer"), [((999,), None), ((MAYA,), None), ((A,), 999), ((A,), B), ((A,), -1)])
def test_ids_of_other_things_are_not_found(studio: Session, rooms: tuple[int, ...], engineer: int | None) -> None:
    with pytest.raises(NotFound):
        claim(studio, Wish(NOON, 60, rooms, engineer_id=engineer))
