"""The public wizard, from the first name to the booking, without a server."""

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from services import bookings, catalog
from services.bookings import BookingStatus
from services.catalog import RoomDetails
from services.core import db
from services.core.access import SYSTEM, Actor, Role, permissions_of
from services.core.studio import StudioChange, studio_info
from studio_app.state.bookings.wizard.base import is_counted
from studio_app.state.bookings.wizard.public import BookState
from studio_app.state.bookings.wizard.staff import NewBookingState
from tests.screens import wizards as house
from tests.screens.wizard_walk import RITA, at_the_place, bookings_made, up_to_the_review
from tests.screens.wizards import House


async def test_a_visitor_books_with_a_signature(book: Any, wizards: House) -> None:
    await up_to_the_review(book, wizards)
    assert book.price.total == "$600.00"
    sent = await house.pressed(book.book())
    token = book.booked.removeprefix("/booking/").removesuffix("?new=1")
    assert book.booked in sent
    booking = db.run(bookings.get_public, SYSTEM, token)
    assert booking.status is BookingStatus.PENDING
    assert booking.total_cents == 60_000
    assert booking.client.name == "Rita Okafor"
    assert booking.artist is not None
    assert booking.artist.name == "The Lanterns"
    assert booking.notes == "Upright piano, please."
    assert booking.authorization is not None
    assert booking.authorization.has_image


async def test_pressing_book_twice_books_once(book: Any, wizards: House) -> None:
    await up_to_the_review(book, wizards)
    await house.pressed(book.book())
    first = book.booked
    await house.pressed(book.book())
    assert book.booked == first
    assert bookings_made() == 1


async def test_a_lost_answer_and_a_second_try_book_once(book: Any, wizards: House) -> None:
    await up_to_the_review(book, wizards)
    again = await house.after_reconnect(book)
    await house.pressed(book.book())
    await house.pressed(again.book())
    assert again.booked == book.booked
    assert bookings_made() == 1


async def test_a_reload_loses_nothing(book: Any, wizards: House) -> None:
    await up_to_the_review(book, wizards)
    again = await house.after_reconnect(book)
    assert again.screen == "review"
    assert again._told() == book._told()
    assert again.signature == book.signature
    assert again.price == book.price


async def test_going_back_and_changing_the_day_keeps_everything_else(book: Any, wizards: House) -> None:
    await up_to_the_review(book, wizards)
    before = book._told()
    await book.go_to("day")
    await book.choose_day((wizards.day + timedelta(days=1)).isoformat())
    told = book._told()
    assert told.start == ""
    assert (told.room_ids, told.service, told.notes) == (before.room_ids, before.service, before.notes)
    assert book.signature


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({**RITA, "name": ""}, "name"),
        ({**RITA, "email": ""}, "email"),
        ({**RITA, "email": "rita"}, "email"),
        ({**RITA, "phone": "12"}, "phone"),
    ],
)
async def test_what_is_missing_is_said_at_its_field(book: Any, form: dict[str, str], field: str) -> None:
    await book.go_on(form)
    assert list(book.errors) == [field]
    assert book.screen == "client"
    assert book._told().artist == "The Lanterns"


async def test_all_that_is_missing_is_said_at_once(book: Any, wizards: House) -> None:
    await book.go_on(dict.fromkeys(RITA, ""))
    assert list(book.errors) == ["name", "email", "phone"]
    await book.go_on({"name": "", "email": "rita", "phone": "12"})
    assert list(book.errors) == ["name", "email", "phone"]
    await up_to_the_review(book, wizards)
    await book.go_to("agreement")
    await book.draw("")
    await book.go_on({"authorization.name": ""})
    assert list(book.errors) == ["authorization.signature_png_base64", "authorization.name"]


@pytest.mark.parametrize(
    ("free_hours", "deposit_hours", "note", "held"),
    [
        (48, 24, "Free to cancel until 48 hours before.", "We hold your time for 24 hours;"),
        (24 * 20, 24, "It is less than 480 hours until then: once signed, cancelling costs $300.00.", "for 24 hours;"),
        (48, 24 * 20, "Free to cancel until 48 hours before.", "We hold your time until the session begins;"),
    ],
)
async def test_what_cancelling_costs_and_how_long_time_is_held_is_true_of_this_session(
    book: Any, wizards: House, free_hours: int, deposit_hours: int, note: str, held: str
) -> None:
    """The session is in ten days; the demo's policy is half of the price."""
    with db.transaction() as session:
        kept = studio_info(session)
        rules = StudioChange(**{field.name: getattr(kept, field.name) for field in fields(StudioChange)})
        asked = replace(rules, free_cancel_hours=free_hours, deposit_deadline_hours=deposit_hours, cancel_fee_pct=50)
        catalog.update_studio(session, SYSTEM, asked)
    await up_to_the_review(book, wizards)
    assert book.price.note == f"{note} Nothing is charged before you sign."
    assert held in book.price.held


async def test_what_no_table_can_hold_is_left_out_of_what_was_typed(book: Any) -> None:
    await book.go_on({**RITA, "name": "Rita\x00 Oka\ud800for "})
    assert book._told().name == "Rita Okafor"


async def test_fields_of_other_screens_come_empty_and_change_nothing(book: Any, wizards: House) -> None:
    await book.go_on(RITA)
    await book.choose_day(wizards.day.isoformat())
    await book.go_on(dict.fromkeys(RITA, None) | {"notes": None})
    assert book._told().name == "Rita Okafor"


@pytest.mark.parametrize(
    ("handler", "sent"),
    [
        ("choose_day", "0001-01-01"),
        ("choose_day", "tomorrow"),
        ("choose_mode", "BY_POST"),
        ("choose_service", "NO_SUCH"),
        ("choose_room", 999_999),
        ("choose_minutes", -60),
        ("type_hours", "many"),
        ("choose_start", "soon"),
        ("choose_period", "Midnight"),
        ("choose_engineer", 999_999),
        ("choose_referral", "COUSIN"),
        ("choose_signing", "SEAL"),
        ("draw", "data:image/png;base64,***"),
        ("remove_file", 1),
        ("go_to", "nowhere"),
        ("take_offer", 7),
    ],
)
async def test_what_no_screen_sends_changes_nothing(book: Any, wizards: House, handler: str, sent: Any) -> None:
    await at_the_place(book, wizards)
    before = book._told()
    await getattr(book, handler)(sent)
    assert book._told() == before
    assert book.signature == ""


async def test_somebody_signed_in_still_owns_the_draft_of_their_visit(book: Any, wizards: House) -> None:
    await book.go_on(RITA)
    staff = Actor(user_id=7, permissions=permissions_of(frozenset({Role.MANAGER})))
    assert db.run(bookings.draft_files, staff, book.draft_token) == ()


async def test_nobody_jumps_over_an_open_question(book: Any) -> None:
    await book.go_to("review")
    assert book.screen == "client"


async def test_another_price_meanwhile_is_shown_before_it_is_booked(book: Any, wizards: House) -> None:
    await up_to_the_review(book, wizards)
    _raise_the_rate(wizards.room_a)
    await house.pressed(book.book())
    assert book.booked == ""
    assert book.price.total == "$800.00"
    await house.pressed(book.book())
    assert book.booked


async def test_a_service_retired_meanwhile_does_not_lock_the_wizard(book: Any, wizards: House) -> None:
    await at_the_place(book, wizards)
    service = next(one for one in db.run(catalog.services_on_sale) if one.code == "RECORDING")
    db.run(catalog.retire_service, SYSTEM, service.id)
    again = await house.after_reconnect(book)
    assert again.is_ready
    assert again.screen == "client"
    assert again._told().name == "Rita Okafor"


def _raise_the_rate(room_id: int) -> None:
    db.run(catalog.update_room, SYSTEM, room_id, RoomDetails(name="Studio A", base_rate_cents=20000))


async def test_every_press_is_answered_a_refused_one_too(book: Any, wizards: House) -> None:
    await book.go_on({**RITA, "email": "rita"})
    assert (book.answered, list(book.errors)) == (1, ["email"])
    await at_the_place(book, wizards)
    before = book.answered
    await book.choose_room(wizards.room_a)
    await book.choose_start("soon")
    assert book.answered == before + 2


@pytest.mark.parametrize("kind", [BookState, NewBookingState])
def test_whatever_a_button_of_the_wizard_calls_is_counted(kind: type) -> None:
    """Else what the browser drew ahead would stand: only what is typed, drawn or loaded is not."""
    uncounted = {"load", "search", "press", "typed", "type_hours", "draw", "file_sent", "take_marked"}
    own = {name for base in kind.__mro__ if "wizard" in base.__module__ for name in vars(base)}
    handlers = {name: one for name, one in kind.event_handlers.items() if name in own and name != "setvar"}
    assert {name for name, one in handlers.items() if not is_counted(one.fn)} == uncounted & set(handlers)
