"""Whoever books or moves onto held time is told whose hold that is; its client is told that the time is gone."""

from dataclasses import replace

from sqlmodel import Session

from services import bookings, changes, quickline
from services.changes import Change, Exchange
from services.core.access import Actor
from tests.bookings.orders import ORDER, book
from tests.holds.orders import client, hold, line, told
from tests.scheduling.studio import FRIDAY, NOW, B, at

GONE = "The time you held is gone"
ANA = ("ana@example.com", GONE)


def test_a_booking_tells_the_holders(studio: Session, dana: Actor) -> None:
    first, second = line(studio, dana, "Ana", "Ben")
    book(studio, dana)
    assert ANA in told(studio, first.id)
    assert ("ben@example.com", GONE) in told(studio, second.id)


def test_a_hold_tells_nobody_that_time_is_gone(studio: Session, dana: Actor) -> None:
    (first,) = line(studio, dana, "Ana")
    hold(studio, dana, 5)
    assert ANA not in told(studio, first.id)


def test_what_a_move_overtakes_is_named_before_and_told_after(studio: Session, dana: Actor) -> None:
    (first,) = line(studio, dana, "Ana")
    elsewhere = book(studio, dana, room_ids=(B,))
    change = Change(swap_room=(B, first.room_ids[0]))
    seen = changes.preview(studio, dana, elsewhere.number, change, now=NOW)
    assert f"{first.number} (Ana) is held then; its client is told that the time is gone." in seen.effects
    assert ANA not in told(studio, first.id)
    changes.apply(studio, dana, elsewhere.number, change, now=NOW)
    assert told(studio, first.id).count(ANA) == 1


def test_a_change_taken_back_onto_held_time_tells_the_holders(studio: Session, dana: Actor) -> None:
    session = book(studio, dana)
    changes.apply(studio, dana, session.number, Change(start=at(FRIDAY, "18:00")), now=NOW)
    (first,) = line(studio, dana, "Ana")
    changes.undo(studio, dana, session.number, now=NOW)
    assert told(studio, first.id).count(ANA) == 1


def test_rooms_exchanged_and_changed_back_tell_the_holders_each_passes(studio: Session, dana: Actor) -> None:
    """The longer of the two goes on where the shorter ends; only there is the hold."""
    longer, shorter = book(studio, dana, minutes=300), book(studio, dana, room_ids=(B,))
    there = hold(studio, dana, client_id=client(studio, "Ana"), room_ids=(B,), start=at(FRIDAY, "15:30"))
    changes.exchange_rooms(studio, dana, longer.number, Exchange(other=shorter.number), now=NOW)
    assert told(studio, there.id).count(ANA) == 1
    back = hold(studio, dana, client_id=client(studio, "Ben"), start=at(FRIDAY, "15:30"))
    changes.undo(studio, dana, shorter.number, now=NOW)
    assert told(studio, back.id).count(("ben@example.com", GONE)) == 1
    assert told(studio, there.id).count(ANA) == 1


def test_a_move_within_the_same_held_time_tells_nobody_again(studio: Session, dana: Actor) -> None:
    (first,) = line(studio, dana, "Ana")
    session = book(studio, dana)
    changes.apply(studio, dana, session.number, Change(minutes=180), now=NOW)
    assert told(studio, first.id).count(ANA) == 1


def test_a_hold_that_is_confirmed_tells_each_of_the_others_once(studio: Session, dana: Actor) -> None:
    first, second = line(studio, dana, "Ana", "Ben")
    bookings.confirm_hold(studio, dana, first.id, now=NOW)
    assert told(studio, second.id).count(("ben@example.com", GONE)) == 1


def test_an_order_elsewhere_overtakes_nobody(studio: Session, dana: Actor) -> None:
    hold(studio, dana, client_id=client(studio, "Ana"))
    wish = bookings.dry_run(studio, dana, replace(ORDER, room_ids=(B,)), now=NOW)
    assert wish.answer.bookable
    seen = quickline.understand(studio, dana, "studio b friday 12p-2p recording for Nova Records", now=NOW)
    assert seen.notes == ()


def test_the_quick_line_names_the_holds(studio: Session, dana: Actor) -> None:
    first = hold(studio, dana, client_id=client(studio, "Ana"), start=at(FRIDAY, "12:00"))
    day = f"{FRIDAY:%b} {FRIDAY.day}"
    seen = quickline.understand(studio, dana, f"Studio A {day} 12p-2p recording for Nova Records", now=NOW)
    assert seen.notes == (f"{first.number} (Ana) is held then; its client is told that the time is gone.",)
