"""Several people and two workers at the same holds, on real connections: one wins, the others are told."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, text

from models.bookings import BookingStatus
from services import bookings, holds
from services.core import db
from services.core.access import Actor
from services.core.errors import DomainError
from services.holds import HoldView
from tests import cast
from tests.bookings.orders import ORDER
from tests.holds.orders import LATER
from tests.scheduling.studio import NOW, A, B, furnish_database

pytestmark = pytest.mark.fire

DUE = LATER + timedelta(hours=24)


@pytest.fixture
def dana(database: Engine) -> Actor:
    furnish_database(database)
    return db.run(cast.dana)


def line(dana: Actor, count: int, **changes: Any) -> list[HoldView]:
    order = replace(ORDER, **changes)
    return [db.run(bookings.place_hold, dana, order, now=NOW + timedelta(minutes=n)) for n in range(count)]


def at_once(work: list[Callable[[], object]]) -> list[object]:
    """What each came to; refusals by their code."""
    ready = Barrier(len(work))

    def tried(do: Callable[[], object]) -> object:
        ready.wait()
        try:
            return do()
        except DomainError as refused:
            return refused.code

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(tried, work))


def stored(query: str) -> list[Any]:
    with db.transaction() as session:
        return list(session.execute(text(query)).scalars())


def test_a_whole_line_confirmed_at_once_has_one_winner(dana: Actor) -> None:
    queue = line(dana, 6)
    work = [lambda one=one: db.run(bookings.confirm_hold, dana, one.id, now=LATER).number for one in queue]
    came = at_once(work * 2)
    assert came.count(queue[0].number) == 1
    assert set(came) <= {queue[0].number, "hold_above", "not_held", "slot_taken"}
    assert stored("select number from booking where status = 'CONFIRMED'") == [queue[0].number]
    assert stored("select booking_id from allocation") == [queue[0].id]


def test_two_challenges_of_one_hold_are_one(dana: Actor) -> None:
    first, second, third = line(dana, 3)
    # The third asks the second as well, so it may always begin; the first is asked by one of them alone.
    work = [
        lambda one=one: db.run(bookings.challenge_hold, dana, one.id, now=LATER).number for one in (second, third) * 3
    ]
    came = Counter(at_once(work))
    assert came["already_challenged"] >= 4
    assert stored(f"select count(*) from hold_challenge where challenged_id = {first.id}") == [1]
    assert stored(f"select count(*) from hold_challenge where challenged_id = {second.id}") == [1]


def test_two_workers_let_each_hold_go_once(dana: Actor) -> None:
    here, there = line(dana, 5), line(dana, 5, room_ids=(B,))
    for queue in (here, there):
        db.run(bookings.challenge_hold, dana, queue[-1].id, now=LATER)
    came = at_once([lambda: db.run(bookings.expire_holds, DUE)] * 4)
    assert sum(came) == 8  # type: ignore[arg-type]
    assert stored("select count(*) from audit_log where action = 'hold_expired'") == [8]
    assert stored("select count(*) from audit_log where action = 'hold_promoted'") == [20]
    assert [db.run(bookings.get_hold, dana, queue[-1].number, DUE).rank for queue in (here, there)] == [1, 1]


def test_hold_by_hold_two_workers_let_each_go_once(dana: Actor) -> None:
    queue = line(dana, 5)
    db.run(bookings.challenge_hold, dana, queue[-1].id, now=LATER)
    due = db.run(holds.due, DUE)
    came = at_once([lambda id_=id_: db.run(bookings.expire_hold_if_due, id_, DUE) for id_ in due * 2])
    assert sum(came) == 4  # type: ignore[arg-type]


def test_confirmed_in_the_last_moment_or_expired_but_never_both(dana: Actor) -> None:
    first, second = line(dana, 2)
    db.run(bookings.challenge_hold, dana, second.id, now=LATER)

    def confirm() -> BookingStatus:
        return db.run(bookings.confirm_hold, dana, first.id, now=LATER).status

    came = at_once([confirm, lambda: db.run(bookings.expire_holds, DUE)])
    status = db.run(bookings.get_booking, dana, first.number).status
    if status is BookingStatus.CONFIRMED:
        assert came == [BookingStatus.CONFIRMED, 0]
        assert stored("select outcome from hold_challenge") == ["CONFIRMED"]
    else:
        assert came == ["not_held", 1]
        assert stored("select outcome from hold_challenge") == ["EXPIRED"]


def test_everybody_does_everything_and_nothing_is_left_half_done(dana: Actor) -> None:
    queue = [*line(dana, 4), *line(dana, 3, room_ids=(A, B)), *line(dana, 3, room_ids=(B,))]
    commands: tuple[Callable[..., Any], ...] = (bookings.challenge_hold, bookings.release_hold, bookings.confirm_hold)
    work: list[Callable[[], object]] = [
        lambda one=one, do=do: bool(db.run(do, dana, one.id, now=LATER)) for one in queue for do in commands
    ]
    expire = partial(db.run, bookings.expire_holds, DUE)
    at_once([*work[::2], expire, *work[1::2], expire])
    ended = "challenger_id in (select id from booking where status <> 'HOLD')"
    assert stored(f"select count(*) from hold_challenge where outcome = 'OPEN' and ({ended})") == [0]
    orphans = "select count(*) from allocation a join booking b on b.id = a.booking_id where b.status <> 'CONFIRMED'"
    assert stored(orphans) == [0]
    left = ("hold_released", "hold_confirmed", "hold_expired")
    gone = stored("select count(*) from booking where status <> 'HOLD'")
    assert stored(f"select count(*) from audit_log where action in {left}") == gone


def test_past_the_deadline_the_challenger_wins_whoever_is_faster_and_no_job_has_run(dana: Actor) -> None:
    first, second = line(dana, 2)
    db.run(bookings.challenge_hold, dana, second.id, now=LATER)
    confirm = [lambda one=one: db.run(bookings.confirm_hold, dana, one.id, now=DUE).status for one in (first, second)]
    came = at_once([*confirm, *confirm])
    assert came.count(BookingStatus.CONFIRMED) == 1
    assert db.run(bookings.get_booking, dana, second.number).status is BookingStatus.CONFIRMED
    assert db.run(bookings.get_booking, dana, first.number).status is BookingStatus.EXPIRED
