"""First, second, third: by order of arrival, per resource and time, computed and never stored."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from services import bookings, catalog, identity
from services.bookings import BookingStatus
from services.core.access import SYSTEM, Actor
from services.core.errors import Invalid, NotAllowed
from services.holds import HoldNotFound, HoldRef
from tests import cast
from tests.bookings.orders import ONLINE, ORDER, allocations, book
from tests.holds.orders import HOLD_DAYS, LATER, hold, line, ranks
from tests.scheduling.studio import FRIDAY, MAYA, NIA, NOW, A, B, at

NOON = at(FRIDAY, "12:00")


def test_holds_of_one_time_rank_by_arrival_and_block_nobody(studio: Session, dana: Actor) -> None:
    first, second, third = line(studio, dana, "Ana", "Ben", "Cleo")
    assert (first.rank, second.rank, third.rank) == (1, 2, 3)
    assert third.above == (HoldRef(first.id, first.number, "Ana", 1), HoldRef(second.id, second.number, "Ben", 2))
    assert first.can_confirm
    assert not second.can_confirm
    booked = book(studio, dana)
    assert [resource for resource, _ in allocations(studio, booked)] == [A]


@pytest.mark.parametrize(
    ("changes", "rank"),
    [
        ({}, 2),
        ({"start": NOON + timedelta(hours=1)}, 2),
        ({"start": NOON - timedelta(hours=1)}, 2),
        ({"start": NOON + timedelta(minutes=30), "minutes": 60}, 2),
        ({"start": NOON - timedelta(hours=1), "minutes": 240}, 2),
        ({"start": NOON + timedelta(hours=2)}, 2),  # the first one's buffer reaches into it
        ({"start": NOON + timedelta(hours=2, minutes=15)}, 1),
        ({"start": NOON - timedelta(hours=2)}, 2),  # and its own buffer into the first one
        ({"start": NOON - timedelta(hours=2), "minutes": 105}, 1),
        ({"room_ids": (B,)}, 1),
        ({"room_ids": (A, B)}, 2),
        ({"room_ids": (B,), "engineer_id": MAYA}, 2),
        ({"room_ids": (B,), "engineer_id": NIA}, 1),
    ],
)
def test_only_holds_that_cannot_both_be_confirmed_meet(
    studio: Session, dana: Actor, changes: dict[str, Any], rank: int
) -> None:
    hold(studio, dana, engineer_id=MAYA)
    foreseen = bookings.hold_outlook(studio, dana, replace(ORDER, **changes))
    placed = hold(studio, dana, 1, **changes)
    assert (foreseen.rank, placed.rank) == (rank, rank)


def test_a_chain_of_holds_meets_only_its_neighbours(studio: Session, dana: Actor) -> None:
    noon, two = hold(studio, dana), hold(studio, dana, 1, start=NOON + timedelta(hours=2))
    four = hold(studio, dana, 2, start=NOON + timedelta(hours=4))
    assert (noon.rank, two.rank, four.rank) == (1, 2, 2)
    bookings.release_hold(studio, dana, two.id, now=LATER)
    assert bookings.get_hold(studio, dana, four.number, now=LATER).rank == 1


def test_online_work_has_no_line(studio: Session, dana: Actor) -> None:
    assert [bookings.place_hold(studio, dana, ONLINE, now=NOW).rank for _ in range(2)] == [1, 1]
    assert bookings.hold_outlook(studio, dana, ONLINE).rank == 1


def test_two_placed_at_the_same_moment_rank_by_number(studio: Session, dana: Actor) -> None:
    assert [hold(studio, dana).rank, hold(studio, dana).rank] == [1, 2]


@pytest.mark.parametrize(("days", "lasts"), [(HOLD_DAYS, timedelta(days=HOLD_DAYS)), (3, timedelta(days=3)), (0, None)])
def test_a_hold_lasts_as_long_as_the_studio_says_and_never_into_its_session(
    studio: Session, dana: Actor, days: int, lasts: timedelta | None
) -> None:
    studio.execute(text("update studio_info set hold_days = :days"), {"days": days})
    assert hold(studio, dana).expires_at == (lasts and min(NOW + lasts, NOON))


def test_a_time_that_has_passed_is_not_held(studio: Session, dana: Actor) -> None:
    with pytest.raises(Invalid) as refused, studio.begin_nested():
        bookings.place_hold(studio, dana, ORDER, now=NOON)
    assert refused.value.field == "start"


def test_a_booking_that_took_the_time_is_named(studio: Session, dana: Actor) -> None:
    first, _ = line(studio, dana, "Ana", "Ben")
    booked = book(studio, dana, start=NOON + timedelta(hours=1))
    seen = bookings.get_hold(studio, dana, first.number, now=LATER)
    assert (seen.blocked_by, seen.can_confirm, seen.rank) == (booked.number, False, 1)


def test_the_list_is_narrowed_by_time_and_room(studio: Session, dana: Actor) -> None:
    here, there = hold(studio, dana), hold(studio, dana, room_ids=(B,), start=NOON + timedelta(days=1))
    listed = bookings.list_holds(studio, dana, now=LATER)
    assert [one.id for one in listed] == [here.id, there.id]
    assert [one.id for one in bookings.list_holds(studio, dana, NOON, NOON + timedelta(hours=1))] == [here.id]
    assert bookings.list_holds(studio, dana, NOON + timedelta(hours=2), NOON + timedelta(hours=3)) == ()
    assert [one.id for one in bookings.list_holds(studio, dana, room_id=B)] == [there.id]


def test_placing_and_asking_need_what_booking_needs(studio: Session, dana: Actor) -> None:
    one = hold(studio, dana)
    femi = cast.femi(studio)
    for command in (bookings.challenge_hold, bookings.confirm_hold, bookings.release_hold):
        with pytest.raises(NotAllowed):
            command(studio, femi, one.id)
    with pytest.raises(NotAllowed):
        bookings.place_hold(studio, femi, ORDER)
    with pytest.raises(NotAllowed):
        bookings.list_holds(studio, cast.ines(studio))


def test_an_engineer_sees_their_own_holds_and_no_names_of_others(studio: Session, dana: Actor) -> None:
    line(studio, dana, "Ana")
    book(studio, dana, room_ids=(B,), engineer_id=NIA)
    own = hold(studio, dana, 1, engineer_id=MAYA)
    maya = cast.maya(studio)
    catalog.link_user(studio, SYSTEM, MAYA, maya.user_id)
    maya = identity.actor_of(identity.get_user(studio, SYSTEM, maya.user_id or 0))
    (seen,) = bookings.list_holds(studio, maya, now=LATER)
    assert (seen.id, seen.rank, seen.above[0].client_name) == (own.id, 2, "")


def test_what_never_was_a_hold_is_none(studio: Session, dana: Actor) -> None:
    booked = book(studio, dana)
    with pytest.raises(HoldNotFound):
        bookings.get_hold(studio, dana, booked.number)
    for command in (bookings.challenge_hold, bookings.confirm_hold, bookings.release_hold):
        with pytest.raises(HoldNotFound):
            command(studio, dana, booked.id)


def test_the_first_of_its_time_is_ranked_in_the_audit(studio: Session, dana: Actor) -> None:
    _, second = line(studio, dana, "Ana", "Ben")
    placed = next(e for e in bookings.history(studio, dana, second.number) if e.action == "hold_placed")
    assert placed.after == {"rank": 2}
    assert second.status is BookingStatus.HOLD
    assert ranks(studio, dana) == {"Ana": 1, "Ben": 2}


def test_the_client_reads_that_it_is_pencilled_in_and_where_it_stands(studio: Session, dana: Actor) -> None:
    first, second = line(studio, dana, "Ada", "Bo")
    mails = text("select subject, body from delivery where booking_id = :id order by id desc limit 1")
    subject, body = studio.execute(mails, {"id": second.id}).one()
    assert subject == f"Pencilled in for you: {second.number}"
    assert "It is pencilled in for you as the second hold: somebody has asked before you." in body
    assert "It ends by itself on " in body
    assert "sign the terms" not in body
    _, body = studio.execute(mails, {"id": first.id}).one()
    assert "as the first hold: tell us if you want it confirmed." in body
