"""Many threads want the same time. The ledger keeps its promise."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from services import scheduling
from services.core import db
from services.core.studio import studio_info
from services.scheduling import CapacityTaken, MicRequest, SlotRequest, SlotTaken
from tests.scheduling.studio import FRIDAY, LEO, MAYA, MONDAY, NOW, OVERLAPS, U87, A, B, C, at, book, furnish_database

pytestmark = pytest.mark.fire
THREADS = 16


def at_once(work: Callable[[int], object]) -> list[object]:
    """Runs `work` in all threads from the same moment on; whatever it raises is raised here."""
    gate = Barrier(THREADS)

    def start(number: int) -> object:
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(start, range(THREADS)))


def test_one_of_many_gets_the_slot_and_the_others_learn_who(database: Engine) -> None:
    furnish_database(database)
    wish = SlotRequest(at(FRIDAY, "12:00"), 120, (A, B), buffer_minutes=15, engineer_id=MAYA)

    def attempt(_: int) -> object:
        try:
            return db.run(book, wish)
        except SlotTaken as refused:
            return refused.message

    results = at_once(attempt)

    assert Counter(type(one) for one in results) == {int: 1, str: THREADS - 1}
    told = {one for one in results if isinstance(one, str)}
    assert len(told) == 1
    assert told.pop().startswith("Studio A is booked 12:00–2:00 pm, then 15 minutes to reset.")


def test_random_overlapping_wishes_never_overlap_in_the_ledger(database: Engine) -> None:
    furnish_database(database)

    def many(number: int) -> int:
        chance = random.Random(number)
        return sum(_booked(_random_wish(chance)) for _ in range(12))

    stored = sum(int(str(count)) for count in at_once(many))

    with Session(database) as session:
        assert session.scalar(OVERLAPS) == 0
        assert session.scalar(text("select count(distinct booking_id) from allocation")) == stored
        assert session.scalar(text("select count(*) from booking")) == stored
    assert stored > 10


def _booked(wish: SlotRequest) -> bool:
    try:
        db.run(book, wish)
    except SlotTaken:
        return False
    return True


def _random_wish(chance: random.Random) -> SlotRequest:
    """Rooms in any order: claims must not wait for each other crosswise."""
    rooms = tuple(chance.sample((A, B, C), chance.choice((1, 2, 3))))
    engineer = chance.choice((None, MAYA, LEO)) if rooms == (A,) else None
    mics = (MicRequest(U87, chance.choice((1, 2))),) if chance.random() < 0.5 else ()
    start = at(FRIDAY, "10:00") + timedelta(days=7 * chance.randrange(4), minutes=15 * chance.randrange(56))
    return SlotRequest(start, chance.choice((30, 60, 120)), rooms, chance.choice((0, 15)), engineer, mics)


def test_the_minutes_of_a_period_are_never_oversold(database: Engine) -> None:
    furnish_database(database)

    def sell(session: Session, minutes: int) -> None:
        studio = studio_info(session)
        scheduling.claim_capacity(session, day=MONDAY, period_id=1, minutes=minutes, studio=studio, now=NOW)

    def many(number: int) -> int:
        chance, sold = random.Random(number), 0
        for minutes in (chance.choice((7, 10, 15)) for _ in range(10)):
            try:
                db.run(sell, minutes)
            except CapacityTaken:
                continue
            sold += minutes
        return sold

    sold = sum(int(str(minutes)) for minutes in at_once(many))

    with Session(database) as session:
        assert session.scalar(text("select used_minutes from capacity_day")) == sold
    assert 234 <= sold <= 240
