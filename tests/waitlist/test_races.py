"""Two who match at once, and an answer at the last moment."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from services import waitlist
from services.core import db
from services.core.access import Actor
from services.waitlist import NoOpenOffer
from tests import cast
from tests.bookings.test_races import at_once
from tests.scheduling.studio import OVERLAPS, furnish_database
from tests.waitlist.entries import SOON, another, close_others, expire_due, fill, free, wish

pytestmark = pytest.mark.fire


@pytest.fixture
def dana(database: Engine) -> Actor:
    furnish_database(database)
    return db.run(cast.dana)


def one(query: str) -> object:
    with db.transaction() as session:
        return session.execute(text(query)).scalar()


def sweep(_: int) -> int:
    """As a worker does it: one wish, one transaction."""
    return sum(db.run(waitlist.offer, id_, SOON) for id_ in db.run(waitlist.waiting, SOON))


def test_of_many_who_wait_for_one_slot_the_first_gets_the_only_offer(dana: Actor) -> None:
    taken = db.run(fill, dana)
    db.run(close_others)
    wishes = [db.run(wish, client_id=db.run(another, f"Client{n} Moss")).id for n in range(6)]
    db.run(free, dana, taken)
    assert sum(at_once(6, sweep)) == 1
    assert one("select array_agg(wish_id) from waitlist_offer") == wishes[:1]
    assert one(f"select ({OVERLAPS.text})") == 0


def test_many_wishes_and_many_matchers_make_one_offer_each(dana: Actor) -> None:
    for n in range(5):
        db.run(wish, client_id=db.run(another, f"Client{n} Moss"), room_ids=())
    assert sum(at_once(6, sweep)) == 5
    assert one("select count(distinct wish_id) from waitlist_offer") == one("select count(*) from waitlist_offer") == 5
    assert one(f"select ({OVERLAPS.text})") == 0


def test_an_answer_at_the_last_moment_counts_or_comes_too_late(dana: Actor) -> None:
    asked = db.run(wish)
    db.run(waitlist.match, SOON)
    due = SOON + timedelta(days=1)

    def work(who: int) -> str:
        try:
            if who:
                return f"lapsed {db.run(expire_due, due)}"
            return db.run(waitlist.accept, dana, asked.id, now=due - timedelta(seconds=1)).status
        except NoOpenOffer:
            return "too late"

    answers = Counter(at_once(4, work))
    assert answers in (
        Counter({"BOOKED": 1, "lapsed 0": 3}),
        Counter({"too late": 1, "lapsed 1": 1, "lapsed 0": 2}),
    )


def test_a_double_click_is_one_wish(dana: Actor) -> None:
    assert len({one.id for one in at_once(6, lambda _: db.run(wish))}) == 1
