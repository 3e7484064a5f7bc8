"""What the public is sold of the time there is: starts, lengths, how soon and how late. Staff sell any of it."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from services import scheduling
from services.core.access import Actor, anonymous
from services.core.errors import Invalid
from services.scheduling import SlotRequest
from tests import cast
from tests.limits import limit
from tests.scheduling.studio import FRIDAY, MONDAY, NOW, A, at

VISITOR = anonymous()
FAR = date(2027, 5, 21)
"""A Friday beyond the 180 days."""


@pytest.fixture
def dana(studio: Session) -> Actor:
    return cast.dana(studio)


@pytest.mark.parametrize(
    ("day", "start", "now", "code"),
    [
        (FRIDAY, "12:00", NOW, None),
        (FRIDAY, "12:30", NOW, None),
        (FRIDAY, "12:07", NOW, "off_step"),
        (FRIDAY, "12:00", at(FRIDAY, "11:30"), "too_soon"),
        (FRIDAY, "12:00", at(FRIDAY, "11:00"), None),
        (FAR, "12:00", NOW, "too_far"),
        (FRIDAY, "12:00", at(FRIDAY, "12:30"), "past"),
    ],
)
def test_a_visitor_hears_why_a_start_is_not_sold_online(
    studio: Session, dana: Actor, day: date, start: str, now: datetime, code: str | None
) -> None:
    wish = SlotRequest(at(day, start), 120, (A,))
    seen = scheduling.why(studio, VISITOR, wish, service="RECORDING", now=now)
    assert [reason.code for reason in seen.reasons] == ([code] if code else [])
    for other in seen.alternatives:
        assert scheduling.why(studio, VISITOR, SlotRequest(other.start, 120, other.room_ids), now=now).bookable
    if code != "past":
        assert scheduling.why(studio, dana, wish, service="RECORDING", now=now).bookable


def test_a_start_that_is_closed_is_not_said_to_be_off_the_steps(studio: Session) -> None:
    seen = scheduling.why(studio, VISITOR, SlotRequest(at(FRIDAY, "08:10"), 120, (A,)), now=NOW)
    assert [reason.code for reason in seen.reasons] == ["closed"]


@pytest.mark.parametrize(("minutes", "is_sold"), [(59, False), (60, True), (720, True), (721, False), (1, False)])
def test_lengths_are_sold_within_bounds(studio: Session, dana: Actor, minutes: int, is_sold: bool) -> None:
    def asks(actor: Actor) -> None:
        scheduling.day_availability(studio, actor, FRIDAY, minutes, now=NOW)
        scheduling.slots(studio, actor, FRIDAY, minutes, now=NOW)
        scheduling.why(studio, actor, SlotRequest(at(FRIDAY, "12:00"), minutes, (A,)), service="RECORDING", now=NOW)

    asks(dana)
    if is_sold:
        asks(VISITOR)
        return
    with pytest.raises(Invalid) as refused:
        asks(VISITOR)
    assert refused.value.field == "minutes"


def test_a_service_is_sold_at_its_own_length_whatever_the_bounds(studio: Session) -> None:
    limit(studio, shortest_minutes=300, longest_minutes=360)
    assert scheduling.day_availability(studio, VISITOR, FRIDAY, 120, service="RECORDING", now=NOW).starts
    with pytest.raises(Invalid):
        scheduling.day_availability(studio, VISITOR, FRIDAY, 119, service="RECORDING", now=NOW)


def test_a_visitor_is_offered_nothing_sooner_and_nothing_later(studio: Session, dana: Actor) -> None:
    limit(studio, lead_hours=3, horizon_days=4)
    now = at(MONDAY, "12:00")

    def first(actor: Actor) -> datetime:
        return scheduling.day_availability(studio, actor, MONDAY, 60, now=now).starts[0]

    assert (first(VISITOR), first(dana)) == (at(MONDAY, "15:00"), at(MONDAY, "12:00"))
    slots = scheduling.slots(studio, VISITOR, MONDAY, 60, now=now)
    assert next(slot.start for slot in slots if slot.is_free) == at(MONDAY, "15:00")
    month = scheduling.month_availability(studio, VISITOR, MONDAY, 7, 60, now=now)
    assert [day for day, is_free in month.items() if is_free] == [MONDAY + timedelta(days=n) for n in range(5)]
    with pytest.raises(Invalid) as refused:
        scheduling.day_availability(studio, VISITOR, MONDAY + timedelta(days=5), 60, now=now)
    assert refused.value.field == "date"


def test_the_steps_are_the_studios(studio: Session, dana: Actor) -> None:
    limit(studio, start_step_minutes=20)
    for actor in (VISITOR, dana):
        found = scheduling.slots(studio, actor, FRIDAY, 60, now=NOW)
        assert [slot.start for slot in found[:3]] == [at(FRIDAY, f"10:{minute}") for minute in ("00", "20", "40")]
    wish = SlotRequest(at(FRIDAY, "10:30"), 60, (A,))
    assert [one.code for one in scheduling.why(studio, VISITOR, wish, now=NOW).reasons] == ["off_step"]


def test_the_last_days_night_is_sold_with_it(studio: Session) -> None:
    """Friday's evening runs until two: a start after midnight is shown under Friday."""
    limit(studio, horizon_days=(FRIDAY - NOW.date()).days)
    night, saturday = at(FRIDAY + timedelta(days=1), "00:30"), at(FRIDAY + timedelta(days=1), "10:00")
    assert night in scheduling.day_availability(studio, VISITOR, FRIDAY, 60, (A,), now=NOW).starts
    assert scheduling.why(studio, VISITOR, SlotRequest(night, 60, (A,)), now=NOW).bookable
    assert not scheduling.why(studio, VISITOR, SlotRequest(saturday, 60, (A,)), now=NOW).bookable
