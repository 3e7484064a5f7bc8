"""Two sessions of the same time exchange their rooms: both priced, told and audited, undone as one."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from models.audit import AuditLog
from models.outbox import Delivery, DeliveryType
from services import bookings, changes
from services.bookings import BookingStatus, BookingView, MicChoice, VersionChanged
from services.changes import CannotUndo, Change, Exchange, NotChangeable
from services.core.access import Actor
from services.core.errors import Invalid, NotAllowed
from services.scheduling import SlotTaken
from tests import cast
from tests.changes.orders import (
    change,
    check_in,
    ledger,
    look,
    priced,
    prices,
    rows,
    sell,
    total_is_the_sum_of_the_lines,
)
from tests.scheduling.studio import FRIDAY, MAYA, NIA, NOW, U87, A, B, C, at

HALF_PAST_ONE = at(FRIDAY, "13:30")


@pytest.fixture
def pair(studio: Session, dana: Actor) -> tuple[BookingView, BookingView]:
    """From noon to two: one in Studio A at $90.00 an hour, one in Studio B at $150.00."""
    priced(studio, {A: 9000, B: 15000})
    return sell(studio, dana, room_ids=(A,)), sell(studio, dana, room_ids=(B,))


def rooms(session: Session, actor: Actor, booking: BookingView) -> list[int]:
    return [room.id for room in bookings.get_booking(session, actor, booking.number).rooms]


def test_each_gets_the_other_s_room_and_its_price(studio: Session, dana: Actor, pair: Any) -> None:
    mine, other = pair
    one, two = changes.exchange_rooms(studio, dana, mine.number, Exchange(other=other.number), now=NOW)
    assert ([room.id for room in one.rooms], [room.id for room in two.rooms]) == ([B], [A])
    assert (one.total_cents or 0) - (mine.total_cents or 0) == 12000
    assert (two.total_cents or 0) - (other.total_cents or 0) == -12000
    assert total_is_the_sum_of_the_lines(one)
    assert total_is_the_sum_of_the_lines(two)
    assert [line[0] for line in ledger(studio, mine)] == [B]
    assert [line[0] for line in ledger(studio, other)] == [A]


def test_it_is_seen_before_it_is_made(studio: Session, dana: Actor, pair: Any) -> None:
    mine, other = pair
    stored = rows(studio, mine), rows(studio, other)
    one, two = changes.preview_exchange(studio, dana, mine.number, Exchange(other=other.number), now=NOW)
    assert (one.bookable, two.bookable) == (True, True)
    assert (one.number, two.number) == (mine.number, other.number)
    assert "free again" not in " ".join((*one.effects, *two.effects))
    assert prices(one.lines) == [("Studio A → Studio B, 2 h × +$60.00", 12000)]
    assert prices(two.lines) == [("Studio B → Studio A, 2 h × −$60.00", -12000)]
    assert (rows(studio, mine), rows(studio, other)) == stored


def test_a_swap_that_is_refused_names_it(studio: Session, dana: Actor, pair: Any) -> None:
    mine, other = pair
    found = look(studio, dana, mine, swap_room=(A, B))
    assert (found.bookable, found.exchange) == (False, other.number)
    assert look(studio, dana, mine, swap_room=(A, C)).exchange == "", "a free room needs none"
    assert look(studio, dana, mine, start=at(FRIDAY, "13:00"), room_ids=(B,)).exchange == "", "nor another time"


def test_it_is_not_named_where_it_would_not_do(studio: Session, dana: Actor) -> None:
    mine = sell(studio, dana, room_ids=(A,))
    longer = sell(studio, dana, room_ids=(B,), minutes=240)
    sell(studio, dana, room_ids=(A,), start=at(FRIDAY, "14:30"), minutes=60)
    found = look(studio, dana, mine, swap_room=(A, B))
    assert (found.bookable, found.exchange) == (False, "")
    with pytest.raises(SlotTaken, match=longer.number):
        changes.exchange_rooms(studio, dana, mine.number, Exchange(other=longer.number), now=NOW)


def test_one_of_them_may_be_longer(studio: Session, dana: Actor) -> None:
    mine, longer = sell(studio, dana, room_ids=(A,)), sell(studio, dana, room_ids=(B,), minutes=240)
    changes.exchange_rooms(studio, dana, mine.number, Exchange(other=longer.number), now=NOW)
    assert (rooms(studio, dana, mine), rooms(studio, dana, longer)) == ([B], [A])


def test_engineers_and_microphones_stay_with_their_sessions(studio: Session, dana: Actor) -> None:
    mine = sell(studio, dana, room_ids=(A,), engineer_id=MAYA, mics=(MicChoice(U87),))
    other = sell(studio, dana, room_ids=(B,), engineer_id=NIA, mics=(MicChoice(U87),))
    held = [{line for line in ledger(studio, one) if line[0] not in (A, B)} for one in (mine, other)]
    changes.exchange_rooms(studio, dana, mine.number, Exchange(other=other.number), now=NOW)
    assert [{line for line in ledger(studio, one) if line[0] not in (A, B)} for one in (mine, other)] == held


def test_of_several_rooms_it_is_said_which(studio: Session, dana: Actor) -> None:
    mine, other = sell(studio, dana, room_ids=(A, C)), sell(studio, dana, room_ids=(B,))
    with pytest.raises(Invalid, match="2 rooms"):
        changes.exchange_rooms(studio, dana, mine.number, Exchange(other=other.number), now=NOW)
    changes.exchange_rooms(studio, dana, mine.number, Exchange(other=other.number, room_id=C), now=NOW)
    assert (rooms(studio, dana, mine), rooms(studio, dana, other)) == ([A, B], [C])


def test_under_way_only_the_rest_is_exchanged(studio: Session, dana: Actor, pair: Any) -> None:
    mine, other = pair
    for booking in pair:
        check_in(studio, dana, booking)
    one, _ = changes.exchange_rooms(studio, dana, mine.number, Exchange(other=other.number), now=HALF_PAST_ONE)
    assert (one.total_cents or 0) - (mine.total_cents or 0) == 3000
    assert (A, "12:00", "13:30") in ledger(studio, mine)
    assert [line[1] for line in ledger(studio, mine) if line[0] == B] == ["13:30"]


def test_both_are_told_and_audited(studio: Session, dana: Actor, pair: Any) -> None:
    mine, other = pair
    asked = Exchange(other=other.number, reason="Louder drums")
    changes.exchange_rooms(studio, dana, mine.number, asked, now=NOW)
    bodies = "\n".join(studio.exec(select(Delivery.body).where(Delivery.type == DeliveryType.BOOKING_CHANGED)))
    assert mine.number in bodies
    assert other.number in bodies
    said = select(AuditLog.entity_id, AuditLog.description).where(AuditLog.action == "booking_changed")
    assert sorted(studio.exec(said.order_by(col(AuditLog.id)))) == sorted(
        [
            (mine.id, f"rooms exchanged with {other.number}: Louder drums"),
            (other.id, f"rooms exchanged with {mine.number}: Louder drums"),
        ]
    )


@pytest.mark.parametrize("by", [0, 1])
def test_undo_of_either_puts_both_back_to_the_byte(studio: Session, dana: Actor, by: int) -> None:
    priced(studio, {A: 9000, B: 15000})
    pair = (
        sell(studio, dana, room_ids=(A,), engineer_id=MAYA),
        sell(studio, dana, room_ids=(B,), mics=(MicChoice(U87),)),
    )
    stored = [rows(studio, one) for one in pair]
    changes.exchange_rooms(studio, dana, pair[0].number, Exchange(other=pair[1].number), now=NOW)
    assert [rows(studio, one) for one in pair] != stored
    changes.undo(studio, dana, pair[by].number, now=NOW)
    assert [rows(studio, one) for one in pair] == stored
    assert all(one.undone_at for booking in pair for one in changes.changes_of(studio, dana, booking.number))


def test_it_is_not_undone_alone(studio: Session, dana: Actor, pair: Any) -> None:
    mine, other = pair
    changes.exchange_rooms(studio, dana, mine.number, Exchange(other=other.number), now=NOW)
    change(studio, dana, other, extra_minutes=30)
    with pytest.raises(CannotUndo, match=other.number):
        changes.undo(studio, dana, mine.number, now=NOW)
    changes.undo(studio, dana, other.number, now=NOW)
    changes.undo(studio, dana, mine.number, now=NOW)
    assert (rooms(studio, dana, mine), rooms(studio, dana, other)) == ([A], [B])


def test_what_makes_no_exchange_is_refused(studio: Session, dana: Actor) -> None:
    mine = sell(studio, dana, room_ids=(A,))
    later = sell(studio, dana, room_ids=(B,), start=at(FRIDAY, "17:00"))
    pencilled = sell(studio, dana, room_ids=(C,), status=BookingStatus.HOLD)
    for asked, refused in (
        (Exchange(other=mine.number), Invalid),
        (Exchange(other=later.number), Invalid),
        (Exchange(other=pencilled.number), NotChangeable),
        (Exchange(other=later.number, room_id=B), Invalid),
    ):
        with pytest.raises(refused):
            changes.exchange_rooms(studio, dana, mine.number, asked, now=NOW)


@pytest.mark.parametrize("field", ["expected_version", "other_version"])
def test_both_are_taken_as_they_were_seen(studio: Session, dana: Actor, pair: Any, field: str) -> None:
    mine, other = pair
    with pytest.raises(VersionChanged):
        changes.exchange_rooms(studio, dana, mine.number, Exchange(other=other.number, **{field: 99}), now=NOW)


def test_only_who_may_swap(studio: Session, dana: Actor, pair: Any) -> None:
    mine, other = pair
    femi = cast.femi(studio)
    for command in (changes.exchange_rooms, changes.preview_exchange):
        with pytest.raises(NotAllowed):
            command(studio, femi, mine.number, Exchange(other=other.number), now=NOW)


def test_a_swap_that_was_refused_still_is_without_the_exchange(studio: Session, dana: Actor, pair: Any) -> None:
    with pytest.raises(SlotTaken):
        changes.apply(studio, dana, pair[0].number, Change(swap_room=(A, B)), now=NOW)
