"""What is offered instead can be booked at that moment, and is near."""

import random
from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import Session

from services import scheduling
from services.core.access import SYSTEM, anonymous
from services.scheduling import MicRequest, SlotRequest
from tests.scheduling.studio import FRIDAY, GARAGE, LEO, MAYA, MONDAY, NIA, NOW, U87, A, B, C, at, book, claim, close

VISITOR = anonymous()


def labels(session: Session, wish: SlotRequest) -> list[str]:
    return [one.label for one in scheduling.why(session, VISITOR, wish, now=NOW).alternatives]


def test_a_free_wish_is_bookable_without_reasons_or_alternatives(studio: Session) -> None:
    answer = scheduling.why(studio, VISITOR, SlotRequest(at(MONDAY, "12:00"), 60, (A,)), now=NOW)

    assert answer == scheduling.Answer(True)


def test_another_room_comes_first_then_sooner_and_later(studio: Session) -> None:
    book(studio, SlotRequest(at(MONDAY, "12:00"), 120, (A,)))

    assert labels(studio, SlotRequest(at(MONDAY, "12:00"), 60, (A,))) == [
        "12:00 pm, Studio B",
        "11:00 am, Studio A",
        "2:00 pm, Studio A",
    ]


def test_another_room_is_one_in_which_the_engineer_may_work(studio: Session) -> None:
    book(studio, SlotRequest(at(FRIDAY, "12:00"), 120, (B,)))

    assert labels(studio, SlotRequest(at(FRIDAY, "12:00"), 60, (B,), engineer_id=NIA))[0] == "12:00 pm, Studio A"
    book(studio, SlotRequest(at(FRIDAY, "12:00"), 120, (A,)))
    assert labels(studio, SlotRequest(at(FRIDAY, "12:00"), 60, (B,), engineer_id=NIA))[0] == "12:00 pm, Studio C"
    assert "Studio C" not in " ".join(labels(studio, SlotRequest(at(FRIDAY, "12:00"), 60, (A,), engineer_id=LEO)))


def test_several_rooms_are_replaced_by_as_many_keeping_the_free_ones(studio: Session) -> None:
    book(studio, SlotRequest(at(MONDAY, "12:00"), 120, (B,)))

    assert labels(studio, SlotRequest(at(MONDAY, "12:00"), 60, (A, B)))[0] == "12:00 pm, Studio A and Studio C"


def test_another_engineer_at_the_same_time_is_named(studio: Session) -> None:
    book(studio, SlotRequest(at(FRIDAY, "12:00"), 120, (C,), engineer_id=NIA))

    assert labels(studio, SlotRequest(at(FRIDAY, "12:00"), 60, (B,), engineer_id=NIA))[0] == "12:00 pm, Studio B, Maya"


def test_the_same_time_on_the_next_day_names_the_day(studio: Session) -> None:
    book(studio, SlotRequest(at(MONDAY, "10:00"), 780, (A, B, C, GARAGE)))

    assert labels(studio, SlotRequest(at(MONDAY, "12:00"), 60, (A,)))[0] == "Tue, Nov 17, 10:00 am, Studio A"
    assert "Tue, Nov 17, 12:00 pm, Studio A" in labels(studio, SlotRequest(at(MONDAY, "12:00"), 60, (A,)))


def test_a_week_of_holidays_is_passed_over(studio: Session) -> None:
    for n in range(7):
        close(studio, MONDAY + timedelta(days=n), "Holidays")

    found = labels(studio, SlotRequest(at(MONDAY, "12:00"), 60, (A,)))

    assert found[0] == "Mon, Nov 23, 10:00 am, Studio A"


def test_a_time_that_has_passed_offers_what_is_still_to_come(studio: Session) -> None:
    answer = scheduling.why(studio, VISITOR, SlotRequest(at(date(2026, 11, 2), "12:00"), 60, (A,)), now=NOW)

    assert [one.start >= NOW for one in answer.alternatives] == [True, True, True]


def test_whatever_is_said_agrees_with_what_a_claim_does(studio: Session) -> None:
    """Reasons, free slots, alternatives and claims never contradict each other."""
    chance = random.Random(20261116)
    for _ in range(40):
        asked = random_wish(chance)
        answer = scheduling.why(studio, SYSTEM, asked, now=NOW)
        if answer.bookable:
            book(studio, asked)
            continue
        assert answer.reasons
        for other in answer.alternatives:
            wish = replace(asked, start=other.start, room_ids=other.room_ids, engineer_id=other.engineer_id)
            assert claim(studio, wish)


def random_wish(chance: random.Random) -> SlotRequest:
    start = at(FRIDAY, "09:00") + timedelta(minutes=15 * chance.randrange(80))
    rooms = tuple(chance.sample((A, B, C, GARAGE), chance.choice((1, 1, 2))))
    mics = (MicRequest(U87, chance.choice((1, 2))),) if chance.random() < 0.4 else ()
    engineer = chance.choice((None, MAYA, LEO, NIA))
    return SlotRequest(start, chance.choice((30, 60, 150, 240)), rooms, chance.choice((0, 15)), engineer, mics)
