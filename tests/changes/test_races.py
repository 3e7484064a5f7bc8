"""Many who change the same session, on real connections: one wins, the others are told."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from services import bookings, changes
from services.bookings import BookingStatus, MicChoice, VersionChanged
from services.changes import Change, Exchange, NothingToUndo
from services.core import db
from services.core.access import Actor
from services.core.errors import DomainError
from services.scheduling import SlotTaken
from tests import cast
from tests.bookings.orders import ORDER
from tests.bookings.test_races import INCOMPLETE, at_once, one, totals_differ
from tests.scheduling.studio import FRIDAY, LEO, MAYA, NOW, OVERLAPS, U87, A, B, C, at, furnish_database

pytestmark = pytest.mark.fire

CONFIRMED = replace(ORDER, status=BookingStatus.CONFIRMED)


@pytest.fixture
def dana(database: Engine) -> Actor:
    furnish_database(database)
    return db.run(cast.dana)


def test_of_twenty_who_move_the_same_session_one_wins_and_the_others_are_told(dana: Actor) -> None:
    booking = db.run(bookings.create, dana, CONFIRMED, now=NOW)

    def move(worker: int) -> str:
        start = at(FRIDAY, "12:00") + timedelta(minutes=15 * (worker + 1))
        wanted = Change(start=start, room_ids=((A, B, C)[worker % 3],), expected_version=booking.version)
        try:
            db.run(changes.apply, dana, booking.number, wanted, now=NOW)
        except VersionChanged as late:
            told = late.details["changes"]
            assert isinstance(told, list)
            return f"told of {told[0]['what']} by {told[0]['who']}"
        return "won"

    assert Counter(at_once(20, move)) == {"won": 1, f"told of booking changed by {dana.name}": 19}
    assert one(text("select count(*) from booking_change")) == 1
    assert (one(OVERLAPS), one(INCOMPLETE)) == (0, None)


def test_without_a_version_all_take_turns(dana: Actor) -> None:
    booking = db.run(bookings.create, dana, replace(CONFIRMED, minutes=30), now=NOW)
    at_once(12, lambda _: db.run(changes.apply, dana, booking.number, Change(extra_minutes=5), now=NOW))
    after = db.run(bookings.get_booking, dana, booking.number)
    assert (after.minutes, after.version) == (90, booking.version + 12)
    assert totals_differ(dana) == []


def test_two_that_change_places_never_overlap(dana: Actor) -> None:
    """Crosswise moves and swaps of many sessions: refused or done, and the ledger holds."""
    hours = [at(FRIDAY, f"{hour}:00") for hour in (10, 13, 16, 19)]
    orders = [
        replace(CONFIRMED, start=start, room_ids=(room,), engineer_id=person, mics=mics)
        for start in hours
        for room, person, mics in ((A, MAYA, (MicChoice(U87),)), (B, None, ()), (C, None, (MicChoice(U87),)))
    ]
    numbers = [db.run(bookings.create, dana, order, now=NOW).number for order in orders]

    def shuffle(worker: int) -> list[str]:
        answers = []
        for step in range(10):
            number = numbers[(worker * 7 + step * 5) % len(numbers)]
            wanted = [
                Change(start=hours[(worker + step) % 4] + timedelta(minutes=30 * (step % 3))),
                Change(room_ids=((A, B, C)[(worker + step) % 3],)),
                Change(engineer_id=(MAYA, LEO)[step % 2]),
                Change(minutes=60 + 30 * (step % 4)),
            ][(worker + step) % 4]
            answers.append(_tried(dana, number, wanted, undo=step % 5 == 4))
        return answers

    answers = Counter(answer for worker in at_once(12, shuffle) for answer in worker)
    assert answers["done"]
    assert set(answers) <= {"done", "undone", "slot_taken", "no_change", "nothing_to_undo"}
    assert (one(OVERLAPS), one(INCOMPLETE)) == (0, None)
    assert totals_differ(dana) == []


def test_many_who_exchange_rooms_crosswise_never_overlap_and_lose_none(dana: Actor) -> None:
    """Three sessions of one time in three rooms, given round by six at once, with moves and undos between."""
    numbers = [
        db.run(bookings.create, dana, replace(CONFIRMED, room_ids=(room,)), now=NOW).number for room in (A, B, C)
    ]

    def give_round(worker: int) -> list[str]:
        answers = []
        for step in range(8):
            mine, other = numbers[(worker + step) % 3], numbers[(worker + 2 * step + 1) % 3]
            if mine != other:
                answers.append(_exchanged(dana, mine, other, undo=step % 4 == 3))
        return answers

    answers = Counter(answer for worker in at_once(6, give_round) for answer in worker)
    assert answers["done"] > 3
    assert set(answers) <= {"done", "undone", "nothing_to_undo", "cannot_undo", "took_too_long"}
    rooms = [db.run(bookings.get_booking, dana, number).rooms[0].id for number in numbers]
    assert sorted(rooms) == [A, B, C]
    assert (one(OVERLAPS), one(INCOMPLETE)) == (0, None)
    assert totals_differ(dana) == []


def test_of_two_who_exchange_what_they_saw_one_is_told(dana: Actor) -> None:
    mine, other = (db.run(bookings.create, dana, replace(CONFIRMED, room_ids=(room,)), now=NOW) for room in (A, B))
    sides = (mine, other), (other, mine)

    def give(worker: int) -> str:
        one_side, partner = sides[worker % 2]
        asked = Exchange(other=partner.number, expected_version=1, other_version=1)
        try:
            db.run(changes.exchange_rooms, dana, one_side.number, asked, now=NOW)
        except VersionChanged as late:
            return late.code
        return "done"

    assert Counter(at_once(8, give)) == {"done": 1, "version_conflict": 7}
    assert one(OVERLAPS) == 0


def _exchanged(actor: Actor, number: str, other: str, *, undo: bool) -> str:
    try:
        if undo:
            db.run(changes.undo, actor, number, now=NOW)
            return "undone"
        db.run(changes.exchange_rooms, actor, number, Exchange(other=other), now=NOW)
    except DomainError as refused:
        return refused.code
    return "done"


def _tried(actor: Actor, number: str, wanted: Change, *, undo: bool) -> str:
    try:
        if undo:
            db.run(changes.undo, actor, number, now=NOW)
            return "undone"
        db.run(changes.apply, actor, number, wanted, now=NOW)
    except DomainError as refused:
        return refused.code
    return "done"


def test_one_change_is_taken_back_once(dana: Actor) -> None:
    booking = db.run(bookings.create, dana, CONFIRMED, now=NOW)
    db.run(changes.apply, dana, booking.number, Change(room_ids=(B,)), now=NOW)

    def undo(_: int) -> str:
        try:
            return db.run(changes.undo, dana, booking.number, now=NOW).status
        except NothingToUndo as refused:
            return refused.code

    assert sorted(at_once(8, undo)) == ["CONFIRMED", *["nothing_to_undo"] * 7]


def test_a_free_slot_goes_to_one_of_those_who_move_there(dana: Actor) -> None:
    starts = [at(FRIDAY, "10:00") + timedelta(minutes=150 * n) for n in range(5)]
    sold = [db.run(bookings.create, dana, replace(CONFIRMED, start=start), now=NOW).number for start in starts]

    def move(worker: int) -> str:
        try:
            wanted = Change(start=at(FRIDAY, "12:00"), room_ids=(B,))
            return db.run(changes.apply, dana, sold[worker], wanted, now=NOW).number
        except SlotTaken as refused:
            return refused.code

    assert Counter(at_once(5, move))["slot_taken"] == 4
    assert one(OVERLAPS) == 0
