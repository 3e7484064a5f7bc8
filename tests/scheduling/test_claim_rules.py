"""What may be taken at all: opening hours, people at work, rooms in service, and wishes that can be meant."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from models.catalog import Resource, Room, RoomStatus
from services.core.errors import Invalid, NotFound
from services.scheduling import MicRequest, ReasonCode, SlotRequest, SlotTaken
from tests.scheduling.studio import (
    CHRISTMAS,
    FRIDAY,
    GARAGE,
    LEO,
    MAYA,
    MONDAY,
    NIA,
    NOON,
    NOW,
    U87,
    A,
    B,
    C,
    at,
    claim,
    close,
    codes,
    sentence,
)

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
    assert codes(studio, SlotRequest(at(day, start), minutes, (A,))) == expected


def test_a_session_may_not_reach_into_a_closure(studio: Session) -> None:
    close(studio, date(2026, 11, 21), "Wiring")

    assert codes(studio, SlotRequest(at(FRIDAY, "23:30"), 30, (A,))) == []
    assert codes(studio, SlotRequest(at(FRIDAY, "23:30"), 60, (A,))) == [ReasonCode.CLOSURE]
    assert (
        sentence(studio, SlotRequest(at(FRIDAY, "23:30"), 60, (A,))) == "The studio is closed on Sat, Nov 21: Wiring."
    )


def test_a_buffer_may_lie_outside_the_opening_hours(studio: Session) -> None:
    assert codes(studio, SlotRequest(at(MONDAY, "21:00"), 120, (A,), buffer_minutes=60)) == []


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
    assert codes(studio, SlotRequest(at(FRIDAY, start), minutes, rooms, engineer_id=engineer)) == expected


def test_extra_availability_joins_the_working_hours(studio: Session) -> None:
    extra = {"start": at(FRIDAY, "20:00"), "end": at(FRIDAY, "22:00"), "nia": NIA}
    studio.execute(
        text("insert into extra_availability (resource_id, during, note) values (:nia, tstzrange(:start, :end), '')"),
        extra,
    )

    assert codes(studio, SlotRequest(at(FRIDAY, "18:00"), 240, (C,), engineer_id=NIA)) == []


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

    assert sentence(studio, SlotRequest(NOON, 60, (A,))) == message


def test_nothing_is_sold_in_the_past(studio: Session) -> None:
    wish = SlotRequest(NOON, 60, (A,))

    assert claim(studio, wish, now=NOON)
    with pytest.raises(SlotTaken) as refused:
        claim(studio, wish, now=NOON + timedelta(minutes=1))
    assert refused.value.message == "That time has passed."
    assert refused.value.answer.alternatives


INVALID = {
    "no length": (lambda: SlotRequest(NOON, 0, (A,)), "minutes"),
    "negative length": (lambda: SlotRequest(NOON, -60, (A,)), "minutes"),
    "longer than a day": (lambda: SlotRequest(NOON, 1441, (A,)), "minutes"),
    "absurdly long": (lambda: SlotRequest(NOON, 10**12, (A,)), "minutes"),
    "no room": (lambda: SlotRequest(NOON, 60, ()), "rooms"),
    "a room twice": (lambda: SlotRequest(NOON, 60, (A, A)), "rooms"),
    "half a minute": (lambda: SlotRequest(NOON + timedelta(seconds=30), 60, (A,)), "start"),
    "the end of time": (lambda: SlotRequest(datetime(9999, 12, 31, tzinfo=UTC), 60, (A,)), "start"),
    "no zone": (lambda: SlotRequest(datetime(2026, 11, 20, 12), 60, (A,)), "start"),  # noqa: DTZ001
    "no mics of a kind": (lambda: SlotRequest(NOON, 60, (A,), mics=(MicRequest(U87, 0),)), "mics"),
    "a mic twice": (lambda: SlotRequest(NOON, 60, (A,), mics=(MicRequest(U87), MicRequest(U87))), "mics"),
    "negative buffer": (lambda: SlotRequest(NOON, 60, (A,), buffer_minutes=-1), "buffer_minutes"),
}


@pytest.mark.parametrize(("wish", "field"), INVALID.values(), ids=INVALID)
def test_a_wish_that_cannot_be_meant_names_the_field(
    studio: Session, wish: Callable[[], SlotRequest], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        claim(studio, wish())

    assert refused.value.field == field


@pytest.mark.parametrize(("rooms", "engineer"), [((999,), None), ((MAYA,), None), ((A,), 999), ((A,), B), ((A,), -1)])
def test_ids_of_other_things_are_not_found(studio: Session, rooms: tuple[int, ...], engineer: int | None) -> None:
    with pytest.raises(NotFound):
        claim(studio, SlotRequest(NOON, 60, rooms, engineer_id=engineer))
