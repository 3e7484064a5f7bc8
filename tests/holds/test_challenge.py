"""A lower hold asks those above; the clock runs; somebody gets the time, and everybody is told."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from models.bookings import BookingStatus
from services import bookings, holds
from services.core.access import Actor
from services.core.errors import Invalid
from services.holds import AlreadyChallenged, HoldAbove, NotHeld, NothingAbove
from services.scheduling import SlotTaken
from tests.bookings.orders import PRICE, TICKED, allocations, book
from tests.holds.orders import HOLD_DAYS, HOURS_TO_ANSWER, LATER, happened, hold, line, outcomes, ranks, status, told
from tests.scheduling.studio import FRIDAY, NOW, A, B, at

S = BookingStatus
DUE = LATER + timedelta(hours=HOURS_TO_ANSWER)
STAFF = "dana.reyes@platinum.studio"
NOON = at(FRIDAY, "12:00")


def test_a_challenge_starts_the_clock_of_the_one_above(studio: Session, dana: Actor) -> None:
    first, second = line(studio, dana, "Ana", "Ben")
    made = bookings.challenge_hold(studio, dana, second.id, now=LATER)
    assert [(one.number, one.client_name, one.due_at) for one in made.challenges] == [(first.number, "Ana", DUE)]
    asked = bookings.get_hold(studio, dana, first.number, now=LATER)
    assert asked.challenge is not None
    assert (asked.challenge.by_number, asked.challenge.by_client, asked.challenge.due_at) == (second.number, "Ben", DUE)
    assert not made.can_challenge
    assert told(studio, first.id) == [
        ("ana@example.com", "Please confirm or release your hold"),
        (STAFF, "Hold challenged"),
    ]
    assert told(studio, second.id) == [("ben@example.com", "The hold above yours is asked")]
    assert happened(studio, dana, first)[-1] == happened(studio, dana, second)[-1] == "hold_challenged"


def test_a_third_hold_challenges_both_above(studio: Session, dana: Actor) -> None:
    first, second, third = line(studio, dana, "Ana", "Ben", "Cleo")
    made = bookings.challenge_hold(studio, dana, third.id, now=LATER)
    assert [one.number for one in made.challenges] == [first.number, second.number]


def test_the_deadline_is_never_later_than_the_session(studio: Session, dana: Actor) -> None:
    _, second = line(studio, dana, "Ana", "Ben")
    made = bookings.challenge_hold(studio, dana, second.id, now=NOON - timedelta(hours=3))
    assert made.challenges[0].due_at == NOON


def test_the_first_hold_has_nobody_to_challenge(studio: Session, dana: Actor) -> None:
    first, _ = line(studio, dana, "Ana", "Ben")
    with pytest.raises(NothingAbove):
        bookings.challenge_hold(studio, dana, first.id, now=LATER)


def test_nobody_is_challenged_twice_at_once(studio: Session, dana: Actor) -> None:
    first, second, third = line(studio, dana, "Ana", "Ben", "Cleo")
    bookings.challenge_hold(studio, dana, second.id, now=LATER)
    with pytest.raises(AlreadyChallenged) as refused:
        bookings.challenge_hold(studio, dana, second.id, now=LATER)
    assert second.number in refused.value.message
    assert refused.value.details["by_number"] == second.number
    made = bookings.challenge_hold(studio, dana, third.id, now=LATER)
    assert [one.number for one in made.challenges] == [second.number]
    assert bookings.get_hold(studio, dana, first.number, now=LATER).challenge is not None


def test_when_the_session_has_begun_it_is_too_late(studio: Session, dana: Actor) -> None:
    _, second = line(studio, dana, "Ana", "Ben")
    with pytest.raises(NotHeld):
        bookings.challenge_hold(studio, dana, second.id, now=NOON)


def test_a_lower_hold_is_not_confirmed_while_one_stands_above(studio: Session, dana: Actor) -> None:
    first, second = line(studio, dana, "Ana", "Ben")
    for confirm in (
        lambda: bookings.confirm_hold(studio, dana, second.id, now=LATER),
        lambda: bookings.confirm(studio, dana, second.number, now=LATER),
    ):
        with pytest.raises(HoldAbove) as refused:
            confirm()
        assert refused.value.code == "hold_above"
        assert refused.value.details == {"above": [{"id": first.id, "number": first.number, "client": "Ana"}]}
        assert "Challenge" in refused.value.message
    assert status(studio, dana, second) is S.HOLD


def test_the_challenged_hold_confirms_and_the_challenger_hears_what_is_free(studio: Session, dana: Actor) -> None:
    first, second = line(studio, dana, "Ana", "Ben")
    bookings.challenge_hold(studio, dana, second.id, now=LATER)
    confirmed = bookings.confirm_hold(studio, dana, first.id, now=LATER)
    assert confirmed.status is S.CONFIRMED
    assert [resource for resource, _ in allocations(studio, confirmed)] == [A]
    assert outcomes(studio) == ["CONFIRMED"]
    seen = bookings.get_hold(studio, dana, second.number, now=LATER)
    assert (seen.rank, seen.blocked_by, seen.can_confirm, seen.challenges) == (1, first.number, False, ())
    assert told(studio, second.id)[-1] == ("ben@example.com", "The time you held is gone")
    body = studio.execute(
        text("select body from delivery where subject like 'The time you held is gone%'")
    ).scalar_one()
    assert "Free instead:" in body
    assert happened(studio, dana, first)[-1] == "hold_confirmed"
    with pytest.raises(SlotTaken) as taken:
        bookings.confirm_hold(studio, dana, second.id, now=LATER)
    assert taken.value.answer.alternatives


@pytest.mark.parametrize("by_the_hold", [True, False])
def test_letting_go_promotes_those_behind(studio: Session, dana: Actor, by_the_hold: bool) -> None:
    first, second, third = line(studio, dana, "Ana", "Ben", "Cleo")
    bookings.challenge_hold(studio, dana, second.id, now=LATER)
    if by_the_hold:
        released = bookings.release_hold(studio, dana, first.id, "found another place", now=LATER)
        assert (released.status, released.rank, released.below) == (S.CANCELLED, 0, ())
    else:
        bookings.cancel(studio, dana, first.number, "found another place", now=LATER)
    assert outcomes(studio) == ["RELEASED"]
    assert ranks(studio, dana) == {"Ben": 1, "Cleo": 2}
    promoted = bookings.history(studio, dana, third.number)[0]
    assert (promoted.action, promoted.before, promoted.after) == ("hold_promoted", {"rank": 3}, {"rank": 2})
    assert happened(studio, dana, first)[-1] == "hold_released"
    assert told(studio, first.id)[-2:] == [("ana@example.com", "Your hold is released"), (STAFF, "Hold is released")]
    assert told(studio, second.id)[-1] == ("ben@example.com", "Yours is now the first hold")
    assert told(studio, third.id)[-1] == ("cleo@example.com", "Yours is now the second hold")
    assert bookings.confirm_hold(studio, dana, second.id, now=LATER).status is S.CONFIRMED


def test_letting_a_hold_go_costs_nothing_however_late(studio: Session, dana: Actor) -> None:
    one = hold(studio, dana, authorization=TICKED)
    late = NOON - timedelta(minutes=1)
    shown = bookings.cancellation(studio, dana, one.number, now=late)
    assert [line.amount_cents for line in shown] == [-PRICE]
    bookings.release_hold(studio, dana, one.id, now=late)
    assert bookings.get_booking(studio, dana, one.number).balance_cents == 0


def test_the_clock_runs_out(studio: Session, dana: Actor) -> None:
    first, second, third = line(studio, dana, "Ana", "Ben", "Cleo")
    bookings.challenge_hold(studio, dana, second.id, now=LATER)
    assert bookings.expire_holds(studio, DUE - timedelta(seconds=1)) == 0
    assert holds.due(studio, DUE) == (first.id,)
    assert bookings.expire_holds(studio, DUE) == 1
    assert bookings.expire_holds(studio, DUE) == 0
    assert status(studio, dana, first) is S.EXPIRED
    assert outcomes(studio) == ["EXPIRED"]
    assert ranks(studio, dana) == {"Ben": 1, "Cleo": 2}
    expired = bookings.history(studio, dana, first.number)[0]
    assert (expired.actor, expired.action) == ("System", "hold_expired")
    assert expired.description == f"{second.number} challenged it, and nobody answered in time"
    assert told(studio, first.id)[-2:] == [("ana@example.com", "Your hold has expired"), (STAFF, "Hold has expired")]
    assert told(studio, second.id)[-1] == ("ben@example.com", "Yours is now the first hold")
    assert happened(studio, dana, third)[-1] == "hold_promoted"
    assert bookings.confirm_hold(studio, dana, second.id, now=DUE).status is S.CONFIRMED


def test_all_above_run_out_together(studio: Session, dana: Actor) -> None:
    _, second, third = line(studio, dana, "Ana", "Ben", "Cleo")
    bookings.challenge_hold(studio, dana, third.id, now=LATER)
    assert bookings.expire_holds(studio, DUE) == 2
    assert ranks(studio, dana) == {"Cleo": 1}
    moves = [event.after for event in bookings.history(studio, dana, third.number) if event.action == "hold_promoted"]
    assert moves == [{"rank": 1}, {"rank": 2}]
    assert status(studio, dana, second) is S.EXPIRED


def test_a_challenger_who_lets_go_withdraws(studio: Session, dana: Actor) -> None:
    first, second = line(studio, dana, "Ana", "Ben")
    bookings.challenge_hold(studio, dana, second.id, now=LATER)
    bookings.release_hold(studio, dana, second.id, now=LATER)
    assert outcomes(studio) == ["WITHDRAWN"]
    assert bookings.get_hold(studio, dana, first.number, now=LATER).challenge is None
    assert bookings.expire_holds(studio, DUE) == 0


def test_a_hold_that_moved_away_does_not_lose_by_the_clock(studio: Session, dana: Actor) -> None:
    first, second, third = line(studio, dana, "Ana", "Ben", "Cleo")
    bookings.challenge_hold(studio, dana, second.id, now=LATER)
    _move_to(studio, second.id, B)
    seen = bookings.get_hold(studio, dana, first.number, now=LATER)
    assert seen.challenge is None
    made = bookings.challenge_hold(studio, dana, third.id, now=LATER)
    assert [one.number for one in made.challenges] == [first.number]
    assert outcomes(studio) == ["WITHDRAWN", "OPEN"]
    _move_to(studio, third.id, B)
    assert bookings.expire_holds(studio, DUE) == 0
    assert outcomes(studio) == ["WITHDRAWN", "WITHDRAWN"]
    assert status(studio, dana, first) is S.HOLD


def _move_to(session: Session, booking_id: int, room_id: int) -> None:
    values = {"room_id": room_id, "id": booking_id}
    session.execute(text("update booking_room set room_id = :room_id where booking_id = :id"), values)


def test_a_hold_ends_after_the_studios_days(studio: Session, dana: Actor) -> None:
    start = NOON + timedelta(days=28)
    first, _ = hold(studio, dana, start=start), hold(studio, dana, 1, start=start)
    end = NOW + timedelta(days=HOLD_DAYS)
    assert bookings.expire_holds(studio, end - timedelta(seconds=1)) == 0
    assert bookings.expire_holds(studio, end) == 1
    assert bookings.history(studio, dana, first.number)[0].description == "It was not confirmed in time"
    assert bookings.expire_holds(studio, end + timedelta(minutes=1)) == 1


def test_a_hold_whose_time_has_come_ends(studio: Session, dana: Actor) -> None:
    studio.execute(text("update studio_info set hold_days = 0"))
    line(studio, dana, "Ana", "Ben")
    assert bookings.expire_holds(studio, NOON - timedelta(seconds=1)) == 0
    assert bookings.expire_holds(studio, NOON) == 2
    assert bookings.list_holds(studio, dana, now=NOON) == ()


def test_what_is_held_no_more_is_neither_confirmed_nor_released_nor_challenged(studio: Session, dana: Actor) -> None:
    first, second = line(studio, dana, "Ana", "Ben")
    bookings.confirm_hold(studio, dana, first.id, now=LATER)
    bookings.release_hold(studio, dana, second.id, now=LATER)
    for one in (first, second):
        for command in (bookings.confirm_hold, bookings.release_hold, bookings.challenge_hold):
            with pytest.raises(NotHeld):
                command(studio, dana, one.id, now=LATER)
    assert bookings.get_hold(studio, dana, first.number, now=LATER).rank == 0


def test_a_confirmed_hold_does_not_take_what_is_taken(studio: Session, dana: Actor) -> None:
    first, _ = line(studio, dana, "Ana", "Ben")
    booked = book(studio, dana)
    with pytest.raises(SlotTaken) as taken, studio.begin_nested():
        bookings.confirm_hold(studio, dana, first.id, now=LATER)
    assert booked.number in taken.value.message
    assert taken.value.answer.alternatives
    assert ranks(studio, dana) == {"Ana": 1, "Ben": 2}


def test_an_endless_reason_is_refused(studio: Session, dana: Actor) -> None:
    one = hold(studio, dana)
    with pytest.raises(Invalid):
        bookings.release_hold(studio, dana, one.id, "x" * 501, now=LATER)


def test_a_client_without_an_address_is_no_obstacle(studio: Session, dana: Actor) -> None:
    hold(studio, dana)
    second = hold(studio, dana, 1)
    bookings.challenge_hold(studio, dana, second.id, now=LATER)
    bookings.expire_holds(studio, DUE)
    assert told(studio, second.id) == []
