"""A hold that moves stands in line anew."""

from datetime import timedelta

from sqlmodel import Session

from services import bookings, changes
from services.bookings import BookingStatus, BookingView
from services.core.access import Actor
from tests.bookings.orders import book
from tests.changes.orders import change, rows
from tests.scheduling.studio import FRIDAY, NOW, B, at

SIX = at(FRIDAY, "18:00")


def pencil(session: Session, actor: Actor, clock: str, **order: object) -> BookingView:
    return book(session, actor, start=at(FRIDAY, clock), status=BookingStatus.HOLD, **order)


def rank(session: Session, actor: Actor, booking: BookingView) -> int:
    return bookings.get_hold(session, actor, booking.number, now=NOW).rank


def test_it_passes_nobody_who_was_there_before(studio: Session, dana: Actor) -> None:
    early, there = pencil(studio, dana, "12:00"), pencil(studio, dana, "18:00")
    change(studio, dana, early, now=NOW + timedelta(minutes=1), start=SIX)
    assert (rank(studio, dana, there), rank(studio, dana, early)) == (1, 2)


def test_with_nobody_new_it_keeps_its_place(studio: Session, dana: Actor) -> None:
    first, second = pencil(studio, dana, "12:00"), pencil(studio, dana, "12:00")
    change(studio, dana, first, now=NOW + timedelta(minutes=1), minutes=180)
    assert (rank(studio, dana, first), rank(studio, dana, second)) == (1, 2)


def test_those_behind_move_up_and_it_is_logged(studio: Session, dana: Actor) -> None:
    first, second = pencil(studio, dana, "12:00"), pencil(studio, dana, "12:00")
    change(studio, dana, first, room_ids=(B,))
    assert rank(studio, dana, second) == 1
    promoted = bookings.history(studio, dana, second.number)[0]
    assert (promoted.action, promoted.description) == ("hold_promoted", f"{first.number} has moved")


def test_taking_it_back_gives_the_place_back(studio: Session, dana: Actor) -> None:
    first, second, there = (pencil(studio, dana, clock) for clock in ("12:00", "12:00", "18:00"))
    before = rows(studio, first)
    change(studio, dana, first, now=NOW + timedelta(minutes=1), start=SIX)
    changes.undo(studio, dana, first.number, now=NOW + timedelta(minutes=2))
    assert rows(studio, first) == before
    assert [rank(studio, dana, one) for one in (first, second, there)] == [1, 2, 1]


def test_but_not_before_those_who_came_meanwhile(studio: Session, dana: Actor) -> None:
    first = pencil(studio, dana, "12:00")
    change(studio, dana, first, now=NOW - timedelta(minutes=1), start=SIX)
    newcomer = pencil(studio, dana, "12:00")
    changes.undo(studio, dana, first.number, now=NOW + timedelta(minutes=1))
    assert (rank(studio, dana, newcomer), rank(studio, dana, first)) == (1, 2)
