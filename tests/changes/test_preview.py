"""What a change would mean, before anybody makes it."""

from sqlmodel import Session

from services.changes import SWAP_NOTE, ChangeKind
from services.core.access import Actor
from tests.bookings.orders import book
from tests.changes.orders import look, rows, sell
from tests.scheduling.studio import FRIDAY, MAYA, B, at


def test_a_plain_move_costs_nothing_and_takes_the_people_along(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana, engineer_id=MAYA)
    seen = look(studio, dana, booking, start=at(FRIDAY, "15:00"))
    assert (seen.kind, seen.bookable, seen.lines, seen.price_difference_cents) == (ChangeKind.TIME, True, (), 0)
    assert (seen.before.start, seen.after.start, seen.after.end) == (
        booking.start,
        at(FRIDAY, "15:00"),
        at(FRIDAY, "17:00"),
    )
    assert seen.effects == ("Maya works Fri, Nov 20, 3:00–5:00 pm.",)
    assert seen.total_cents == booking.total_cents
    assert seen.note == ""


def test_a_preview_stores_nothing(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    before = rows(studio, booking)
    look(studio, dana, booking, start=at(FRIDAY, "15:00"), minutes=300, room_ids=(B,), engineer_id=MAYA)
    assert rows(studio, booking) == before


def test_a_taken_slot_is_said_with_reasons_and_alternatives(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    other = book(studio, dana, start=at(FRIDAY, "16:00"))
    seen = look(studio, dana, booking, start=at(FRIDAY, "16:00"))
    assert not seen.bookable
    assert other.number in seen.reasons[0].message
    assert seen.alternatives


def test_another_room_brings_the_note_of_swaps(studio: Session, dana: Actor) -> None:
    booking = sell(studio, dana)
    seen = look(studio, dana, booking, room_ids=(B,))
    assert (seen.kind, seen.note) == (ChangeKind.ROOM_SWAP, SWAP_NOTE)
    assert [room.name for room in seen.after.rooms] == ["Studio B"]
